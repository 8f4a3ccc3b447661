/** @module Excel's workbooks: the first sheet, or one by name, as a table. */

import {
  type DataFrame,
  type Inflate,
  NdArray,
  parseDType,
  readZip,
  Series,
  withoutIndex,
  zipContent,
} from "@curtido/arrays";
import { type CurtidoError, isCurtidoError } from "@curtido/pickle";
import { frameOfAnswers } from "./answers.ts";
import { spellsMissing } from "./cells.ts";
import { type ColumnCell, cellsOf, Duration, Moment } from "./column_cells.ts";
import { cannotHold, malformed, refuseTwins, shownValue, tooLarge } from "./errors.ts";
import { framed, headerOf, tableOf } from "./frame.ts";
import { boolColumn, floatColumn, inferColumn, integerColumn } from "./infer.ts";
import { limitCells } from "./limits.ts";
import { textsOf } from "./texts.ts";
import type { Answers, AnswerWriting, Reading, TableRows } from "./types.ts";

const TITLE = "xlsx";
/** What a sheet holds, by Excel's own specification. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const LONGEST_TEXT = 32_767;
/** The most bytes that a workbook may unfold to. */
const MOST_BYTES = 2 ** 29;
const MOST_ENTRIES = 1000;
const MILLISECOND = 1_000_000n;
/** Excel counts days from 1900, with a 29th of February that this year did not have. */
const FIRST_DAY = Date.UTC(1900, 2, 1);
const LAST_DAY = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DATE_FORMAT = "yyyy-mm-dd hh:mm:ss";

type Value = string | number | boolean | Date | null;

/** The rows of a sheet; the first one names the columns. */
async function sheetOf(bytes: Uint8Array, { sheet, inflate, limits }: Reading): Promise<readonly [Value[], Value[][]]> {
  checkArchive(bytes, inflate, limits?.bytes ?? MOST_BYTES);
  const { readSheet } = await import("read-excel-file/universal");
  let rows: Value[][];
  try {
    rows = (await readSheet(new Uint8Array(bytes).buffer, sheet ?? 1, { trim: false })) as Value[][];
  } catch (error) {
    throw malformed(TITLE, (error as Error).message, error);
  }
  const [header, ...body] = rows;
  if (header === undefined) throw malformed(TITLE, "its sheet is empty; its first row names the columns");
  limitCells(TITLE, body.length, header.length, limits);
  return [header, body];
}

/** The rows of a sheet for a model; its cells spell missing values as texts do. Dates are texts as CSV has them. */
export async function xlsxRows(bytes: Uint8Array, reading: Reading): Promise<TableRows> {
  const [header, body] = await sheetOf(bytes, reading);
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
  const [header, body] = await sheetOf(bytes, reading);
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

/** Every entry of the archive is unfolded here first, within a limit: what reads workbooks has none, and believes all sizes. */
function checkArchive(bytes: Uint8Array, inflate: Inflate | undefined, most: number): void {
  try {
    const { entries, problems } = readZip(bytes);
    if (problems[0] !== undefined) throw malformed(TITLE, problems[0].message);
    if (entries.length > MOST_ENTRIES) throw malformed(TITLE, "it has too many entries");
    if (entries.reduce((sum, entry) => sum + entry.size, 0) > most) throw tooLarge(TITLE, most, "bytes");
    let room = most;
    for (const entry of entries) {
      const content = zipContent(bytes, entry, room, inflate);
      if (content.error !== undefined) throw content.error;
      if (content.problems[0] !== undefined) throw malformed(TITLE, content.problems[0].message);
      room -= content.bytes.length;
    }
  } catch (error) {
    if (isCurtidoError(error, "E_LIMIT")) throw tooLarge(TITLE, most, "bytes");
    if (isCurtidoError(error) && (error.code === "E_TABLE" || error.code === "E_TABLE_LIMIT")) throw error;
    throw malformed(TITLE, (error as Error).message, error);
  }
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

/**
 * A table as a workbook of one sheet; labels of rows come first unless they are the default 0, 1, 2 ....
 *
 * @throws CurtidoError E_FORMAT with column and row for what a cell cannot say: ints beyond 2^53, dates with a time zone, of
 *   before March 1900 or finer than a millisecond, infinities, texts of more than 32767 characters
 */
export async function writeXlsx(value: unknown): Promise<Uint8Array> {
  const frame = withoutIndex(tableOf(value, TITLE), "");
  if (frame.length >= MOST_ROWS || frame.series.length > MOST_COLUMNS)
    throw cannotHold(
      TITLE,
      `${frame.length} rows of ${frame.series.length} columns: a sheet has ${MOST_ROWS} rows of ${MOST_COLUMNS}`,
    );
  const header = frame.series.map((column, at) => {
    const label = headerOf(column, at, TITLE);
    return Number.isSafeInteger(column.name) ? column.name : label === "" ? null : { type: String, value: label };
  });
  const columns = frame.series.map((column) => {
    return cellsOf(column, TITLE).map((cell, row) => excelCell(cell, column, row));
  });
  const rows = Array.from({ length: frame.length }, (_, row) => columns.map((cells) => cells[row] ?? null));
  const { default: writeExcelFile } = await import("write-excel-file/universal");
  const blob = await writeExcelFile([header, ...rows] as never).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** Answers as a workbook, a flat table. */
export function writeXlsxAnswers(answers: Answers, writing: AnswerWriting): Promise<Uint8Array> {
  return writeXlsx(frameOfAnswers(answers, writing));
}

function excelCell(cell: ColumnCell, column: Series, row: number): unknown {
  const refuse = (what: string): CurtidoError => {
    const where = `in the column ${shownValue(column.name)}, row ${row + 1}`;
    return cannotHold(TITLE, `${what} ${where}`, { column: column.name, row: row + 1 });
  };
  if (cell === null || typeof cell === "boolean") return cell;
  if (typeof cell === "bigint") {
    if (BigInt(Number(cell)) !== cell || !Number.isSafeInteger(Number(cell)))
      throw refuse(`the int ${cell}, which a double cannot,`);
    return Number(cell);
  }
  if (typeof cell === "number") {
    if (!Number.isFinite(cell)) throw refuse("an infinity");
    return cell;
  }
  if (cell instanceof Duration) throw refuse("a duration");
  if (cell instanceof Moment) return excelDate(cell, refuse);
  if (cell.length > LONGEST_TEXT) throw refuse(`a text of ${cell.length} characters`);
  // XML has no place for other control characters, and no text of Excel ends a line with a carriage return alone.
  if (/[\p{Cc}\uFFFE\uFFFF]/u.test(cell.replace(/[\t\n]/g, ""))) throw refuse("a control character");
  if (!/^(?:[^\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$/.test(cell)) throw refuse("half a character");
  return cell === "" ? null : { type: String, value: cell };
}

function excelDate({ nanoseconds, zone }: Moment, refuse: (what: string) => CurtidoError): unknown {
  if (zone !== undefined) throw refuse("a date with a time zone");
  if (nanoseconds % MILLISECOND !== 0n) throw refuse("a date that is finer than a millisecond");
  const time = Number(nanoseconds / MILLISECOND);
  if (time < FIRST_DAY || time > LAST_DAY) throw refuse(`a date outside of March 1900 to 9999`);
  return { type: Date, value: new Date(time), format: time % 1000 === 0 ? DATE_FORMAT : `${DATE_FORMAT}.000` };
}
