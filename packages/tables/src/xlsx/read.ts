/** @module Excel's workbooks: the first sheet, or one by name, as a table. */

import { type DataFrame, NdArray, parseDType, Series } from "@curtido/arrays";
import { spellsMissing } from "../cells.ts";
import { malformed, refuseTwins } from "../errors.ts";
import { framed } from "../frame.ts";
import { boolColumn, floatColumn, inferColumn, integerColumn } from "../infer.ts";
import { textsOf } from "../texts.ts";
import type { Reading, TableRows } from "../types.ts";
import { openBook, TITLE } from "./book.ts";
import { rowsOf, type Value } from "./sheet.ts";

const MILLISECOND = 1_000_000n;

/** The rows of a sheet; the first one names the columns. */
function sheetOf(bytes: Uint8Array, reading: Reading): readonly [Value[], Value[][]] {
  const [header, ...body] = rowsOf(openBook(bytes, reading), reading.limits);
  if (header === undefined) throw malformed(TITLE, "its sheet is empty; its first row names the columns");
  return [header, body];
}

/** The rows of a sheet for a model; its cells spell missing values as texts do. Dates are texts as CSV has them. */
export async function xlsxRows(bytes: Uint8Array, reading: Reading): Promise<TableRows> {
  const [header, body] = sheetOf(bytes, reading);
  const moments = header.map((_, at) => momentsOf(body.map((row) => row[at])));
  const rows = body.map((row, line) =>
    row.map((cell, at) => (cell instanceof Date ? (moments[at]?.[line] ?? cell.toISOString()) : (cell ?? null))),
  );
  return { columns: header.map((name) => String(name ?? "")), rows, text: "table" };
}

/** The texts of the dates of a column. */
function momentsOf(cells: readonly (Value | undefined)[]): readonly (string | null)[] {
  if (!cells.some((cell) => cell instanceof Date)) return [];
  const only = cells.map((cell) => (cell instanceof Date ? cell : null));
  return textsOf(dates("", only), TITLE);
}

/**
 * The table of a sheet whose first row names the columns. A column of whole numbers is int64, of other numbers float64, of
 * dates datetime64; anything mixed is objects. What spells a missing value is one, as in pandas' `read_excel`. A first column
 * without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_TABLE when it is no workbook or has no such sheet; E_TABLE_LIMIT when it unfolds to too much
 */
export async function readXlsx(bytes: Uint8Array, reading: Reading = {}): Promise<DataFrame> {
  const [header, body] = sheetOf(bytes, reading);
  const nameless = header.findIndex((name, at) => at > 0 && (name === null || name === ""));
  if (nameless > 0) throw malformed(TITLE, `column ${nameless + 1} has no name in the first row`);
  if (reading.names === "refuse") refuseTwins(header, TITLE);
  const columns = header.map((name, at) =>
    columnOf(
      labelOf(name),
      body.map((row) => cellOf(row[at])),
    ),
  );
  return framed(columns, header[0] === null || header[0] === "", body.length);
}

function cellOf(cell: Value | undefined): Value {
  return typeof cell === "string" && spellsMissing(cell) ? null : (cell ?? null);
}

function labelOf(name: Value): unknown {
  if (name instanceof Date) return name.toISOString();
  return typeof name === "number" && Number.isSafeInteger(name) ? BigInt(name) : (name ?? "");
}

function columnOf(name: unknown, cells: readonly Value[]): Series {
  const present = cells.filter((cell) => cell !== null);
  const all = (type: string) => present.length > 0 && present.every((cell) => typeof cell === type);
  if (all("number")) {
    const whole = present.length === cells.length && present.every((cell) => Number.isSafeInteger(cell));
    const integers = whole ? integerColumn(name, (present as number[]).map(BigInt)) : undefined;
    return (
      integers ??
      floatColumn(
        name,
        cells.map((cell) => (cell === null ? Number.NaN : (cell as number) + 0)),
      )
    );
  }
  if (all("boolean") && present.length === cells.length) return boolColumn(name, cells as boolean[]);
  if (present.length > 0 && present.every((cell) => cell instanceof Date)) return dates(name, cells as (Date | null)[]);
  const values = cells.map((cell) => {
    if (cell instanceof Date) return cell.toISOString();
    return typeof cell === "number" && Number.isSafeInteger(cell) ? BigInt(cell) : (cell ?? Number.NaN);
  });
  return inferColumn(name, values);
}

/** Dates in nanoseconds, as pandas before 3 has them, or in milliseconds where they lie beyond 1677 to 2262. */
function dates(name: unknown, cells: readonly (Date | null)[]): Series {
  const narrow = cells.every((cell) => cell === null || Math.abs(cell.getTime()) < 9.2e12);
  const [unit, scale] = narrow ? ["ns", MILLISECOND] : ["ms", 1n];
  const ticks = BigInt64Array.from(cells, (cell) => (cell === null ? -(2n ** 63n) : BigInt(cell.getTime()) * scale!));
  const values = NdArray.of(ticks, [ticks.length], parseDType(`M8[${unit}]`));
  return new Series({ name, values, dtype: `datetime64[${unit}]` });
}
