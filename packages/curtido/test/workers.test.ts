import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, ROOT, run, start, until } from "./help.ts";

const example = (name: string) => join(ROOT, "examples", name);
const KEY = "a-key-that-tests-may-know";

test("with several workers, an answer to a publish means that all of them serve it", { timeout: 60_000 }, async () => {
  const place = folder();
  const args = ["serve", example("modelo.pkl"), "--data", join(place, "data"), "--workers", "2", "--port", "0"];
  const child = start(args, { CURTIDO_KEY: KEY });
  const url = /http:\/\/\S+\/modelo/.exec(await until(child, "stdout", /Ctrl\+C/))![0];
  await new Promise((resolve) => setTimeout(resolve, 4000)); // the second worker starts
  for (const [version, name] of [
    [2, "diabetes.pkl"],
    [3, "wine.joblib"],
  ] as const) {
    expect((await run(["push", example(name), url, "--key", KEY, "--change-signature"])).code).toBe(0);
    const seen = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const response = await fetch(url, { headers: { connection: "close" } });
        return response.headers.get("curtido-version");
      }),
    );
    expect(new Set(seen)).toEqual(new Set([String(version)]));
  }
  const end = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  expect(await end).toBe(0);
});
