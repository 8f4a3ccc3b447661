import { brotliDecompressSync, gunzipSync } from "node:zlib";
import {
  columnFromArray,
  dictionary,
  tableFromArrays,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { ask, expectedOf, LINEAR, testService } from "../help.ts";

const ARROW = "application/vnd.apache.arrow.stream";
const PARQUET = "application/vnd.apache.parquet";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const app = testService();
afterAll(() => app.close());

const names = Object.keys(LINEAR.rows[0]!);
const columns = Object.fromEntries(names.map((name) => [name, LINEAR.rows.map((row) => row[name] as number)]));
const arrow = tableToIPC(tableFromArrays(columns), { format: "stream" })!;
const houses = expectedOf("pipeline/Pipeline-columns_forest.sk1.9.1.json");

function predictions(values: readonly unknown[]): void {
  expect(values).toHaveLength(LINEAR.predict.length);
  values.forEach((value, at) => expect(value).toBeCloseTo(LINEAR.predict[at] as number, 8));
}

test("Arrow in, JSON out", async () => {
  const { status, json } = await ask(app, "/linear", { type: ARROW, accept: "application/json", body: arrow });
  expect(status).toBe(200);
  predictions(json.predict);
});

test("Arrow in, Arrow out unless asked otherwise", async () => {
  const response = await app.request("/linear", {
    method: "POST",
    headers: { "content-type": ARROW },
    body: arrow as never,
  });
  expect(response.headers.get("content-type")).toBe(ARROW);
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect(table.names).toEqual(["predict"]);
  predictions([...table.getChild("predict")]);
});

test("texts, dictionaries and missing values of Arrow are what they are in JSON", async () => {
  const fields = Object.keys(houses.rows[0]!);
  const table = tableFromColumns(
    fields.map((name) => {
      const values = houses.rows.map((row) => row[name] ?? null);
      const text = values.some((value) => typeof value === "string");
      return [name, text ? columnFromArray(values, dictionary(utf8())) : columnFromArray(values)] as never;
    }),
  );
  const body = tableToIPC(table, { format: "stream" })!;
  const { json } = await ask(app, "/houses", { type: ARROW, accept: "application/json", body });
  expect(json.predict).toEqual(houses.predict);
});

test("labels go out as texts of Arrow", async () => {
  const response = await app.request("/houses", {
    method: "POST",
    headers: { "content-type": "application/json", accept: ARROW },
    body: JSON.stringify(houses.rows),
  });
  expect([...tableFromIPC(new Uint8Array(await response.arrayBuffer())).getChild("predict")]).toEqual(houses.predict);
});

test("a column of Arrow that is no number is a 422 with its place", async () => {
  const body = tableToIPC(tableFromArrays({ ...columns, [names[1]!]: LINEAR.rows.map(() => "x") }), {})!;
  const { status, json } = await ask(app, "/linear", { type: ARROW, body });
  expect(status).toBe(422);
  expect(json.errors[0]).toEqual({ pointer: `#/0/${names[1]}`, detail: `'${names[1]}' must be a number, not "x"` });
});

test("broken Arrow is a 400", async () => {
  for (const end of [1, 7, 20, 200, arrow.length - 50])
    expect((await ask(app, "/linear", { type: ARROW, body: arrow.slice(0, end) })).status, String(end)).toBe(400);
  const noise = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251);
  expect([400, 413]).toContain((await ask(app, "/linear", { type: ARROW, body: noise })).status);
});

const parquet = new Uint8Array(
  parquetWriteBuffer({ columnData: names.map((name) => ({ name, data: columns[name]!, type: "DOUBLE" as const })) }),
);

test("parquet in", async () => {
  const { status, json } = await ask(app, "/linear", { type: PARQUET, body: parquet });
  expect(status).toBe(200);
  predictions(json.predict);
});

test("texts of parquet are texts", async () => {
  const fields = Object.keys(houses.rows[0]!);
  const columnData = fields.map((name) => ({ name, data: houses.rows.map((row) => row[name] ?? null) as never }));
  const body = new Uint8Array(parquetWriteBuffer({ columnData }));
  const { json } = await ask(app, "/houses", { type: PARQUET, body });
  expect(json.predict).toEqual(houses.predict);
});

test("a broken parquet file is a 400", async () => {
  expect((await ask(app, "/linear", { type: PARQUET, body: parquet.slice(0, 100) })).status).toBe(400);
  expect((await ask(app, "/linear", { type: PARQUET, body: "PAR1 but no more PAR1" })).status).toBe(400);
});

async function workbook(rows: unknown[][]): Promise<Uint8Array> {
  const data = rows.map((row) => row.map((value) => (value === null ? null : { value })));
  return new Uint8Array(await writeExcelFile(data as never).toBuffer());
}

test("a workbook in", async () => {
  const body = await workbook([names, ...LINEAR.rows.map((row) => names.map((name) => row[name]))]);
  const { status, json } = await ask(app, "/linear", { type: XLSX, body });
  expect(status).toBe(200);
  predictions(json.predict);
  expect((await ask(app, "/linear", { type: XLSX, body: body.slice(0, body.length / 2) })).status).toBe(400);
  expect((await ask(app, "/linear", { type: XLSX, body: "PK" })).status).toBe(400);
});

test("JSON lines in and out", async () => {
  const body = LINEAR.rows.map((row) => JSON.stringify(row)).join("\n");
  const { type, text } = await ask(app, "/linear", { type: "application/x-ndjson", body });
  expect(type).toBe("application/x-ndjson");
  predictions(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).predict),
  );
  expect((await ask(app, "/linear", { type: "application/jsonl", body: `${body}\n{` })).json.detail).toMatch(
    /line \d+ is not JSON/,
  );
});

test("answers are packed as the client likes it, when they are long", async () => {
  const many = JSON.stringify(Array.from({ length: 300 }, () => LINEAR.rows[0]));
  const send = (accepted: string, body = many) =>
    app.request("/linear", {
      method: "POST",
      headers: { "content-type": "application/json", "accept-encoding": accepted },
      body,
    });
  const plain = await (await send("identity")).text();
  const gzipped = await send("gzip");
  expect(gzipped.headers.get("content-encoding")).toBe("gzip");
  expect(gunzipSync(new Uint8Array(await gzipped.arrayBuffer())).toString()).toBe(plain);
  const brotli = await send("gzip;q=0.5, br");
  expect(brotli.headers.get("content-encoding")).toBe("br");
  expect(brotli.headers.get("vary")).toMatch(/Accept-Encoding/);
  expect(brotliDecompressSync(new Uint8Array(await brotli.arrayBuffer())).toString()).toBe(plain);
  expect((await send("gzip;q=0")).headers.get("content-encoding")).toBeNull();
  expect((await send("gzip", JSON.stringify(LINEAR.rows[0]))).headers.get("content-encoding")).toBeNull();
});
