/** @module Every way in which a model can be asked over HTTP: what is sent, and where the predictions stand in the answer. */

import { tableFromArrays, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import writeExcelFile from "write-excel-file/node";
import { LINEAR } from "./help.ts";
import type { Answered, Sent } from "./live.ts";

/** A row, by name. */
type Row = Readonly<Record<string, unknown>>;

/** A way to ask the model `linear`, of four features that have no names in its file. */
export interface EntryPoint {
  readonly name: string;
  /** How many rows it sends. */
  readonly rows: number;
  send(rows: readonly Row[]): { readonly path: string; readonly sent: Sent };
  predictions(answer: Answered): number[];
  /** Whether it asks a version by its number, and no alias. */
  readonly version?: true;
  /** Whether the answer comes in parts: a shadow is not asked then, and that is counted. */
  readonly streams?: true;
}

const names = Object.keys(LINEAR.rows[0]!);
const cells = (rows: readonly Row[]) => rows.map((row) => names.map((name) => row[name] as number));
const columns = (rows: readonly Row[]) => Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
const csv = (rows: readonly Row[]) => `${[names, ...cells(rows)].map((row) => row.join(",")).join("\n")}\n`;
const body = (type: string, bytes: string | Uint8Array, accept = "application/json"): Sent => ({
  method: "POST",
  headers: { "content-type": type, accept },
  body: bytes,
});
const json = (value: unknown, accept?: string) => body("application/json", JSON.stringify(value), accept);
const many = ({ json: answer }: Answered): number[] => answer.predict;
const one = ({ json: answer }: Answered): number[] => [answer.predict];
const lines = ({ text }: Answered): number[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).predict);
const fromCsv = ({ text }: Answered): number[] => text.trim().split("\n").slice(1).map(Number.parseFloat);
const ARROW = "application/vnd.apache.arrow.stream";
const arrow = (rows: readonly Row[]): Uint8Array => tableToIPC(tableFromArrays(columns(rows)), { format: "stream" })!;

function parquet(rows: readonly Row[]): Uint8Array {
  const columnData = Object.entries(columns(rows)).map(([name, data]) => ({ name, data, type: "DOUBLE" as const }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const sheets = new Map<string, Uint8Array>();

/** Writes the sheet of rows before they are sent, since that takes a while. */
export async function prepare(rows: readonly Row[]): Promise<void> {
  const values = [names, ...cells(rows)].map((row) => row.map((value) => ({ value }) as { value: string }));
  const file = await writeExcelFile(values).toBuffer();
  sheets.set(JSON.stringify(rows), new Uint8Array(file));
}

function fromArrow({ bytes }: Answered): number[] {
  return [...(tableFromIPC(bytes).getChild("predict") as Iterable<number>)];
}

/** A page says the prediction first of all. */
function onPage({ text }: Answered): number[] {
  return [Number.parseFloat(/id="prediction">([^<]+)</.exec(text)?.[1] ?? "NaN")];
}

const tensors = (rows: readonly Row[]) => [
  { name: "rows", shape: [rows.length, names.length], datatype: "FP64", data: cells(rows).flat() },
];
const perFeature = (rows: readonly Row[]) =>
  names.map((name) => ({ name, shape: [rows.length], datatype: "FP64", data: rows.map((row) => row[name]) }));
const tensorOf = ({ json: answer }: Answered): number[] => answer.outputs[0].data;
const predicted = ({ json: answer }: Answered): number[] => answer.predictions;

function at(
  name: string,
  path: string,
  rows: number,
  sent: (rows: readonly Row[]) => Sent,
  predictions: (answer: Answered) => number[],
): EntryPoint {
  return { name, rows, send: (given) => ({ path, sent: sent(given) }), predictions };
}

/** Rows above which a body is validated and answered in parts, in the tests that use these. */
export const VALIDATE_ROWS = 3_000;

const FORM = "application/x-www-form-urlencoded";
const LINES = "application/x-ndjson";
const INVOCATIONS = "/invocations";
const V1 = "/v1/models/linear:predict";
const V2 = "/v2/models/linear/infer";

/** All of them. */
export const ENTRY_POINTS: readonly EntryPoint[] = [
  at("the fast lane: one row by name", "/linear", 1, ([row]) => json(row), one),
  at("the fast lane: one row by position", "/linear", 1, (rows) => json(cells(rows)[0]), one),
  at("the fast lane: rows by name", "/linear", 2, (rows) => json(rows), many),
  at("JSON with a query", "/linear?unexpected=refuse", 2, (rows) => json(rows), many),
  at("JSON by position", "/linear?unexpected=refuse", 2, (rows) => json(cells(rows)), many),
  at("a form", "/linear", 1, ([row]) => body(FORM, String(new URLSearchParams(row as Record<string, string>))), one),
  at("a page", "/linear", 1, ([row]) => body(FORM, String(new URLSearchParams(row as never)), "text/html"), onPage),
  at("CSV", "/linear", 2, (rows) => body("text/csv", csv(rows), "text/csv"), fromCsv),
  at(
    "JSON lines",
    "/linear",
    2,
    (rows) => body(LINES, rows.map((row) => JSON.stringify(row)).join("\n"), LINES),
    lines,
  ),
  at("Arrow", "/linear", 2, (rows) => body(ARROW, arrow(rows), ARROW), fromArrow),
  at("Parquet", "/linear", 2, (rows) => body("application/vnd.apache.parquet", parquet(rows)), many),
  at("Excel", "/linear", 2, (rows) => body(XLSX, sheets.get(JSON.stringify(rows))!), many),
  at("a long batch, on a thread", "/linear", 2_500, (rows) => body("text/csv", csv(rows)), many),
  { ...at("a stream", "/linear", 4_000, (rows) => body("text/csv", csv(rows), "text/csv"), fromCsv), streams: true },
  { ...at("a version", "/linear/versions/1", 2, (rows) => json(rows), many), version: true },
  at("an alias", "/linear/aliases/current", 2, (rows) => json(rows), many),
  at("KServe V1 by name", V1, 2, (rows) => json({ instances: rows }), predicted),
  at("KServe V1 by position", V1, 2, (rows) => json({ instances: cells(rows) }), predicted),
  at("KServe V1, inputs", V1, 2, (rows) => json({ inputs: cells(rows) }), predicted),
  at("Open Inference, one tensor", V2, 2, (rows) => json({ inputs: tensors(rows) }), tensorOf),
  at("Open Inference, a tensor for each feature", V2, 2, (rows) => json({ inputs: perFeature(rows) }), tensorOf),
  {
    ...at(
      "Open Inference, a version",
      "/v2/models/linear/versions/1/infer",
      2,
      (rows) => json({ inputs: tensors(rows) }),
      tensorOf,
    ),
    version: true,
  },
  at(
    "MLflow, split",
    INVOCATIONS,
    2,
    (rows) => json({ dataframe_split: { columns: names, data: cells(rows) } }),
    predicted,
  ),
  at(
    "MLflow, split without names",
    INVOCATIONS,
    2,
    (rows) => json({ dataframe_split: { data: cells(rows) } }),
    predicted,
  ),
  at("MLflow, records", INVOCATIONS, 2, (rows) => json({ dataframe_records: rows }), predicted),
  at("MLflow, inputs", INVOCATIONS, 2, (rows) => json({ inputs: cells(rows) }), predicted),
  at("MLflow, columns", INVOCATIONS, 2, (rows) => json({ inputs: columns(rows) }), predicted),
  at("MLflow, instances", INVOCATIONS, 2, (rows) => json({ instances: cells(rows) }), predicted),
  at("SageMaker, CSV", INVOCATIONS, 2, (rows) => body("text/csv", csv(rows), "text/csv"), fromCsv),
];
