/** @module Tables as Excel's workbooks of one sheet. Texts are texts, whatever they begin with: no cell is a formula. */

import { type Series, withoutIndex } from "@curtido/arrays";
import type { CurtidoError } from "@curtido/pickle";
import { frameOfAnswers } from "../answers.ts";
import { type ColumnCell, cellsOf, Duration, Moment } from "../column_cells.ts";
import { cannotHold, shownValue } from "../errors.ts";
import { headerOf, tableOf } from "../frame.ts";
import type { Answers, AnswerWriting } from "../types.ts";
import { LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, TITLE } from "./book.ts";

const MILLISECOND = 1_000_000n;
/** Excel counts days from 1900, with a 29th of February that this year did not have. */
const FIRST_DAY = Date.UTC(1900, 2, 1);
const LAST_DAY = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DATE_FORMAT = "yyyy-mm-dd hh:mm:ss";

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
