import { readFileSync } from "node:fs";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LINEAR, MODELS } from "../help.ts";
import { type Live, live } from "../live.ts";

const names = Object.keys(LINEAR.rows[0]!);
const cells = Object.values(LINEAR.rows[0]!);
const csvOf = (count: number) => `${names.join(",")}\n${`${cells.join(",")}\n`.repeat(count)}`;
const first = Object.fromEntries(names.map((name, at) => [name, String(cells[at])]));
let it: Live;
beforeAll(async () => {
  it = await live({ log: { rate: 1, omit: ["feature2"] }, validateRows: 5_000 });
  for (const path of [MODELS.linear, MODELS.binary])
    await it.ask("/m?change=signature", { method: "PUT", body: new Uint8Array(readFileSync(path)), key: it.admin });
  const body = JSON.stringify({ version: 1, shadow: 2 });
  await it.ask("/m/aliases/current", { method: "PUT", body, key: it.admin });
});
afterAll(() => it.close());

async function logged(): Promise<
  { version: number; rows: number; input: unknown[]; output: { predict: unknown[] } }[]
> {
  await it.app.asker.watch!.log!.flush();
  return (await it.ask("/m/predictions", { key: it.admin })).json.predictions;
}
const { shadows } = { shadows: () => it.app.asker.watch!.shadows.counts[0]! };

test("a batch on a thread is logged, asked in the shadow and counted", async () => {
  const csv = { "content-type": "text/csv", accept: "application/json" };
  const answer = await it.ask("/m", { body: csvOf(4_000), headers: csv });
  expect([answer.status, answer.json.predict.length]).toEqual([200, 4_000]);
  const [record] = await logged();
  expect(record).toMatchObject({ version: 1, rows: 4_000, output: { predict: answer.json.predict.slice(0, 1_000) } });
  expect(record!.input).toHaveLength(1_000);
  const { feature2: _, ...kept } = first;
  expect(record!.input[0]).toEqual(kept);
  await expect
    .poll(shadows, { timeout: 10_000 })
    .toMatchObject({ version: 2, compared: 1, different: 1, failed: 0, dropped: 0 });
  expect((await it.ask("/metrics")).text).toMatch(/curtido_rows_total\{model="m",version="1"\} 4000\b/);
});

test("a stream is one record; the shadow counts it as dropped", async () => {
  const { status, text } = await it.ask("/m", { body: csvOf(30_000), headers: { "content-type": "text/csv" } });
  expect([status, text.trimEnd().split("\n").length]).toEqual([200, 30_001]);
  const records = await logged();
  expect(records).toHaveLength(2);
  expect(records[0]).toMatchObject({ version: 1, rows: 30_000 });
  expect(records[0]!.input).toHaveLength(1_000);
  expect(records[0]!.output.predict[999]).toBeCloseTo(LINEAR.predict[0] as number, 8);
  expect(shadows()).toMatchObject({ compared: 1, dropped: 1 });
  expect((await it.ask("/metrics")).text).toMatch(/curtido_rows_total\{model="m",version="1"\} 34000\b/);
});

test("Arrow, whole and as a stream", async () => {
  for (const count of [3_000, 9_000]) {
    const columns = Object.fromEntries(
      names.map((name, at) => [name, new Float64Array(count).fill(cells[at] as number)]),
    );
    const table = tableFromArrays(columns, { maxBatchRows: 1_000 });
    const body = tableToIPC(table, { format: "stream" })!;
    const type = "application/vnd.apache.arrow.stream";
    expect((await it.ask("/m", { body, headers: { "content-type": type } })).status).toBe(200);
    const [record] = await logged();
    expect(record).toMatchObject({ version: 1, rows: count });
    expect(record!.input[0]).toMatchObject({ [names[0]!]: cells[0] });
  }
});
