/**
 * What stands where in a table of cells: which row names the columns, which column holds the labels of the rows, where the
 * table ends on the right. The same for CSV, workbooks and whatever else comes as cells.
 *
 * @module
 */

import type { Numbers } from "./csv_lines.ts";
import { unreadable } from "./errors.ts";
import { MOST_TITLES } from "./sniff.ts";
import type { Reading } from "./types.ts";

/** Rows of cells; `null` is an empty one. */
export interface Cells<Cell> {
  readonly rows: readonly (readonly Cell[])[];
  /** The line or the row of the source where each stands. */
  readonly numbers: Numbers;
}

/** Where things stand. */
export interface Layout {
  /** The names of the columns, without that of the labels; none in a table without a header. */
  readonly columns?: readonly string[];
  /** Where each column was named in the source; `undefined` for one that has no name there. */
  readonly named?: readonly unknown[];
  /** The place of the first row. */
  readonly first: number;
  /** Whether the first cell of a row is its label. */
  readonly labelled: boolean;
  /** How many cells of a row are looked at, the label among them. */
  readonly width: number;
}

interface Wishes extends Pick<Reading, "header" | "features"> {
  /** Whether rows of another length are let pass, for whoever tells of each. */
  readonly lenient?: boolean;
}

/** The place of the row that names the columns; `undefined` when there is to be none. @throws CurtidoError E_TABLE */
export function headerPlace(
  { rows, numbers }: Cells<unknown>,
  { header, features }: Wishes,
  title: string,
): number | undefined {
  if (header === "absent") return undefined;
  if (typeof header === "number") {
    const place = numbers.placeOf(header, rows.length);
    if (place < 0) throw unreadable(title, "holds nothing, and should name the columns", { line: header });
    return place;
  }
  if (header === "present" || features === undefined || features.length === 0) return 0;
  const wanted = new Set(features);
  const scores = rows.slice(0, MOST_TITLES).map((row) => scoreOf(row, wanted));
  const best = scores.reduce((found, score, at) => (score > scores[found]! ? at : found), 0);
  return scores[best]! >= Math.min(2, wanted.size) ? best : 0;
}

/** How many of the wanted names a row has. */
function scoreOf(row: readonly unknown[], wanted: ReadonlySet<string>): number {
  const found = new Set<string>();
  for (const cell of row) {
    const name = cell === null ? "" : nameOf(String(cell), wanted);
    if (wanted.has(name)) found.add(name);
  }
  return found.size;
}

const HARD_SPACES = /[\u00a0\u202f\u2007\ufeff]/;

/** A name as it is, or without its hard spaces, where it is known so. */
function nameOf(name: string, wanted: ReadonlySet<string>): string {
  if (wanted.has(name) || !HARD_SPACES.test(name)) return name;
  const plain = name
    .replace(/[\u00a0\u202f\u2007]/g, " ")
    .replaceAll("\ufeff", "")
    .trim();
  return wanted.has(plain) ? plain : name;
}

/** What pandas calls a column without a name, counted from 0. */
export function namelessColumn(at: number): string {
  return `Unnamed: ${at}`;
}

/**
 * The layout of a table.
 *
 * A first column without a name holds labels, unless a feature is called as pandas calls it; so does a first column where all
 * rows have one cell more than the header, as R writes them. Columns on the right that are empty, header and all, are none.
 *
 * @throws CurtidoError E_TABLE, with the line, for a row of more or fewer cells than the header, or one that is the header again
 */
export function layoutOf(cells: Cells<unknown>, wishes: Wishes, title: string): Layout {
  const { rows } = cells;
  const place = headerPlace(cells, wishes, title);
  if (place === undefined) {
    const width = rows[0]?.length ?? 0;
    if (wishes.lenient !== true) checkRows(cells, { first: 0, labelled: false, width }, title);
    return { first: 0, labelled: false, width };
  }
  const header = rows[place];
  if (header === undefined) throw unreadable(title, "is empty; its first line names the columns");
  const wanted = new Set(wishes.features);
  const first = place + 1;
  const beside = isBeside(rows, first, header.length);
  const labelled = beside || (isEmpty(header[0]) && header.length > 1 && !wanted.has(namelessColumn(0)));
  const width = beside ? header.length + 1 : filledWidth(rows, first, header);
  const named = header.slice(labelled && !beside ? 1 : 0, beside ? undefined : width);
  const columns = named.map((cell, at) =>
    isEmpty(cell) ? namelessColumn(at + (labelled ? 1 : 0)) : nameOf(String(cell), wanted),
  );
  const layout = { columns, named, first, labelled, width };
  if (wishes.lenient !== true) checkRows(cells, layout, title, header);
  return layout;
}

function isEmpty(cell: unknown): boolean {
  return cell === null || cell === undefined || cell === "";
}

/** Whether all rows have a cell more than the header, and the last one is not empty in all of them. */
function isBeside(rows: Cells<unknown>["rows"], first: number, width: number): boolean {
  if (rows.length <= first || rows[first]!.length !== width + 1) return false;
  let filled = false;
  for (let at = first; at < rows.length; at++) {
    if (rows[at]!.length !== width + 1) return false;
    filled ||= !isEmpty(rows[at]![width]);
  }
  return filled;
}

/** The width without columns on the right that are empty, header and all. */
function filledWidth(rows: Cells<unknown>["rows"], first: number, header: readonly unknown[]): number {
  if (rows.length <= first) return header.length;
  let named = header.length;
  while (named > 1 && isEmpty(header[named - 1])) named--;
  let width = named;
  for (let at = first; at < rows.length && width < header.length; at++) {
    const row = rows[at]!;
    for (let column = Math.min(row.length, header.length) - 1; column >= width; column--)
      if (!isEmpty(row[column])) width = column + 1;
  }
  return width;
}

/** Refuses rows of another length, but for empty cells behind the width; and rows that are the header again. */
function checkRows(
  { rows, numbers }: Cells<unknown>,
  { first, width }: Layout,
  title: string,
  header: readonly unknown[] = [],
): void {
  for (let at = first; at < rows.length; at++) {
    const problem = rowProblem(rows[at]!, width, header);
    if (problem !== undefined) throw unreadable(title, `${problem} (row ${at - first + 1})`, { line: numbers.of(at) });
  }
}

/**
 * What is wrong with the length of a row, or with its being the header again; `undefined` when nothing is.
 *
 * @example
 * rowProblem(["1", "2", "3"], 2); // "has 3 cells, where the header has 2"
 */
export function rowProblem(
  row: readonly unknown[],
  width: number,
  header: readonly unknown[] = [],
): string | undefined {
  if (row.length !== width && (row.length < width || !row.slice(width).every(isEmpty))) {
    const expected = header.length === 0 ? "the first row" : "the header";
    return `has ${row.length} cell${row.length === 1 ? "" : "s"}, where ${expected} has ${width}`;
  }
  const again = header.length > 1 && row[0] === header[0] && header.every((cell, at) => cell === row[at]);
  return again ? "is the header again" : undefined;
}

/** Rows without labels and without what lies behind the width, and the labels. */
export function bodyOf<Cell>(
  { rows }: Cells<Cell>,
  { first, labelled, width }: Layout,
): { readonly rows: readonly (readonly Cell[])[]; readonly index?: readonly Cell[] } {
  const body = first === 0 ? rows : rows.slice(first);
  if (labelled) {
    const index = body.map((row) => row[0]!);
    return {
      rows: body.map((row) => row.slice(1, width)),
      ...((index.length === 0 || !index.every(isEmpty)) && { index }),
    };
  }
  return { rows: body.every((row) => row.length === width) ? body : body.map((row) => row.slice(0, width)) };
}
