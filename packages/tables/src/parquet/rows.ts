/** @module The rows of a parquet file for a model, and answers as parquet. */

import type { Series } from "@curtido/arrays";
import { PyDate, PyTime } from "@curtido/pickle";
import { frameOfAnswers } from "../answers.ts";
import { isMissing } from "../cells.ts";
import { rowsOfColumns } from "../limits.ts";
import { textsOf } from "../texts.ts";
import type { Answers, AnswerWriting, Reading, TableRows } from "../types.ts";
import { readParquet } from "./read.ts";
import { writeParquet } from "./write.ts";

const decoder = new TextDecoder();

/**
 * The rows of a file; columns that are labels of rows are left out. Dates are texts as CSV has them.
 *
 * @throws CurtidoError E_TABLE when it is malformed or two columns have one name, E_TABLE_LIMIT when it unfolds to too much
 */
export async function parquetRows(bytes: Uint8Array, reading: Reading): Promise<TableRows> {
  const { series, length } = await readParquet(bytes, reading);
  return { columns: series.map(({ name }) => String(name)), rows: rowsOfColumns(series.map(cellsOf), length) };
}

function cellsOf(column: Series): readonly unknown[] {
  const { values } = column;
  if (values.dtype.kind === "M") return textsOf(column, "parquet");
  const items = values.dtype.kind === "O" ? (values.data as readonly unknown[]) : values.flat();
  return items.map(plainCell);
}

/** Byte arrays are texts: what else they may be, no model takes. */
function plainCell(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (value instanceof Uint8Array) return decoder.decode(value);
  return value instanceof PyDate || value instanceof PyTime ? String(value) : value;
}

/** Answers as a parquet file, a flat table. */
export function writeParquetAnswers(answers: Answers, writing: AnswerWriting): Uint8Array {
  return writeParquet(frameOfAnswers(answers, writing));
}
