/** @module Columns of a sheet with the types that pandas' `read_excel` gives them. */

import { NdArray, NOT_A_TIME, parseDType, Series } from "@curtido/arrays";
import { TimeDelta } from "@curtido/pickle";
import { boolColumn, floatColumn, inferColumn, integerColumn, isNumeric, textColumn } from "../infer.ts";
import { plainNumber, respells } from "../notation.ts";
import { durationColumn } from "../ticks.ts";
import type { Notation } from "../types.ts";
import { pythonDate } from "./moments.ts";
import type { Value } from "./sheet.ts";

const MILLISECOND = 1_000_000n;
/** What an int64 holds, as far as doubles go. */
const MOST_INTEGER = 2 ** 63;

/**
 * The column of cells. Numbers and booleans together are numbers; texts that are numbers are, where all are.
 *
 * @param asSpelled - whether texts that are numbers in the notation alone stay texts
 */
export function columnOf(name: unknown, cells: readonly Value[], notation: Notation = {}, asSpelled = false): Series {
  const present = cells.filter((cell) => cell !== null);
  if (present.length === 0) return inferColumn(name, cells.map(python));
  if (asSpelled && respells(cells, notation)) return inferColumn(name, cells.map(python));
  const missing = present.length < cells.length;
  const texts = textsOfNumbers(cells, notation);
  if (texts !== undefined) return textColumn(name, texts);
  if (!missing && present.every((cell) => typeof cell === "boolean")) return boolColumn(name, cells as boolean[]);
  if (present.every((cell) => typeof cell === "number" || typeof cell === "boolean")) {
    const numbers = cells.map((cell) => (cell === null ? Number.NaN : Number(cell) + 0));
    const whole = numbers.every((each) => Number.isInteger(each) && Math.abs(each) < MOST_INTEGER);
    return (whole ? integerColumn(name, numbers.map(BigInt)) : undefined) ?? floatColumn(name, numbers);
  }
  if (present.every((cell) => cell instanceof Date)) return dates(name, cells as (Date | null)[]);
  if (present.every((cell) => cell instanceof TimeDelta)) return durations(name, cells as (TimeDelta | null)[]);
  return inferColumn(name, cells.map(python));
}

function python(cell: Value): unknown {
  if (cell instanceof Date) return pythonDate(cell);
  return typeof cell === "number" && Number.isSafeInteger(cell) ? BigInt(cell) : (cell ?? Number.NaN);
}

const BOOLEAN = /^(?:true|false)$/i;

/** The cells of a column in which some texts are, and all of them numbers or all booleans; else nothing. */
function textsOfNumbers(cells: readonly Value[], notation: Notation): readonly (string | null)[] | undefined {
  if (!cells.some((cell) => typeof cell === "string")) return undefined;
  const plain = cells.map((cell) => {
    if (typeof cell === "string") return plainNumber(cell, notation) ?? cell;
    return typeof cell === "object" && cell !== null ? undefined : cell;
  });
  const textsWhere = (is: (text: string) => boolean, boolean: (cell: boolean) => string) => {
    const texts = plain.map((cell) =>
      cell === null ? null : typeof cell === "boolean" ? boolean(cell) : String(cell),
    );
    return plain.every((cell, at) => cell === null || (cell !== undefined && is(texts[at]!))) ? texts : undefined;
  };
  return (
    textsWhere(isNumeric, (cell) => (cell ? "1" : "0")) ??
    textsWhere(
      (text) => BOOLEAN.test(text),
      (cell) => (cell ? "True" : "False"),
    )
  );
}

/** Dates in nanoseconds, as pandas before 3 has them, or in milliseconds where they lie beyond 1677 to 2262. */
export function dates(name: unknown, cells: readonly (Date | null)[]): Series {
  const narrow = cells.every((cell) => cell === null || Math.abs(cell.getTime()) < 9.2e12);
  const [unit, scale] = narrow ? ["ns", MILLISECOND] : ["ms", 1n];
  const ticks = BigInt64Array.from(cells, (cell) => (cell === null ? NOT_A_TIME : BigInt(cell.getTime()) * scale!));
  const values = NdArray.of(ticks, [ticks.length], parseDType(`M8[${unit}]`));
  return new Series({ name, values, dtype: `datetime64[${unit}]` });
}

/** Lengths of time in microseconds, which all that Python has fit in. */
export function durations(name: unknown, cells: readonly (TimeDelta | null)[]): Series {
  const micros = cells.map((cell) =>
    cell === null
      ? null
      : (BigInt(cell.days) * 86_400n + BigInt(cell.seconds)) * 1_000_000n + BigInt(cell.microseconds),
  );
  return durationColumn(name, micros, "us");
}
