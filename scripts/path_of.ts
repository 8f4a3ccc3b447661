/**
 * Which source files run for one thing that curtido does: `npm run path-of`, `npm run path-of -- --files`.
 *
 * A file counts when one of its functions ran, as V8 counts calls; what only ran while the module was loaded does not. The
 * same was done once before, so that what is made only once does not count either.
 *
 * @module
 */

import { request } from "node:http";
import { Session } from "node:inspector/promises";
import { loadNow } from "@curtido/estimators/node";
import { listen, service } from "@curtido/server";

const ROOT = new URL("../", import.meta.url).href;
const MODEL = new URL("../examples/modelo.pkl", import.meta.url);
const BODY = '{"feature1": 1, "feature2": 0, "feature3": 1, "feature4": 1}';

/** What a newcomer has to read to understand it: the most files that it may run through. */
const LIMITS = { load: 36, "POST, fast lane": 13, "POST, through Hono": 26 } as const;

/** The files of packages/*\/src with a function that ran during `action`. */
export async function filesRun(action: () => unknown): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await action();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  return result
    .filter(({ url, functions }) => {
      const own = url.startsWith(`${ROOT}packages/`) && url.includes("/src/") && !url.includes("/generated/");
      // The function that begins where the file begins is the module itself.
      return own && functions.some(({ ranges: [all] }) => all!.startOffset > 0 && all!.count > 0);
    })
    .map(({ url }) => url.slice(ROOT.length).replace(/\?.*/, ""))
    .sort();
}

/** Posts one row. A query keeps it out of the fast lane. */
function post(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": BODY.length };
    const sent = request({ port, host: "127.0.0.1", method: "POST", path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("end", () => resolve(text));
    });
    sent.on("error", reject).end(BODY);
  });
}

async function figures(): Promise<Record<keyof typeof LIMITS, string[]>> {
  const server = await listen(service({ models: { modelo: loadNow(MODEL) } }), { port: 0 });
  const { port } = server;
  const asked = async (path: string) => {
    for (let time = 0; time < 3; time++) await post(port, path);
    return filesRun(() => post(port, path));
  };
  loadNow(MODEL);
  const found = {
    load: await filesRun(() => loadNow(MODEL)),
    "POST, fast lane": await asked("/modelo"),
    "POST, through Hono": await asked("/modelo?unexpected=refuse"),
  };
  await server.close();
  return found;
}

const found = await figures();
let over = false;
for (const [name, limit] of Object.entries(LIMITS)) {
  const files = found[name as keyof typeof LIMITS];
  over ||= files.length > limit;
  console.log(`${name}: ${files.length} files, at most ${limit}`);
  if (process.argv.includes("--files")) for (const file of files) console.log(`  ${file}`);
}
if (over) process.exitCode = 1;
