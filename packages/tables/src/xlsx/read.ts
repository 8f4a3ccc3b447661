/** @module Excel's workbooks: the first sheet, or one by name, as a table. */

import { DataFrame, Index } from "@curtido/arrays";
import { PyTime, TimeDelta } from "@curtido/pickle";
import { spellsMissing } from "../cells.ts";
import { Numbers } from "../csv_lines.ts";
import { malformed, refuseTwins } from "../errors.ts";
import { distinct, framed } from "../frame.ts";
import { bodyOf, type Layout, layoutOf } from "../layout.ts";
import { notationOf } from "../notation.ts";
import { textsOf } from "../texts.ts";
import type { Reading, TableRows } from "../types.ts";
import { openBook, TITLE } from "./book.ts";
import { columnOf, dates, durations } from "./columns.ts";
import { pythonDate } from "./moments.ts";
import { rowsOf, type Value } from "./sheet.ts";

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
  const { columns, named } = layout;
  const names = columns?.map((name, at) => (isPlain(named?.[at]) ? name : String(labelOf(named![at] as Value))));
  return { layout: { ...layout, ...(names && { columns: names }) }, body, ...(index !== undefined && { index }) };
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
  const columns = Array.from(body[0] ?? [], (_, at) => plainCells(body.map((row) => row[at]!)));
  const rows = body.map((_, row) => columns.map((cells) => cells[row]!));
  // No comma separates cells of a sheet: one in a text that is a number is decimal.
  const notation = notationOf(rows, "", reading);
  return {
    ...(layout.columns !== undefined && { columns: layout.columns }),
    rows,
    ...(index && { index: plainCells(index) }),
    text: "table",
    ...(notation !== undefined && { notation }),
  };
}

/** The cells of a column with texts for dates, times and lengths of time. */
function plainCells(cells: readonly Value[]): readonly (string | number | boolean | null)[] {
  const only = <T extends Value>(is: (cell: Value) => cell is T) => cells.map((cell) => (is(cell) ? cell : null));
  const isDate = (cell: Value) => cell instanceof Date;
  const isDuration = (cell: Value) => cell instanceof TimeDelta;
  const days = cells.some(isDate) ? textsOf(dates("", only(isDate)), TITLE) : [];
  const lengths = cells.some(isDuration) ? textsOf(durations("", only(isDuration)), TITLE) : [];
  return cells.map((cell, row) => {
    if (cell instanceof PyTime) return String(cell);
    return typeof cell === "object" && cell !== null ? (days[row] ?? lengths[row] ?? null) : cell;
  });
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
  if (notation !== undefined) reading.spelled?.(notation);
  const column = (label: unknown, list: readonly Value[]) =>
    columnOf(label, list, notation, reading.spelled !== undefined);
  const cells = (list: readonly Value[]) => list.map((cell) => cellOf(cell, missing));
  const at = (place: number) => cells(body.map((row) => row[place]!));
  if (layout.columns === undefined) {
    const columns = Array.from({ length: layout.width }, (_, place) => column(place, at(place)));
    return new DataFrame(columns, undefined, body.length, Index.range(layout.width));
  }
  const { columns: names, named = [] } = layout;
  const labelled = names.map((name, place) => (isNamed(named[place]) ? labelOf(named[place] as Value) : name));
  if (reading.names === "refuse") refuseTwins(labelled, TITLE);
  const unique = distinct(names);
  const columns = labelled.map((label, place) => {
    const name = unique[place] === names[place] ? label : unique[place];
    return column(name, at(place));
  });
  const labels = index === undefined ? [] : [column("", cells(index))];
  return framed([...labels, ...columns], index !== undefined, body.length);
}

function isNamed(name: unknown): boolean {
  return name !== null && name !== "" && name !== undefined;
}

function cellOf(cell: Value | undefined, missing: ReadonlySet<string>): Value {
  return typeof cell === "string" && (spellsMissing(cell) || missing.has(cell)) ? null : (cell ?? null);
}

function labelOf(name: Value): unknown {
  if (name instanceof Date) return String(pythonDate(name));
  if (typeof name === "object" && name !== null) return String(name);
  return typeof name === "number" && Number.isSafeInteger(name) ? BigInt(name) : (name ?? "");
}

/** Whether a name is a text already, or a number. */
function isPlain(name: unknown): boolean {
  return typeof name !== "object" || name === null;
}
