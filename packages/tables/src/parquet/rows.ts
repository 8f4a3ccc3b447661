/** @module The rows of a parquet file for a model, and answers as parquet. */

import { frameOfAnswers } from "../answers.ts";
import { rowsOfFrame } from "../frame_rows.ts";
import { refuseShape } from "../shapes.ts";
import type { Answers, AnswerWriting, Reading, TableRows } from "../types.ts";
import { shapeOf } from "./columns.ts";
import { readParquet } from "./read.ts";
import { writeParquet } from "./write.ts";

/**
 * The rows of a file; columns that are labels of rows are left out. Dates are texts as CSV has them.
 *
 * @throws CurtidoError E_TABLE when it is malformed two columns have one name, or a feature holds lists, structs or maps; E_TABLE_LIMIT when it unfolds to too much
 */
export async function parquetRows(bytes: Uint8Array, reading: Reading): Promise<TableRows> {
  const frame = await readParquet(bytes, reading, (column) =>
    refuseShape("parquet", column.name, shapeOf(column), reading),
  );
  return rowsOfFrame(frame, "parquet", reading.limits);
}

/** Answers as a parquet file, a flat table. */
export function writeParquetAnswers(answers: Answers, writing: AnswerWriting): Uint8Array {
  return writeParquet(frameOfAnswers(answers, writing));
}
