/** @module How much a table may hold, in every format. Each is checked before anything is taken for it. */

import { tooLarge } from "./errors.ts";
import type { TableLimits } from "./types.ts";

/** Unless told otherwise. */
export const LIMITS: TableLimits = { cells: 2 ** 27, bytes: 2 ** 31 };

/** The most columns of a table: nobody's has as many, and every one of them costs, be it empty or not. */
export const MOST_COLUMNS = 2 ** 18;
/** How many times its size something compressed may unfold to, beyond what is always allowed. Honest tables stay under 50. */
export const MOST_UNFOLDING = 200;
/** What is always allowed to unfold, in bytes. */
export const FREE_UNFOLDING = 2 ** 24;
/** How many empty cells a table of scattered cells may have for each that holds something, beyond what is always allowed. */
export const MOST_EMPTY = 100;
/** How many empty cells are always allowed. */
export const FREE_EMPTY = 2 ** 20;
/** The longest text that V8 has, in characters. */
export const LONGEST_STRING = 2 ** 29 - 24;
/** What a row, a list or an object takes beside its cells, as so many cells. */
export const ROW_CELLS = 4;
/** How deep a document may nest; rows are no deeper than four. */
export const MOST_DEPTH = 500;
/** How deep values of Python may nest: no table is meant, and what reads them has no stack of its own. */
export const MOST_DEPTH_OF_VALUES = 2 ** 20;

/** Refuses a table of too many cells. @throws CurtidoError E_TABLE_LIMIT */
export function limitCells(format: string, rows: number, columns: number, { cells }: TableLimits = LIMITS): void {
  if (columns > MOST_COLUMNS) throw tooLarge(format, MOST_COLUMNS, "columns");
  if (!(rows * Math.max(1, columns) <= cells)) throw tooLarge(format, cells, "cells");
}

/** How many bytes `size` compressed ones may unfold to. */
export function mostUnfolded(size: number, { bytes }: TableLimits = LIMITS): number {
  return Math.min(bytes, FREE_UNFOLDING + MOST_UNFOLDING * size);
}

/** Cells that a file may claim whatever it weighs, and how many more for each of its bytes: runs of equal ones take few. */
const FREE_CELLS = 2 ** 22;
const CELLS_PER_BYTE = 256;

/** Refuses more cells than bytes can hold in good faith, or than are allowed. @throws CurtidoError E_TABLE_LIMIT */
export function limitClaims(format: string, cells: number, bytes: number, limits: TableLimits = LIMITS): void {
  const most = Math.min(limits.cells, FREE_CELLS + CELLS_PER_BYTE * bytes);
  if (!(cells <= most)) throw tooLarge(format, most, "cells");
}

/**
 * Refuses cells whose texts together are longer than `bytes` allows: a file may hold a long text once, and name it in every row.
 *
 * @param lists - columns, or rows
 * @throws CurtidoError E_TABLE_LIMIT
 */
export function limitTexts(
  format: string,
  lists: readonly ArrayLike<unknown>[],
  { bytes }: TableLimits = LIMITS,
): void {
  let characters = 0;
  for (const list of lists) {
    if (ArrayBuffer.isView(list)) continue;
    for (let at = 0; at < list.length; at++) {
      const cell = list[at];
      if (typeof cell === "string" || cell instanceof Uint8Array) characters += cell.length;
    }
    if (characters > bytes) throw tooLarge(format, bytes, "characters in its cells");
  }
}

/** Columns as rows. Long integers that are numbers become numbers; what holds nothing is `null`. */
export function rowsOfColumns(columns: readonly ArrayLike<unknown>[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, row) => columns.map((values) => plainCell(values[row])));
}

function plainCell(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value ?? null;
}
