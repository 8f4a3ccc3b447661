/** @module CSV, read: rows of texts under a header. */

import { CurtidoError } from "@curtido/pickle";
import { type Line, linesOf } from "./csv_lines.ts";
import { malformed, unreadable } from "./errors.ts";
import { bodyOf, type Layout, layoutOf } from "./layout.ts";
import { limitCells } from "./limits.ts";
import { notationOf } from "./notation.ts";
import { decodedTable } from "./plain_text.ts";
import { delimiterOf, namedSeparator } from "./sniff.ts";
import { limitLines } from "./text_limits.ts";
import type { Notation, Reading, TableRows } from "./types.ts";

/** Texts in rows; `null` is an empty cell. */
export interface TextTable {
  /** Names of the columns; none in a table without a header. */
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** The labels of the rows, where they stand in a first column without a name. */
  readonly index?: readonly (string | null)[];
  readonly notation?: Notation;
}

/** A table, and where things stand in it. */
export interface WholeTable extends TextTable {
  readonly layout: Layout;
  readonly delimiter: string;
  /** The line in which the header begins, from 1; 0 without one. */
  readonly line: number;
}

/**
 * Texts in rows under a header. Without a separator, it is what the header has of comma, semicolon, tab and bar.
 *
 * @throws CurtidoError E_TABLE when it has no header, a quote is not closed, or a row has more or fewer cells; with the line
 * @example
 * parseCsv("a,b\n1,\n"); // { columns: ["a", "b"], rows: [["1", null]] }
 */
export function parseCsv(text: string, reading: Reading = {}, title = "CSV"): TextTable {
  const { layout, delimiter, line, ...table } = wholeCsv(text, reading, title);
  return table;
}

/** {@link parseCsv}, with what a reader of parts has to know; a lenient one takes rows of any length. */
export function wholeCsv(text: string, reading: Reading, title: string, lenient = false): WholeTable {
  const named = namedSeparator(text);
  const delimiter = separatorOf(reading) ?? delimiterOf(text, reading);
  limitLines(text, delimiter, title, reading.limits);
  const lines = linesOf(text.slice(named?.length ?? 0), delimiter, named === undefined ? 1 : 2);
  if (lines.unclosed !== undefined && !lenient)
    throw unreadable(title, "has a quote that is not closed before the end", { line: lines.unclosed });
  const cells = { rows: lines.cells, numbers: lines.numbers };
  if (cells.rows.length === 0) throw malformed(title, "it is empty; its first line names the columns");
  const layout = layoutOf(cells, { ...reading, lenient }, title);
  limitCells(title, cells.rows.length, layout.width, reading.limits);
  const { rows, index } = bodyOf<string | null>(cells, layout);
  const notation = notationOf(mayDiffer(text, delimiter) ? rows : [], delimiter, reading);
  return {
    ...(layout.columns !== undefined && { columns: layout.columns }),
    rows,
    ...(index !== undefined && { index }),
    ...(notation !== undefined && { notation }),
    layout,
    delimiter,
    line: layout.first === 0 ? 0 : cells.numbers.of(layout.first - 1),
  };
}

/** Whether cells can have commas in them at all: most texts are not looked through for their notation. */
export function mayDiffer(text: string, delimiter: string): boolean {
  return delimiter === "," ? text.includes('"') : text.includes(",");
}

/** The separator that was wished for. @throws CurtidoError E_ARGUMENT for one that cannot be */
export function separatorOf({ separator }: Reading): string | undefined {
  if (separator === undefined) return undefined;
  const plain = separator === "\\t" ? "\t" : separator;
  if (plain.length !== 1 || plain.charCodeAt(0) > 0x7e || /["\r\n]/.test(plain))
    throw new CurtidoError(
      "E_ARGUMENT",
      `'${separator}' separates no cells: a separator is one character of ASCII`,
      {},
    );
  return plain;
}

/**
 * The rows of a part of a table that begins and ends with whole rows.
 *
 * @example
 * splitRows("1,2\n3,\n", ","); // [["1", "2"], ["3", null]]
 */
export function splitRows(text: string, delimiter: string): readonly Line[] {
  return linesOf(text, delimiter).cells;
}

/** The rows of a file, whose cells are texts. */
export function csvRows(bytes: Uint8Array, reading: Reading, title = "CSV"): TableRows {
  const { text, notes } = decodedTable(bytes, title, reading.charset);
  for (const note of notes ?? []) reading.told?.(note);
  return { ...parseCsv(text, reading, title), text: "table", ...(notes !== undefined && { notes }) };
}
