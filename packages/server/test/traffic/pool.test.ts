import { readFileSync } from "node:fs";
import { loadNow, originOf, sharedBytes } from "@curtido/estimators/node";
import { Served } from "@curtido/server";
import { afterAll, expect, test } from "vitest";
import { problemOf } from "../../src/http/problem.ts";
import { Cost } from "../../src/models/cost.ts";
import { Admission } from "../../src/serving/admission.ts";
import type { WholeDone } from "../../src/work/job.ts";
import { isShareable, Threads } from "../../src/work/threads.ts";
import { LINEAR, MODELS } from "../help.ts";

const threads = new Threads(2, 300);
afterAll(() => threads.pool.close());
const served = new Served("linear", loadNow(MODELS.linear));
const job = (rows: unknown) => ({
  whole: {
    bytes: new Uint8Array(Buffer.from(JSON.stringify(rows))),
    format: "json",
    reading: {},
    wanted: "json",
    by: { model: "linear", version: undefined },
    options: {},
  },
});

test("a model's bytes lie in memory that threads share, and are not copied", () => {
  const origin = originOf(served.estimator)!;
  expect(origin.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(sharedBytes(origin)).toBe(origin.bytes);
  expect(isShareable(new Served("own", loadNow(MODELS.linear, { names: {} })))).toBe(false);
  const uploaded = originOf(loadNow(new Uint8Array(readFileSync(MODELS.linear))))!;
  expect(sharedBytes(uploaded).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(sharedBytes(uploaded)).toBe(sharedBytes(uploaded));
});

test("threads start with work, answer alike, and end when there is none", async () => {
  expect(threads.pool.running).toBe(0);
  const all = await Promise.all(Array.from({ length: 6 }, () => threads.run<WholeDone>(served, job(LINEAR.rows))));
  for (const { bytes, rows } of all) {
    expect(rows).toBe(LINEAR.rows.length);
    JSON.parse(Buffer.from(bytes).toString()).predict.forEach((value: number, at: number) =>
      expect(value).toBeCloseTo(LINEAR.predict[at] as number, 8),
    );
  }
  expect(threads.pool.running).toBeLessThanOrEqual(2);
  await expect.poll(() => threads.pool.running, { timeout: 5000 }).toBe(0);
});

test("what is wrong with rows is told with its places", async () => {
  await expect(threads.run(served, job([LINEAR.rows[0], {}]))).rejects.toMatchObject({
    code: "E_FEATURES",
    fields: { problems: expect.arrayContaining([expect.objectContaining({ path: [1, "feature1"], row: 1 })]) },
  });
});

test("a thread that crashes fails its job only, and is replaced", async () => {
  const crashing = threads.pool.run({}, () => ({ bytes: new Uint8Array(0), path: undefined, name: "x" }), undefined);
  const error = await crashing.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "E_NOT_A_PICKLE", stack: expect.stringContaining("duties") });
  expect(problemOf(error).status).toBe(500);
  const running = threads.run<WholeDone>(served, job(Array.from({ length: 200_000 }, () => LINEAR.rows[0])));
  const [thread] = (threads.pool as unknown as { threads: Set<{ current: unknown; worker: { terminate(): unknown } }> })
    .threads;
  await expect.poll(() => thread!.current).toBeDefined();
  await thread!.worker.terminate();
  await expect(running).rejects.toMatchObject({ code: "E_THREAD" });
  expect((await threads.run<WholeDone>(served, job(LINEAR.rows))).rows).toBe(LINEAR.rows.length);
});

test("a cost is what was measured of many rows", () => {
  const cost = new Cost();
  cost.note(1000, 500);
  expect(cost.of(10)).toBeCloseTo(5);
  cost.note(1, 100);
  expect(cost.of(10)).toBeCloseTo(5);
});

test("admission is bounded by requests and by bytes, and runs tasks in their order, in turns", async () => {
  const admission = new Admission({ requests: 3, bytes: 100 });
  expect([
    admission.enter(90),
    admission.enter(20),
    admission.enter(10),
    admission.enter(0),
    admission.enter(0),
  ]).toEqual([true, false, true, true, false]);
  expect(admission.rejected).toBe(2);
  const ran: number[] = [];
  const task = (at: number) => () => {
    ran.push(at);
    for (const end = performance.now() + 2; performance.now() < end; );
  };
  for (let at = 0; at < 8; at++) admission.run(task(at));
  expect(ran.length).toBeLessThan(4);
  expect(admission.queued).toBe(8 - ran.length);
  await expect.poll(() => ran).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
