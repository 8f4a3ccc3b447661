/** @module Arrow's stream of record batches, in and out. */

import { HttpProblem } from "../http/problem.ts";
import { columnsOf } from "./table.ts";
import { checkCells, rowsOfColumns, type Tabular, unreadable } from "./tabular.ts";

export const ARROW_TYPE = "application/vnd.apache.arrow.stream";

/** Arrow's buffers begin at multiples of it. */
const ALIGNMENT = 8;

/**
 * The table of an Arrow stream. Integers, floats, booleans, texts and dictionaries of them come as plain values.
 *
 * @throws HttpProblem 400 when it is malformed or compressed, 413 when it claims more rows than its bytes can hold
 */
export async function parseArrow(bytes: Uint8Array): Promise<Tabular> {
  const { tableFromIPC } = await import("@uwdata/flechette");
  try {
    const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
    const table = tableFromIPC(aligned);
    const { numRows, numCols, names } = table;
    if (numCols === 0) throw new HttpProblem(400, "the body is an Arrow stream without columns");
    checkCells(numRows, numCols);
    if (numRows > bytes.length * 8) throw new HttpProblem(413, "the body claims more rows than its bytes can hold");
    const columns = Array.from({ length: numCols }, (_, at) => table.getChildAt(at).toArray() as ArrayLike<unknown>);
    return { columns: names.map(String), rows: rowsOfColumns(columns, numRows) };
  } catch (error) {
    throw unreadable("Arrow stream", error);
  }
}

/**
 * An answer as an Arrow stream: the columns of the CSV form. Numbers are float64, labels utf8 or bool.
 *
 * @example
 * const bytes = await writeArrow({ predict: [1, 2] }, false);
 */
export async function writeArrow(answer: Readonly<Record<string, unknown>>, single: boolean): Promise<Uint8Array> {
  const { names, rows } = columnsOf(answer, single);
  return writeArrowColumns(
    names.map((name, at) => ({ name, kind: kindOf(rows.map((row) => row[at])), values: rows.map((row) => row[at]) })),
  );
}

/** What a column of an answer is. */
export type ArrowKind = "number" | "boolean" | "text";

/** A column to be written. */
export interface ArrowColumn {
  readonly name: string;
  readonly kind: ArrowKind;
  readonly values: readonly unknown[];
}

/** The kind in which all values of a column fit. */
export function kindOf(values: readonly unknown[]): ArrowKind {
  const all = (type: string) => values.every((value) => value === null || value === undefined || typeof value === type);
  return all("number") ? "number" : all("boolean") ? "boolean" : "text";
}

/** Columns as an Arrow stream. */
export async function writeArrowColumns(columns: readonly ArrowColumn[]): Promise<Uint8Array> {
  const { tableFromArrays, tableToIPC, bool, float64, utf8 } = await import("@uwdata/flechette");
  const types = { number: float64(), boolean: bool(), text: utf8() };
  const data = columns.map(({ name, kind, values }): [string, unknown[]] => [
    name,
    values.map((value) => cellFor(value, kind)),
  ]);
  const table = tableFromArrays(data, {
    types: Object.fromEntries(columns.map(({ name, kind }) => [name, types[kind]])),
    maxBatchRows: Number.POSITIVE_INFINITY,
  });
  return tableToIPC(table, { format: "stream" })!;
}

function cellFor(value: unknown, kind: ArrowKind): unknown {
  if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) return null;
  if (kind !== "text") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
