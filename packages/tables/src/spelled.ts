/** @module Columns of a table of texts, whose notation says what a text is. */

import type { Series } from "@curtido/arrays";
import { spellsMissing } from "./cells.ts";
import { inferColumn, isNumeric, textColumn } from "./infer.ts";
import { plainNumber, respells } from "./notation.ts";
import type { Notation, Reading } from "./types.ts";

/** A column as its texts mean it; those that a reader hears the notation of stay as they are spelled. */
export function spelledColumn(
  name: unknown,
  cells: readonly (string | null)[],
  notation: Notation | undefined,
  reading: Reading,
): Series {
  return reading.spelled !== undefined && notation !== undefined && respells(cells, notation)
    ? inferColumn(name, spelled(cells, { missing: notation.missing ?? [] }).map(textOrNaN))
    : textColumn(name, spelled(cells, notation));
}

function textOrNaN(cell: string | null): unknown {
  return cell === null || spellsMissing(cell) ? Number.NaN : cell;
}

/** Cells with further missing ones, and with plain numbers where all that is there is a number in the table's notation. */
function spelled(cells: readonly (string | null)[], notation: Notation | undefined): readonly (string | null)[] {
  if (notation === undefined) return cells;
  const missing = new Set(notation.missing);
  // A number that stands for nothing does so however it is written: -999.0 too.
  const numbers = new Set(Array.from(missing, Number).filter((number) => !Number.isNaN(number)));
  const isNothing = (cell: string) =>
    missing.has(cell) || (numbers.size > 0 && isNumeric(cell) && numbers.has(Number(cell)));
  const kept = missing.size === 0 ? cells : cells.map((cell) => (cell === null || isNothing(cell) ? null : cell));
  if (notation.decimal === undefined && notation.thousands === undefined) return kept;
  const plain: (string | null)[] = [];
  for (const cell of kept) {
    const number = cell === null || spellsMissing(cell) ? null : plainNumber(cell, notation);
    if (number === undefined) return kept;
    plain.push(number);
  }
  return plain;
}
