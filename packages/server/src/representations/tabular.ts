/** @module A table as a body gives it, whatever its media type: names of columns, rows of cells, `null` for nothing. */

import { isCurtidoError } from "@curtido/pickle";
import { HttpProblem } from "../http/problem.ts";

/** A table that was read. */
export interface Tabular {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** The most cells that a body may hold once it is unfolded: formats that compress can hold many more than bytes. */
export const MOST_CELLS = 2 ** 25;

/** Refuses a table that unfolds to too much. @throws HttpProblem 413 */
export function checkCells(rows: number, columns: number): void {
  if (!(rows * Math.max(1, columns) <= MOST_CELLS))
    throw new HttpProblem(413, `the body holds more than ${MOST_CELLS} cells; send fewer rows at a time`);
}

/** The answer to a body that is not what its media type says: 413 when it unfolds to too much, else 400. */
export function unreadable(format: string, error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  const detail = isCurtidoError(error) ? message : `the body is no ${format} that can be read: ${message}`;
  return new HttpProblem(isCurtidoError(error, "E_LIMIT") ? 413 : 400, detail, { cause: error });
}

/** Columns as rows. */
export function rowsOfColumns(columns: readonly ArrayLike<unknown>[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, row) => columns.map((values) => cellOf(values[row])));
}

/** Long integers that are numbers become numbers; what holds nothing is `null`. */
function cellOf(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value ?? null;
}
