/** @module Cells as texts: those of a column as pandas' `to_csv` writes them, those of answers as JSON has them. */

import type { Series } from "@curtido/arrays";
import { floatRepr } from "@curtido/pickle";
import { type ColumnCell, cellsOf, Duration, Moment } from "./column_cells.ts";
import { writeJson } from "./plain_text.ts";
import { offsetText, zoneOffset } from "./zones.ts";

const DAY = 86_400_000_000_000n;
const SECOND = 1_000_000_000n;

/**
 * The texts of a column; `null` where nothing is.
 *
 * @throws CurtidoError E_FORMAT with column and row for what a cell cannot say
 */
export function textsOf(column: Series, format: string): readonly (string | null)[] {
  const cells = cellsOf(column, format);
  const digits = digitsOf(cells);
  const single = column.values.dtype.kind === "f" && column.values.dtype.itemsize === 4;
  return cells.map((cell) => textOf(single && typeof cell === "number" ? shortest(cell) : cell, digits));
}

/** A value of an answer as a text: `null` for nothing, NaN and infinities. */
export function plainText(value: unknown): string | null {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return null;
  return typeof value === "object" ? writeJson(value) : String(value);
}

/** How the dates of a column are written: as days alone, or with so many digits of a second's fraction in all of them. */
export type Digits = "day" | 0 | 3 | 6 | 9;

/** As many digits as a column of dates needs. */
export function digitsOf(cells: readonly ColumnCell[]): Digits {
  let digits: Digits = "day";
  for (const cell of cells) {
    if (!(cell instanceof Moment) || cell.nanoseconds % DAY === 0n) continue;
    const rest = cell.nanoseconds % SECOND;
    const own = rest === 0n ? 0 : rest % 1_000_000n === 0n ? 3 : rest % 1000n === 0n ? 6 : 9;
    digits = digits === "day" || own > digits ? own : digits;
  }
  return digits;
}

/** Significant decimal digits that tell all floats of 32 bits apart. */
const SINGLE_DIGITS = 9;

/** The double with the fewest digits that is the same float of 32 bits: `0.1` for what is 0.10000000149... */
function shortest(value: number): number {
  for (let digits = 1; digits < SINGLE_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(SINGLE_DIGITS));
}

function textOf(cell: ColumnCell, digits: Digits): string | null {
  if (cell === null || typeof cell === "string") return cell;
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell === "number") return floatRepr(cell);
  if (cell instanceof Moment) return momentText(cell, digits);
  return cell instanceof Duration ? durationText(cell) : String(cell);
}

/** A point in time as pandas writes it: `2024-02-29 01:02:03`. */
export function momentText({ nanoseconds, zone }: Moment, digits: Digits): string {
  const rest = ((nanoseconds % SECOND) + SECOND) % SECOND;
  const milliseconds = Number((nanoseconds - rest) / 1_000_000n);
  const offset = zone === undefined ? 0 : zoneOffset(zone, milliseconds);
  const iso = new Date(milliseconds + offset * 1000).toISOString();
  const clock = iso.replace("T", " ").slice(0, -5);
  if (zone !== undefined) return `${clock}${fractionText(rest)}${offsetText(offset)}`;
  if (digits === "day") return iso.slice(0, iso.indexOf("T"));
  return digits === 0 ? clock : `${clock}.${String(rest).padStart(9, "0").slice(0, digits)}`;
}

/** Six digits of a second's fraction, or nine where six are not enough; nothing for none. */
function fractionText(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "";
  const digits = String(nanoseconds).padStart(9, "0");
  return `.${digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}

/** `1 days 02:03:04.5`, as pandas has it. */
export function durationText({ nanoseconds }: Duration): string {
  const rest = ((nanoseconds % DAY) + DAY) % DAY;
  const seconds = Number(rest / SECOND);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = (nanoseconds - rest) / DAY;
  return `${days} days ${days < 0n ? "+" : ""}${clock}${fractionText(rest % SECOND)}`;
}
