/** @module Excel's workbooks: the first sheet, or one by name, as a table. */

import { DataFrame, Index, NdArray, parseDType, Series } from "@curtido/arrays";
import { spellsMissing } from "../cells.ts";
import { Numbers } from "../csv_lines.ts";
import { malformed, refuseTwins } from "../errors.ts";
import { distinct, framed } from "../frame.ts";
import { boolColumn, floatColumn, inferColumn, integerColumn, isNumeric, textColumn } from "../infer.ts";
import { bodyOf, type Layout, layoutOf } from "../layout.ts";
import { notationOf, plainNumber } from "../notation.ts";
import { textsOf } from "../texts.ts";
import type { Notation, Reading, TableRows } from "../types.ts";
import { openBook, TITLE } from "./book.ts";
import { rowsOf, type Value } from "./sheet.ts";

const MILLISECOND = 1_000_000n;

/** A sheet, and where things stand in it. */
interface Sheet {
  readonly layout: Layout;
  readonly body: readonly (readonly Value[])[];
  readonly index?: readonly Value[];
}

/** The table of a sheet: the cells from the first row and the first column on that hold something. */
function sheetOf(bytes: Uint8Array, reading: Reading): Sheet {
  const all = rowsOf(openBook(bytes, reading), reading.limits);
  const above = all.findIndex((row) => row.some((cell) => cell !== null));
  if (above < 0) throw malformed(TITLE, "its sheet is empty; its first row names the columns");
  const left = leftmost(all);
  const rows = (above === 0 ? all : all.slice(above)).map((row) => (left === 0 ? row : row.slice(left)));
  const cells = { rows, numbers: new Numbers(above + 1) };
  const layout = layoutOf(cells, reading, TITLE);
  const { rows: body, index } = bodyOf<Value>(cells, layout);
  return { layout, body, ...(index !== undefined && { index }) };
}

/** The first column that holds something. */
function leftmost(rows: readonly (readonly Value[])[]): number {
  let left = rows[0]?.length ?? 0;
  for (const row of rows) {
    const at = row.findIndex((cell) => cell !== null);
    if (at >= 0 && at < left) left = at;
  }
  return left;
}

/** The rows of a sheet for a model; its cells spell missing values as texts do. Dates are texts as CSV has them. */
export async function xlsxRows(bytes: Uint8Array, reading: Reading): Promise<TableRows> {
  const { layout, body, index } = sheetOf(bytes, reading);
  const moments = Array.from(body[0] ?? [], (_, at) => momentsOf(body.map((row) => row[at])));
  const rows = body.map((row, line) => row.map((cell, at) => (cell instanceof Date ? moments[at]![line]! : cell)));
  const labels = index === undefined ? undefined : momentsOf(index);
  // No comma separates cells of a sheet: one in a text that is a number is decimal.
  const notation = notationOf(rows, "", reading);
  return {
    ...(layout.columns !== undefined && { columns: layout.columns }),
    rows,
    ...(index && { index: index.map((label, at) => (label instanceof Date ? labels![at] : label)) }),
    text: "table",
    ...(notation !== undefined && { notation }),
  };
}

/** The texts of the dates of a column. */
function momentsOf(cells: readonly (Value | undefined)[]): readonly (string | null)[] {
  if (!cells.some((cell) => cell instanceof Date)) return [];
  const only = cells.map((cell) => (cell instanceof Date ? cell : null));
  return textsOf(dates("", only), TITLE);
}

/**
 * The table of a sheet whose first row names the columns. A column of whole numbers is int64, of other numbers float64, of
 * dates datetime64; anything mixed is objects. What spells a missing value is one, and texts that are numbers are, as in
 * pandas' `read_excel`. A first column without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_TABLE when it is no workbook or has no such sheet; E_TABLE_LIMIT when it unfolds to too much
 */
export async function readXlsx(bytes: Uint8Array, reading: Reading = {}): Promise<DataFrame> {
  const { layout, body, index } = sheetOf(bytes, reading);
  const missing = new Set(reading.missing);
  const notation = notationOf(body, "", reading);
  const cells = (list: readonly Value[]) => list.map((cell) => cellOf(cell, missing));
  const at = (place: number) => cells(body.map((row) => row[place]!));
  if (layout.columns === undefined) {
    const columns = Array.from({ length: layout.width }, (_, place) => columnOf(place, at(place), notation));
    return new DataFrame(columns, undefined, body.length, Index.range(layout.width));
  }
  const { columns: names, named = [] } = layout;
  const labelled = names.map((name, place) => (isNamed(named[place]) ? labelOf(named[place] as Value) : name));
  if (reading.names === "refuse") refuseTwins(labelled, TITLE);
  const unique = distinct(names);
  const columns = labelled.map((label, place) => {
    const name = unique[place] === names[place] ? label : unique[place];
    return columnOf(name, at(place), notation);
  });
  const labels = index === undefined ? [] : [columnOf("", cells(index), notation)];
  return framed([...labels, ...columns], index !== undefined, body.length);
}

function isNamed(name: unknown): boolean {
  return name !== null && name !== "" && name !== undefined;
}

function cellOf(cell: Value | undefined, missing: ReadonlySet<string>): Value {
  return typeof cell === "string" && (spellsMissing(cell) || missing.has(cell)) ? null : (cell ?? null);
}

function labelOf(name: Value): unknown {
  if (name instanceof Date) return name.toISOString();
  return typeof name === "number" && Number.isSafeInteger(name) ? BigInt(name) : (name ?? "");
}

function columnOf(name: unknown, cells: readonly Value[], notation: Notation = {}): Series {
  const present = cells.filter((cell) => cell !== null);
  const texts = textsOfNumbers(cells, notation);
  if (texts !== undefined) return textColumn(name, texts);
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

/** The cells of a column in which some texts are, and all of them numbers or all booleans; else nothing. */
function textsOfNumbers(cells: readonly Value[], notation: Notation): readonly (string | null)[] | undefined {
  if (!cells.some((cell) => typeof cell === "string")) return undefined;
  const texts: (string | null)[] = [];
  for (const cell of cells) {
    if (cell !== null && typeof cell !== "number" && typeof cell !== "string") return undefined;
    const text = typeof cell === "string" ? (plainNumber(cell, notation) ?? cell) : cell === null ? null : String(cell);
    if (text !== null && !isNumeric(text)) return undefined;
    texts.push(text);
  }
  return texts;
}

/** Dates in nanoseconds, as pandas before 3 has them, or in milliseconds where they lie beyond 1677 to 2262. */
function dates(name: unknown, cells: readonly (Date | null)[]): Series {
  const narrow = cells.every((cell) => cell === null || Math.abs(cell.getTime()) < 9.2e12);
  const [unit, scale] = narrow ? ["ns", MILLISECOND] : ["ms", 1n];
  const ticks = BigInt64Array.from(cells, (cell) => (cell === null ? -(2n ** 63n) : BigInt(cell.getTime()) * scale!));
  const values = NdArray.of(ticks, [ticks.length], parseDType(`M8[${unit}]`));
  return new Series({ name, values, dtype: `datetime64[${unit}]` });
}
