import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, start, until } from "./help.ts";

test("workers without a store share the one key that is said at the start", { timeout: 60_000 }, async () => {
  const model = join(ROOT, "examples", "modelo.pkl");
  const child = start(["serve", model, "--host", "0.0.0.0", "--workers", "2", "--port", "0"], { CURTIDO_KEY: "" });
  const errors = until(child, "stderr", /Bearer KEY/);
  const port = /http:\/\/[^/\s]+:(\d+)\//.exec(await until(child, "stdout", /Ctrl\+C/))![1];
  const key = /curtido_\S+/.exec(await errors)![0];
  await new Promise((resolve) => setTimeout(resolve, 4_000)); // the second worker starts
  const ask = async (authorization: string) => {
    const headers = { authorization, connection: "close" };
    return (await fetch(`http://127.0.0.1:${port}/modelo`, { headers })).status;
  };
  const all = (authorization: string, length = 24) => Promise.all(Array.from({ length }, () => ask(authorization)));
  expect(new Set(await all(`Bearer ${key}`))).toEqual(new Set([200]));
  expect(new Set(await all("Bearer another-key-altogether", 8))).toEqual(new Set([401]));
  const end = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  expect(await end).toBe(0);
});
