/** @module How much a text claims to hold, counted before anything is made of it. */

import { tooLarge } from "./errors.ts";
import { LIMITS, MOST_COLUMNS, ROW_CELLS } from "./limits.ts";
import type { TableLimits } from "./types.ts";

const [NEWLINE, RETURN, AMPERSAND] = [10, 13, 38];

/** Refuses a text of too many lines, or of too many cells within them. @throws CurtidoError E_TABLE_LIMIT */
export function limitLines(
  text: string,
  delimiter: string,
  format: string,
  { cells: most }: TableLimits = LIMITS,
): void {
  if (text.length <= most / (ROW_CELLS + 1)) return;
  const separator = delimiter.charCodeAt(0);
  let cells = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator) cells++;
    else if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE)) cells += ROW_CELLS + 1;
  }
  if (cells > most) throw tooLarge(format, most, "cells");
}

/** Refuses a form of more fields than a table has columns. @throws CurtidoError E_TABLE_LIMIT */
export function limitFields(text: string): void {
  let fields = 1;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === AMPERSAND) fields++;
  if (fields > MOST_COLUMNS) throw tooLarge("form", MOST_COLUMNS, "fields");
}
