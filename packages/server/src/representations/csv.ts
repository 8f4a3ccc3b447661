/** @module CSV with a header, in and out. */

import { HttpProblem } from "../http/problem.ts";
import { type Cells, columnsOf } from "./table.ts";

export const CSV_TYPE = "text/csv";

/** A table of text; `null` is an empty cell. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * Reads CSV with a header. Cells are separated by commas, or by semicolons or tabs when the header has no comma.
 *
 * @throws HttpProblem 400 when it has no header, or a quote is not closed
 * @example
 * await parseCsv("a,b\n1,\n"); // { columns: ["a", "b"], rows: [["1", null]] }
 */
export async function parseCsv(text: string): Promise<CsvTable> {
  const { default: Papa } = await import("papaparse");
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), skipEmptyLines: true });
  const [error] = errors;
  if (error !== undefined) throw new HttpProblem(400, `the body is not CSV: ${error.message} (row ${error.row ?? 0})`);
  const [columns, ...rows] = data;
  if (columns === undefined) throw new HttpProblem(400, "the body is empty; send CSV with a header of feature names");
  return { columns, rows: emptied(rows) };
}

/** Empty cells as `null`, in place: a table may have millions. */
function emptied(rows: (string | null)[][]): readonly (readonly (string | null)[])[] {
  for (const row of rows) for (let at = 0; at < row.length; at++) if (row[at] === "") row[at] = null;
  return rows;
}

/**
 * The rows of a part of a CSV body that begins and ends with whole rows; a quote that is not closed ends with the part.
 *
 * @example
 * await splitRows("1,2\n3,\n", ","); // [["1", "2"], ["3", null]]
 */
export async function splitRows(text: string, delimiter: string): Promise<readonly (readonly (string | null)[])[]> {
  if (text.includes('"')) {
    const { default: Papa } = await import("papaparse");
    return emptied(
      Papa.parse<string[]>(text, { delimiter, newline: "\n", skipEmptyLines: true }).data.map(withoutReturn),
    );
  }
  const rows: (string | null)[][] = [];
  for (const line of text.split("\n")) {
    const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (whole !== "") rows.push(whole.split(delimiter));
  }
  return emptied(rows) as (string | null)[][];
}

/** The last cell without the carriage return that stood before the end of the line. */
function withoutReturn(row: string[]): string[] {
  const last = row.at(-1);
  if (last?.endsWith("\r") === true) row[row.length - 1] = last.slice(0, -1);
  return row;
}

/** What separates the cells of a table that begins so. */
export function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  if (header.includes(",")) return ",";
  return header.includes(";") ? ";" : header.includes("\t") ? "\t" : ",";
}

/**
 * Answers as CSV: `predict`, then a column per thing included (`probability_setosa`); one line per row. `keep` puts the
 * columns of the input first.
 *
 * @example
 * writeCsv({ predict: [1, 2] }, false); // "predict\n1\n2\n"
 */
export function writeCsv(answer: Readonly<Record<string, unknown>>, single: boolean, keep?: CsvTable): string {
  const { names, rows } = columnsOf(answer, single);
  const header = [...(keep?.columns ?? []), ...names];
  const lines = rows.map((row, at) => csvLine([...(keep?.rows[at] ?? []), ...row]));
  return csvLine(header) + lines.join("");
}

/** One line of CSV. */
export function csvLine(cells: Cells): string {
  return `${cells.map(cell).join(",")}\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
