import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, test } from "vitest";
import { LINEAR, testService } from "../help.ts";

/** Milliseconds; reading and scoring so much JSON at once takes several times as long, also on an idle machine. */
const LONGEST = 500;

test("60 MiB of JSON are read on a thread, not between other requests", async () => {
  const app = testService();
  const one = JSON.stringify(Object.values(LINEAR.rows[0]!));
  const ask = (body: Uint8Array) =>
    app.request("/linear", { method: "POST", headers: { "content-type": "application/json" }, body: body as never });
  const of = (count: number) => Buffer.from(`[${`${one},`.repeat(count - 1)}${one}]`);
  expect((await ask(of(5_000))).status).toBe(200); // the thread is there
  const count = Math.floor((60 * 2 ** 20) / (one.length + 1)) - 1;
  const body = of(count);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const response = await ask(body);
  delay.disable();
  expect(response.status).toBe(200);
  const longest = delay.max / 1e6;
  expect(longest).toBeLessThan(LONGEST);
  expect((await response.text()).split(",")).toHaveLength(count);
  await app.close();
}, 60_000);
