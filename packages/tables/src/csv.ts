/** @module CSV, read and written: rows of texts under a header, the table that pandas makes of them, answers. */

import { type DataFrame, withoutIndex } from "@curtido/arrays";
import Papa from "papaparse";
import { flatOf } from "./answers.ts";
import { malformed, refuseTwins, unreadable } from "./errors.ts";
import { framed, headerOf, tableOf } from "./frame.ts";
import { textColumn } from "./infer.ts";
import { limitCells } from "./limits.ts";
import { decoded } from "./plain_text.ts";
import { delimiterOf } from "./sniff.ts";
import { limitLines } from "./text_limits.ts";
import { plainText, textsOf } from "./texts.ts";
import type { Answers, AnswerWriting, Formulas, Reading, TableLimits, TableRows, Writing } from "./types.ts";

/** Texts in rows; `null` is an empty cell. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

type Line = (string | null)[];

/**
 * Texts in rows under a header. Without a delimiter, it is what the header has of comma, semicolon and tab.
 *
 * @throws CurtidoError E_TABLE when it has no header, or a quote is not closed
 * @example
 * parseCsv("a,b\n1,\n"); // { columns: ["a", "b"], rows: [["1", null]] }
 */
export function parseCsv(
  text: string,
  delimiter: string = delimiterOf(text),
  title = "CSV",
  limits?: TableLimits,
): TextTable {
  limitLines(text, delimiter, title, limits);
  const [header, ...rows] = linesOf(text, delimiter, (problem) => unreadable(title, `is not ${title}: ${problem}`));
  if (header === undefined) throw malformed(title, "it is empty; its first line names the columns");
  limitCells(title, rows.length, header.length, limits);
  return { columns: header.map((name) => name ?? ""), rows };
}

/**
 * The rows of a part of a table that begins and ends with whole rows; a quote that is not closed ends with the part.
 *
 * @example
 * splitRows("1,2\n3,\n", ","); // [["1", "2"], ["3", null]]
 */
export function splitRows(text: string, delimiter: string): readonly (readonly (string | null)[])[] {
  return linesOf(text, delimiter, () => undefined);
}

/** Lines end with `\n`, `\r\n`, or, where there is none of them, with `\r`. */
function linesOf(text: string, delimiter: string, refuse: (problem: string) => Error | undefined): Line[] {
  const newline = text.includes("\r") && !text.includes("\n") ? "\r" : "\n";
  if (text.includes('"')) return quotedLines(text, delimiter, newline, refuse);
  const lines: Line[] = [];
  for (const line of text.split(newline)) {
    const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (whole !== "") lines.push(emptied(whole.split(delimiter)));
  }
  return lines;
}

/** A quoted nothing alone is a row of one column; a line without anything is none. */
function quotedLines(
  text: string,
  delimiter: string,
  newline: "\n" | "\r",
  refuse: (problem: string) => Error | undefined,
): Line[] {
  const lines: Line[] = [];
  let from = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    step: ({ data, errors: [error], meta: { cursor } }) => {
      const problem = error && refuse(`${error.message} (row ${lines.length})`);
      if (problem !== undefined) throw problem;
      const last = data.at(-1);
      if (last?.endsWith("\r") === true) data[data.length - 1] = last.slice(0, -1);
      if (data.length > 1 || data[0] !== "" || text.slice(from, cursor).includes('"')) lines.push(emptied(data));
      from = cursor;
    },
  });
  return lines;
}

/** Empty cells as `null`, in place: a table may have millions. */
function emptied(line: Line): Line {
  for (let at = 0; at < line.length; at++) if (line[at] === "") line[at] = null;
  return line;
}

/** The rows of a file, whose cells are texts. */
export function csvRows(bytes: Uint8Array, { charset, limits }: Reading, delimiter?: string, title = "CSV"): TableRows {
  return { ...parseCsv(decoded(bytes, title, charset), delimiter, title, limits), text: "table" };
}

/**
 * The table of a file with a header, with the types that pandas' `read_csv` gives: int64, float64 where something is missing
 * among numbers, bool, else objects. A first column without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_TABLE for text that is not UTF-8, quotes that do not end, and rows that are longer or shorter
 */
export function readCsv(
  bytes: Uint8Array,
  { charset, names, limits }: Pick<Reading, "charset" | "names" | "limits"> = {},
  delimiter?: string,
  title = "CSV",
): DataFrame {
  const { columns, rows } = parseCsv(decoded(bytes, title, charset), delimiter, title, limits);
  const ragged = rows.findIndex((row) => row.length !== columns.length);
  if (ragged >= 0)
    throw malformed(title, `row ${ragged + 1} has ${rows[ragged]!.length} cells, the header ${columns.length}`);
  if (names === "refuse") refuseTwins(columns, title);
  const series = distinct(columns).map((name, at) =>
    textColumn(
      name,
      rows.map((row) => row[at]!),
    ),
  );
  return framed(series, columns[0] === "", rows.length);
}

/** Names that are there twice are numbered, as pandas does: `a`, `a.1`. A number that a name has passed is free for none. */
function distinct(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const seen = new Set<string>();
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    if (seen.has(name)) {
      let number = numbers.get(name) ?? 1;
      while (given.has(`${name}.${number}`) || seen.has(`${name}.${number}`)) number++;
      unique = `${name}.${number}`;
      numbers.set(name, number + 1);
    }
    seen.add(unique);
    return unique;
  });
}

/**
 * A table as CSV, as pandas' `to_csv` writes it: a header, one line per row, nothing where a value is missing; labels of
 * rows come first unless they are the default 0, 1, 2 ..., under their name or under none.
 *
 * @throws CurtidoError E_FORMAT with column and row for what a cell cannot say
 */
export function writeCsv(value: unknown, { formulas }: Writing = {}, delimiter = ",", title = "CSV"): Uint8Array {
  const frame = withoutIndex(tableOf(value, title), "");
  const labels = frame.series.map((column, at) => headerOf(column, at, title));
  const columns = frame.series.map((column) => textsOf(column, title));
  const lines = [labels.map((label) => (label === "" ? null : label)), ...transposed(columns, frame.length)];
  return new TextEncoder().encode(lines.map((line) => csvLine(line, delimiter, formulas)).join(""));
}

function* transposed(columns: readonly (readonly (string | null)[])[], length: number): Generator<Line> {
  for (let row = 0; row < length; row++) yield columns.map((column) => column[row]!);
}

/**
 * Answers as CSV: `predict`, then a column for each thing included (`probability_setosa`); one line per row.
 *
 * @example
 * writeCsvAnswers({ predict: [1, 2] }, { single: false }); // the bytes of "predict\n1\n2\n"
 */
export function writeCsvAnswers(answers: Answers, writing: AnswerWriting, delimiter = ","): Uint8Array {
  const { names, rows } = flatOf(answers, writing);
  const { formulas } = writing;
  let text = csvLine(names, delimiter, formulas);
  for (const row of rows) text += csvLine(row.map(plainText), delimiter, formulas);
  return new TextEncoder().encode(text);
}

/**
 * One line of CSV; `null` is nothing. A line of nothing would be no row. A text that a spreadsheet would compute gets a
 * quote in front, which a spreadsheet shows as a part of it; nobody takes it off again.
 *
 * @example
 * csvLine(["=1+1", "-1.5", "a"]); // "'=1+1,-1.5,a\n"
 */
export function csvLine(cells: readonly (string | null)[], delimiter = ",", formulas: Formulas = "quote"): string {
  const shown = (cell: string) => quoted(formulas === "quote" && isFormula(cell) ? `'${cell}` : cell, delimiter);
  const line = cells.map((cell) => (cell === null ? "" : shown(cell))).join(delimiter);
  return line === "" ? '""\n' : `${line}\n`;
}

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity)$/i;
/** What pandas writes of a duration. */
const DURATION = /^-\d+ days(?: [+-]?\d\d:\d\d:\d\d(?:\.\d+)?)?$/;

/** Whether a spreadsheet would compute a text: it begins with what begins a formula, or hides that, and is no number. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) && !DURATION.test(text);
}

/** Quotes where they are needed; an empty text is quoted, so that it is not taken for a missing value's nothing. */
function quoted(cell: string, delimiter: string): string {
  const plain = cell !== "" && !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
