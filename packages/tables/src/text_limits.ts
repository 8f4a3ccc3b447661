/** @module How much a text claims to hold, counted before anything is made of it. */

import { CurtidoError } from "@curtido/pickle";
import { tooLarge } from "./errors.ts";
import { LIMITS, MOST_COLUMNS, MOST_DEPTH } from "./limits.ts";
import type { TableLimits } from "./types.ts";

/** What a row, a list or an object takes beside its cells, as so many cells. */
const ROW = 4;
const [NEWLINE, RETURN, QUOTE, AMPERSAND, COMMA, BACKSLASH] = [10, 13, 34, 38, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * Refuses JSON that nests too deep or holds too much; texts within it count for nothing. It need not be JSON at all.
 *
 * @param depth - how deep it may nest
 * @throws CurtidoError E_LIMIT when it nests too deep, E_TABLE_LIMIT when it holds too much
 * @example
 * limitJson('[[1, "[["], []]', "JSON"); // two deep
 */
export function limitJson(text: string, format: string, limits: TableLimits = LIMITS, depth = MOST_DEPTH): void {
  let [open, cells] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at + 1);
    else if (code === COMMA) cells++;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      cells += ROW;
      if (++open > depth)
        throw new CurtidoError("E_LIMIT", `the ${format} nests deeper than ${depth}`, { limit: "depth", most: depth });
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) open--;
    else if (code === NEWLINE && open <= 0) cells += ROW;
  }
  if (cells > limits.cells) throw tooLarge(format, limits.cells, "cells");
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** Refuses a text of too many lines, or of too many cells within them. @throws CurtidoError E_TABLE_LIMIT */
export function limitLines(
  text: string,
  delimiter: string,
  format: string,
  { cells: most }: TableLimits = LIMITS,
): void {
  if (text.length <= most / (ROW + 1)) return;
  const separator = delimiter.charCodeAt(0);
  let cells = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator) cells++;
    else if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE)) cells += ROW + 1;
  }
  if (cells > most) throw tooLarge(format, most, "cells");
}

/** Refuses a form of more fields than a table has columns. @throws CurtidoError E_TABLE_LIMIT */
export function limitFields(text: string): void {
  let fields = 1;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === AMPERSAND) fields++;
  if (fields > MOST_COLUMNS) throw tooLarge("form", MOST_COLUMNS, "fields");
}
