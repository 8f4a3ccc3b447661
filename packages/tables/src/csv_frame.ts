/** @module CSV as the table that pandas makes of it. */

import { DataFrame, Index, type Series } from "@curtido/arrays";
import { spellsMissing } from "./cells.ts";
import { wholeCsv } from "./csv.ts";
import { refuseTwins } from "./errors.ts";
import { distinct, framed } from "./frame.ts";
import { textColumn } from "./infer.ts";
import { plainNumber } from "./notation.ts";
import { decodedTable } from "./plain_text.ts";
import type { Notation, Reading } from "./types.ts";

/**
 * The table of a file with a header, with the types that pandas' `read_csv` gives: int64, float64 where something is missing
 * among numbers, bool, else objects. A first column without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_TABLE for quotes that do not end, and rows that are longer or shorter, with the line
 */
export function readCsv(bytes: Uint8Array, reading: Reading = {}, title = "CSV"): DataFrame {
  const { text } = decodedTable(bytes, title, reading.charset);
  const { columns, rows, index, notation } = wholeCsv(text, reading, title);
  const column = (name: unknown, cells: readonly (string | null)[]) => textColumn(name, spelled(cells, notation));
  const at = (place: number) => rows.map((row) => row[place]!);
  if (columns === undefined) {
    const width = rows[0]?.length ?? 0;
    const series = Array.from({ length: width }, (_, place) => column(place, at(place)));
    return new DataFrame(series, undefined, rows.length, Index.range(width));
  }
  if (reading.names === "refuse") refuseTwins(columns, title);
  const labels: Series[] = index === undefined ? [] : [column("", index)];
  const series = distinct(columns).map((name, place) => column(name, at(place)));
  return framed([...labels, ...series], index !== undefined, rows.length);
}

/** Cells with further missing ones, and with plain numbers where all that is there is a number in the table's notation. */
function spelled(cells: readonly (string | null)[], notation: Notation | undefined): readonly (string | null)[] {
  if (notation === undefined) return cells;
  const missing = new Set(notation.missing);
  const kept = missing.size === 0 ? cells : cells.map((cell) => (cell === null || missing.has(cell) ? null : cell));
  if (notation.decimal === undefined && notation.thousands === undefined) return kept;
  const plain: (string | null)[] = [];
  for (const cell of kept) {
    const number = cell === null || spellsMissing(cell) ? null : plainNumber(cell, notation);
    if (number === undefined) return kept;
    plain.push(number);
  }
  return plain;
}
