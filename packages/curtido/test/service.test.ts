import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, ROOT, run, start, until } from "./help.ts";

const example = (name: string) => join(ROOT, "examples", name);
const KEY = "a-key-that-tests-may-know";
const row = { feature1: 1, feature2: 0, feature3: 1, feature4: 1 };

async function ask(url: string, body: unknown = row) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, version: response.headers.get("curtido-version"), json: await response.json() };
}

async function ended(child: ReturnType<typeof start>): Promise<number | null> {
  const end = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  return end;
}

test("serve --data, push, pull, keys; what was published is there after a restart", { timeout: 60_000 }, async () => {
  const place = folder();
  const data = join(place, "data");
  let child = start(["serve", example("modelo.pkl"), "--data", data, "--port", "0", "--log-predictions", "1"], {
    CURTIDO_KEY: KEY,
  });
  let url = /1 model at (http:\/\/\S+);/.exec(await until(child, "stdout", /Ctrl\+C/))![1]!;
  expect(await ask(`${url}/modelo`)).toMatchObject({ status: 200, version: "1" });
  expect((await run(["push", example("diabetes.pkl"), `${url}/otro`])).err).toMatch(/401.*needs a key/);
  expect(
    await run(["push", example("diabetes.pkl"), `${url}/modelo`, "--key", KEY, "--change-signature"]),
  ).toMatchObject({
    code: 0,
    err: expect.stringMatching(/is version 2 now/),
  });
  expect((await run(["push", example("modelo.csv"), `${url}/modelo`, "--key", KEY])).err).toMatch(/422/);
  const pulled = join(place, "pulled.pkl");
  expect((await run(["pull", `${url}/modelo/versions/1`, pulled])).err).toMatch(/401.*needs a key/);
  expect((await run(["pull", `${url}/modelo/versions/1`, pulled, "--key", KEY])).code).toBe(0);
  expect(readFileSync(pulled).equals(readFileSync(example("modelo.pkl")))).toBe(true);
  const made = await run(["keys", "create", "ci", "--scopes", "publish", "--data", data]);
  expect(made.out).toMatch(/^curtido_[\w-]{43}\n$/);
  expect((await run(["push", example("modelo.pkl"), `${url}/ci`, "--key", made.out.trim()])).code).toBe(0);
  const listed = await run(["keys", "list", "--data", data]);
  expect(listed.out).toMatch(/ci {2}publish/);
  const id = /^(\S+) {2}ci/m.exec(listed.out)![1]!;
  expect((await run(["keys", "revoke", id, "--data", data])).code).toBe(0);
  expect((await run(["keys", "revoke", id, "--data", data])).err).toMatch(/there is no key/);
  expect((await run(["keys", "create", "x", "--scopes", "root", "--data", data])).code).toBe(2);
  expect(await ended(child)).toBe(0);
  child = start(["serve", "--data", data, "--port", "0"]);
  url = /2 models at (http:\/\/\S+);/.exec(await until(child, "stdout", /Ctrl\+C/))![1]!;
  expect(await ask(`${url}/ci`)).toMatchObject({ status: 200, version: "1" });
  const log = await fetch(`${url}/modelo/predictions`, { headers: { authorization: `Bearer ${KEY}` } });
  expect((await log.json()).predictions).toHaveLength(1);
  expect(await ended(child)).toBe(0);
});

test("--watch: a changed file is swapped in, a bad one is said and changes nothing", { timeout: 60_000 }, async () => {
  const place = folder();
  const file = join(place, "modelo.pkl");
  copyFileSync(example("modelo.pkl"), file);
  const child = start(["serve", file, "--port", "0", "--watch"]);
  const url = /http:\/\/\S+\/modelo/.exec(await until(child, "stdout", /Ctrl\+C/))![0];
  const before = (await ask(url)).json;
  const said = until(child, "stderr", /stays as it was/);
  writeFileSync(file, "This is not a pickle.");
  expect(await said).toMatch(/modelo\.pkl: .*; \/modelo stays as it was/);
  expect((await ask(url)).json).toEqual(before);
  const swapped = until(child, "stderr", /is the new one now/);
  copyFileSync(example("texto.pkl"), file);
  await swapped;
  expect((await ask(url)).status).toBe(422); // another model takes other rows
  expect(await ended(child)).toBe(0);
});

test("elsewhere than on this machine everything needs the key that is printed once", { timeout: 60_000 }, async () => {
  const child = start(["serve", example("modelo.pkl"), "--host", "0.0.0.0", "--port", "0"], { CURTIDO_KEY: "" });
  const words = until(child, "stderr", /curtido_[\w-]{43}/);
  const port = /:(\d+)\/modelo/.exec(await until(child, "stdout", /Ctrl\+C/))![1]!;
  const url = `http://127.0.0.1:${port}/modelo`;
  expect((await ask(url)).status).toBe(401);
  const secret = /curtido_[\w-]{43}/.exec(await words)![0];
  expect((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
  expect(await ended(child)).toBe(0);
});

test("--grace: a request in hand ends, or is cut off when its time is over", { timeout: 60_000 }, async () => {
  const child = start(["serve", example("modelo.pkl"), "--port", "0", "--grace", "1"]);
  const port = Number(/:(\d+)\/modelo/.exec(await until(child, "stdout", /Ctrl\+C/))![1]);
  const socket = createConnection({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  // A body that does not come to its end keeps the request in hand.
  socket.write(
    "POST /modelo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n[",
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  expect(await ended(child)).toBe(0);
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(8000);
});

/** The example behind a call of a function that is not known, whose result is dropped. */
function calling(name: string): string {
  const model = readFileSync(example("modelo.pkl"));
  const path = join(folder(), "calling.pkl");
  const first = Buffer.from(`c${name.replace(/\.(?=\w+$)/, "\n")}\n(S'x'\ntR0`, "latin1");
  writeFileSync(path, Buffer.concat([model.subarray(0, 2), first, model.subarray(model[2] === 0x95 ? 11 : 2)]));
  return path;
}

test("push --allow and serve --allow let names of one's own through, and no danger", { timeout: 60_000 }, async () => {
  const args = ["serve", "--data", join(folder(), "data"), "--port", "0", "--allow", "ours.tools.*"];
  const child = start(args, { CURTIDO_KEY: KEY });
  const url = /models at (http:\/\/\S+);/.exec(await until(child, "stdout", /Ctrl\+C/))![1]!;
  const push = (file: string, ...more: string[]) => run(["push", file, `${url}/modelo`, "--key", KEY, ...more]);
  const [known, unknown, danger] = ["ours.tools.log", "mymodule.run", "os.system"].map(calling);
  expect((await push(known!)).code).toBe(0);
  expect((await push(unknown!)).err).toMatch(/422.*if you know it, allow it by name.*mymodule\.run/);
  expect((await push(unknown!, "--allow", "mymodule.*")).code).toBe(0);
  expect((await push(unknown!, "--allow", "mymodule")).code).toBe(2);
  expect((await push(danger!, "--allow", "os.*", "os.system")).err).toMatch(/422.*os\.system/);
  expect(await ended(child)).toBe(0);
});

test("wrong usage", async () => {
  for (const args of [
    ["serve", "--artifacts", "x"],
    ["serve", "--log-predictions", "2"],
    ["serve", "--log-predictions", "1"],
    ["serve", example("modelo.pkl"), "--cors", "app.example"],
    ["serve", example("modelo.pkl"), "--cors", "https://app.example", "https://app.example/page"],
    ["serve", example("modelo.pkl"), "--grace", "soon"],
    ["serve", example("modelo.pkl"), "--allow", "mymodule"],
    ["push", example("modelo.pkl"), "localhost"],
    ["keys", "list"],
  ])
    expect([args, (await run(args)).code]).toEqual([args, 2]);
});
