// A long body is neither read nor its answer written where everybody waits, whatever it is sent as and whoever answers it.
import { loadNow } from "@curtido/estimators/node";
import { Served } from "@curtido/server";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Forwarder } from "../../src/serving/forward.ts";
import { Threads } from "../../src/work/threads.ts";
import { LINEAR, MODELS } from "../help.ts";
import { type Live, live } from "../live.ts";

const ROWS = 6_000;
/** The longest text of JSON that is read or written here, in characters; the bodies have more than twice as many. */
const LONGEST = 64 * 1024;

const cells = (LINEAR.rows as readonly Record<string, number>[]).map((row) => Object.values(row));
const rows = Array.from({ length: ROWS }, (_, at) => cells[at % cells.length]!);
const expected = rows.map((_, at) => LINEAR.predict[at % cells.length] as number);
const names = Object.keys(LINEAR.rows[0]!);
const named = rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at]!, value])));
const tensor = { name: "rows", shape: [ROWS, names.length], datatype: "FP64", data: rows.flat() };
const JSON_TYPE = "application/json";
const CSV = "text/csv";
const csv = `${names.join(",")}\n${rows.map((row) => row.join(",")).join("\n")}\n`;
const values = (text: string) => text.trim().split("\n").slice(1).map(Number);

/** Where it is sent, as what, what the answer is to be, and where the predictions stand in it. */
const WAYS: readonly (readonly [string, string, unknown, string, (text: string) => unknown])[] = [
  ["/linear", JSON_TYPE, rows, JSON_TYPE, (text) => JSON.parse(text).predict],
  ["/linear", JSON_TYPE, named, CSV, values],
  ["/v1/models/linear:predict", JSON_TYPE, { instances: named }, JSON_TYPE, (text) => JSON.parse(text).predictions],
  ["/v2/models/linear/infer", JSON_TYPE, { inputs: [tensor] }, JSON_TYPE, (text) => JSON.parse(text).outputs[0].data],
  ["/invocations", JSON_TYPE, { inputs: rows }, JSON_TYPE, (text) => JSON.parse(text).predictions],
  ["/invocations", JSON_TYPE, { dataframe_split: { columns: names, data: rows } }, CSV, values],
  ["/invocations", CSV, csv, JSON_TYPE, (text) => JSON.parse(text).predictions],
];

const parsed = vi.spyOn(JSON, "parse");
const written = vi.spyOn(JSON, "stringify");
afterEach(() => vi.clearAllMocks());

describe.each([
  ["direct", {}],
  [
    "with functions",
    { before: (row: Record<string, unknown>) => row, after: (answer: Record<string, unknown>) => answer },
  ],
])("%s", (_, hooks) => {
  let it: Live | undefined;
  afterAll(() => it?.close());

  test.each(WAYS)("%s, %s", async (path, type, body, accept, predictions) => {
    it ??= await live({ models: { linear: { source: MODELS.linear, ...hooks } }, defaultModel: "linear" });
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    expect(sent.length).toBeGreaterThan(2 * LONGEST);
    vi.clearAllMocks();
    const { status, text } = await it.ask(path, {
      method: "POST",
      headers: { "content-type": type, accept },
      body: sent,
    });
    const reads = parsed.mock.calls.map(([given]) => String(given).length).filter((length) => length !== text.length);
    const writes = written.mock.results.map(({ value }) => String(value).length);
    expect(status).toBe(200);
    expect(Math.max(0, ...reads)).toBeLessThan(LONGEST);
    expect(Math.max(0, ...writes)).toBeLessThan(LONGEST);
    const found = predictions(text) as number[];
    expect(found).toHaveLength(ROWS);
    found.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 8));
  });
});

test("rows go to a thread some at a time, and what is wrong with one says where it stands", async () => {
  const threads = new Threads(1, 300);
  const run = vi.spyOn(threads, "run");
  const forwarder = new Forwarder(new Served("linear", loadNow(MODELS.linear)), threads);
  const answer = await forwarder.askInParts({ rows, single: false }, {}, () => undefined);
  expect(answer["predict"]).toHaveLength(ROWS);
  expect((answer["predict"] as number[]).at(-1)).toBeCloseTo(expected.at(-1)!, 8);
  expect(run).toHaveBeenCalledTimes(3);
  const wrong = rows.map((row, at) => (at === 5_000 ? ["x", ...row.slice(1)] : row));
  await expect(forwarder.askInParts({ rows: wrong, single: false }, {}, () => undefined)).rejects.toMatchObject({
    code: "E_FEATURES",
    fields: { problems: [{ row: 5_000, path: [5_000, 0] }] },
  });
  await threads.pool.close();
});
