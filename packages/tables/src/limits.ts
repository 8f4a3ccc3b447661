/** @module How much a table may hold, and columns as rows. */

import { tooLarge } from "./errors.ts";
import type { TableLimits } from "./types.ts";

/** Unless told otherwise. */
export const LIMITS: TableLimits = { cells: 2 ** 27, bytes: 2 ** 31 };

/** Refuses a table of too many cells. @throws CurtidoError E_TABLE_LIMIT */
export function limitCells(format: string, rows: number, columns: number, { cells }: TableLimits = LIMITS): void {
  if (!(rows * Math.max(1, columns) <= cells)) throw tooLarge(format, cells, "cells");
}

/** Columns as rows. Long integers that are numbers become numbers; what holds nothing is `null`. */
export function rowsOfColumns(columns: readonly ArrayLike<unknown>[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, row) => columns.map((values) => plainCell(values[row])));
}

function plainCell(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value ?? null;
}
