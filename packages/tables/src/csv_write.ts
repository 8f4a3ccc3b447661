/** @module CSV, written: tables as pandas' `to_csv` has them, answers. */

import { withoutIndex } from "@curtido/arrays";
import { flatOf } from "./answers.ts";
import type { Line } from "./csv_lines.ts";
import { headerOf, tableOf } from "./frame.ts";
import { plainText, textsOf } from "./texts.ts";
import type { Answers, AnswerWriting, Formulas, Writing } from "./types.ts";

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
