import { gzipSync } from "node:zlib";
import { loadNow } from "@curtido/estimators/node";
import { service } from "@curtido/server";
import { tableFromArrays, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { afterAll, describe, expect, test } from "vitest";
import { LINEAR, MODELS, testService } from "../help.ts";

const ARROW = "application/vnd.apache.arrow.stream";
const LINES = "application/x-ndjson";
const names = Object.keys(LINEAR.rows[0]!);
/** On a thread, and on the main one: a model with functions of the user's own cannot be shared. */
const apps = {
  thread: testService({ validateRows: 50 }),
  main: service({ models: { linear: loadNow(MODELS.linear, { names: {} }) }, validateRows: 50 }),
};
afterAll(() => Promise.all(Object.values(apps).map((app) => app.close())));

const COUNT = 20_000;
/** Bytes of a body that come at once. */
const PIECE = 1 << 15;
const rowAt = (at: number) => LINEAR.rows[at % LINEAR.rows.length]!;
const csvOf = (cell: (at: number, name: string) => unknown, count = COUNT) =>
  `${names.join(",")}\n${Array.from({ length: count }, (_, at) => names.map((name) => cell(at, name)).join(",")).join("\n")}\n`;

async function post(
  app: (typeof apps)["main"],
  type: string,
  body: BodyInit,
  headers: Record<string, string> = {},
  query = "?on-error=row",
) {
  const response = await app.request(`/linear${query}`, {
    method: "POST",
    headers: { "content-type": type, ...headers },
    body,
    duplex: "half",
  } as RequestInit);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe.each(Object.entries(apps))("on the %s", (_, app) => {
  test("CSV: every row in its place, a bad one with its reason", async () => {
    const bad = new Map([
      [0, "x"],
      [777, ""],
      [COUNT - 1, "1e999x"],
    ]);
    const csv = csvOf((at, name) => (name === names[0] && bad.has(at) ? bad.get(at) : rowAt(at)[name]));
    const { status, bytes } = await post(app, "text/csv", csv);
    expect(status).toBe(200);
    const [header, ...lines] = textOf(bytes).trimEnd().split("\n");
    expect(header).toBe("predict,error");
    expect(lines).toHaveLength(COUNT);
    for (const [at, line] of lines.entries()) {
      if (bad.has(at)) expect(line).toMatch(new RegExp(`^,.*'${names[0]}' (must be|is missing)`));
      else expect(Number(line.split(",")[0])).toBeCloseTo(LINEAR.predict[at % LINEAR.rows.length] as number, 8);
    }
  });

  test("without on-error=row the header is that of a short answer, and a bad row ends it all", async () => {
    const good = await post(
      app,
      "text/csv",
      csvOf((at, name) => rowAt(at)[name]),
      {},
      "",
    );
    const lines = textOf(good.bytes).trimEnd().split("\n");
    expect([good.status, lines[0], lines.length]).toEqual([200, "predict", COUNT + 1]);
    const early = csvOf((at, name) => (at === 3 ? "x" : rowAt(at)[name]));
    const refused = await post(app, "text/csv", early, {}, "");
    expect(refused.status).toBe(422);
    expect(textOf(refused.bytes)).toContain("must be a number");
    const late = csvOf((at, name) => (at === COUNT - 1 ? "x" : rowAt(at)[name]));
    const bytes = new TextEncoder().encode(late);
    let at = 0;
    const pieces = new ReadableStream({
      pull(controller) {
        controller.enqueue(bytes.subarray(at, at + PIECE));
        at += PIECE;
        if (at >= bytes.length) controller.close();
      },
    });
    await expect(post(app, "text/csv", pieces, {}, "")).rejects.toThrow();
  });

  test("quoted cells, ragged rows and CRLF", async () => {
    const lines = Array.from({ length: 500 }, (_, at) => names.map((name) => `"${rowAt(at)[name]}"`).join(","));
    lines[100] = "1,2";
    const { bytes } = await post(app, "text/csv", `${names.join(",")}\r\n${lines.join("\r\n")}\r\n`);
    const out = textOf(bytes).trimEnd().split("\n");
    expect(out).toHaveLength(501);
    expect(out[101]).toMatch(/the row has 2 cells, where the header has \d+/);
    expect(Number(out[102]!.split(",")[0])).toBeCloseTo(LINEAR.predict[101 % LINEAR.rows.length] as number, 8);
  });

  test("a quote within a cell breaks nothing off", async () => {
    const lines = Array.from({ length: COUNT }, (_, at) => names.map((name) => rowAt(at)[name]).join(","));
    lines[3] = lines[3]!.replace(",", '5",');
    const { bytes } = await post(app, "text/csv", `${names.join(",")}\n${lines.join("\n")}\n`);
    const out = textOf(bytes).trimEnd().split("\n");
    expect(out).toHaveLength(COUNT + 1);
    expect(out[4]).toMatch(/must be a number/);
    expect(Number(out[COUNT]!.split(",")[0])).toBeCloseTo(
      LINEAR.predict[(COUNT - 1) % LINEAR.rows.length] as number,
      8,
    );
  });

  test("wrong columns are a 422 before anything is answered", async () => {
    const { status, bytes } = await post(
      app,
      "text/csv",
      csvOf((at, name) => rowAt(at)[name]).replace(names[0]!, "nonsense"),
    );
    expect(status).toBe(422);
    expect(textOf(bytes)).toContain("nonsense");
  });

  test("packed CSV", async () => {
    const body = gzipSync(csvOf((at, name) => rowAt(at)[name], 500));
    const { bytes } = await post(app, "text/csv", body as never, { "content-encoding": "gzip" });
    expect(textOf(bytes).trimEnd().split("\n")).toHaveLength(501);
  });

  test("JSON lines", async () => {
    const lines = Array.from({ length: 500 }, (_, at) => JSON.stringify(rowAt(at)));
    lines[7] = "{";
    lines[8] = "{}";
    const { bytes } = await post(app, LINES, lines.join("\n"));
    const out = textOf(bytes)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(out).toHaveLength(500);
    expect(out[7]).toMatchObject({ predict: null, error: expect.stringMatching(/not JSON/) });
    expect(out[8]).toMatchObject({ predict: null, error: expect.stringMatching(/is missing/) });
    expect(out[9].predict).toBeCloseTo(LINEAR.predict[9 % LINEAR.rows.length] as number, 8);
  });

  test("Arrow batches", async () => {
    const columns = Object.fromEntries(
      names.map((name) => [name, Float64Array.from({ length: 1000 }, (_, at) => rowAt(at)[name] as number)]),
    );
    const table = tableFromArrays(columns, { maxBatchRows: 100 });
    const sent = tableToIPC(table, { format: "stream" }) as never;
    expect(tableFromIPC((await post(app, ARROW, sent)).bytes).names).toEqual(["predict", "error"]);
    const { bytes } = await post(app, ARROW, sent, {}, "");
    const answer = tableFromIPC(bytes);
    expect(answer.names).toEqual(["predict"]);
    expect(answer.numRows).toBe(1000);
    [...answer.getChild("predict")].forEach((value, at) =>
      expect(value).toBeCloseTo(LINEAR.predict[at % LINEAR.rows.length] as number, 8),
    );
  });
});
