// Nobody waits behind one long job, and no job stays for ever: threads that only keep busy, or only grow.
import { loadNow } from "@curtido/estimators/node";
import { Served } from "@curtido/server";
import { afterAll, expect, test } from "vitest";
import { problemOf } from "../../src/http/problem.ts";
import { Pool } from "../../src/work/pool.ts";
import { OutOfTime } from "../../src/work/thread.ts";
import { Threads } from "../../src/work/threads.ts";
import { MODELS } from "../help.ts";

const CODE = `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ id, job: { busy, steps = 0, grow } }) => {
  for (let step = 0; step <= steps; step++) {
    for (const end = performance.now() + busy; performance.now() < end; );
    if (step < steps) parentPort.postMessage({ id, stepped: true });
  }
  for (const kept = []; grow; ) kept.push(new Array(1e5).fill(kept.length));
  parentPort.postMessage({ id, done: "done" });
});
parentPort.postMessage("ready");`;

const pool = new Pool({
  script: new URL(`data:text/javascript,${encodeURIComponent(CODE)}`),
  size: 1,
  failure: (told) => told,
});
afterAll(() => pool.close());
const nothing = () => ({ bytes: new Uint8Array(0), path: undefined, name: "" });
const run = (job: unknown, steps?: readonly number[]) =>
  pool.run({}, nothing, job, steps === undefined ? {} : { steps });

test("a short job of one client does not wait for the long ones of another", async () => {
  const long = [run({ busy: 3000 }), run({ busy: 3000 })];
  const began = performance.now();
  expect(await run({ busy: 1 })).toBe("done");
  expect(performance.now() - began).toBeLessThan(2000);
  expect(pool.running).toBe(3); // one as usual, two more since all were at work for too long
  await Promise.all(long);
});

test("there are never more than three threads beside the usual ones", async () => {
  const many = Array.from({ length: 8 }, () => run({ busy: 1000 }));
  let most = 0;
  const counting = setInterval(() => {
    most = Math.max(most, pool.running);
  }, 20);
  await Promise.all(many);
  clearInterval(counting);
  expect(most).toBe(4);
});

test("a job whose step takes too long is ended, and its thread replaced", async () => {
  const began = performance.now();
  const error = await run({ busy: 60_000 }, [400]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OutOfTime);
  expect(error).toMatchObject({ step: 0, milliseconds: 400 });
  expect(performance.now() - began).toBeLessThan(5000);
  expect(await run({ busy: 1 })).toBe("done");
});

test("every step has a time of its own", async () => {
  expect(await run({ busy: 600, steps: 2 }, [1200])).toBe("done"); // 1.8 seconds together
  await expect(run({ busy: 600, steps: 2 }, [1200, 100])).rejects.toMatchObject({ step: 1, milliseconds: 100 });
});

test("a thread that runs out of memory fails its own job, and the process goes on", async () => {
  const growing = run({ busy: 0, grow: true });
  await expect(growing).rejects.toMatchObject({ name: "ThreadEnded", cause: { code: "ERR_WORKER_OUT_OF_MEMORY" } });
  expect(await run({ busy: 1 })).toBe("done");
}, 60_000);

test("a body that takes too long is a 422 that says what to do", async () => {
  const threads = new Threads(1, 300, [60_000, 1]);
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(Array.from({ length: 100_000 }, () => Array(10).fill(0.5)))));
  const whole = {
    bytes,
    format: "json",
    reading: {},
    wanted: "json",
    options: {},
    by: { model: "linear", version: undefined },
  };
  const error = await threads.run(new Served("linear", loadNow(MODELS.linear)), { whole }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "E_SLOW", fields: { seconds: 0.001 } });
  expect(problemOf(error)).toMatchObject({
    status: 422,
    message: "it took longer than 0.001 seconds to read the body; send fewer rows at a time",
  });
  await threads.pool.close();
});
