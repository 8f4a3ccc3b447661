/** @module Columns from cells: the types that pandas would give them. */

import { NdArray, parseDType, Series } from "@curtido/arrays";
import { isMissing, spellsMissing } from "./cells.ts";

const INT64 = parseDType("i8");
const UINT64 = parseDType("u8");
const [LOWEST, HIGHEST, MOST_UNSIGNED] = [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 64n - 1n];

/** Integers as the narrower of int64 and uint64 that holds them all; `undefined` when none does. */
export function integerColumn(name: unknown, values: readonly bigint[]): Series | undefined {
  const [low, high] = values.reduce(([a, b], value) => [value < a ? value : a, value > b ? value : b], [0n, 0n]);
  if (low >= LOWEST && high <= HIGHEST)
    return new Series({ name, values: NdArray.of(BigInt64Array.from(values), [values.length], INT64), dtype: "int64" });
  if (low < 0n || high > MOST_UNSIGNED) return undefined;
  return new Series({
    name,
    values: NdArray.of(BigUint64Array.from(values), [values.length], UINT64),
    dtype: "uint64",
  });
}

const HALF = 2 ** 32;

/** Whole numbers that a double tells apart, as int64. */
export function wholeColumn(name: unknown, numbers: Float64Array): Series {
  const data = new BigInt64Array(numbers.length);
  // Low word first, as on every processor that runs JavaScript: a BigInt for each would take ten times as long.
  const words = new Int32Array(data.buffer);
  for (let at = 0; at < numbers.length; at++) {
    const up = Math.floor(numbers[at]! / HALF);
    words[2 * at] = numbers[at]! - up * HALF;
    words[2 * at + 1] = up;
  }
  return new Series({ name, values: NdArray.of(data, [data.length], INT64), dtype: "int64" });
}

/** Integers of a width: `bigint`s of 64 bits, else numbers. */
export function integersOf(name: unknown, items: readonly unknown[], bits: number, signed: boolean): Series {
  const Typed = INTEGERS[`${signed ? "i" : "u"}${bits as 8}`];
  const data = bits === 64 ? items.map((item) => BigInt(item as number)) : items.map(Number);
  const values = NdArray.of(Typed.from(data as never), [items.length]);
  return new Series({ name, values, dtype: `${signed ? "" : "u"}int${bits}` });
}

const INTEGERS = {
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  i64: BigInt64Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  u64: BigUint64Array,
} as const;

/** Floats of a width, in bits. */
export function floatsOf(name: unknown, numbers: readonly number[], bits: 16 | 32 | 64): Series {
  if (bits === 64) return floatColumn(name, numbers);
  const values =
    bits === 32 ? NdArray.of(Float32Array.from(numbers)) : NdArray.of([...numbers], [numbers.length], parseDType("f2"));
  return new Series({ name, values, dtype: `float${bits}` });
}

/** A column of doubles. */
export function floatColumn(name: unknown, values: Iterable<number>): Series {
  const data = values instanceof Float64Array ? values : Float64Array.from(values);
  return new Series({ name, values: NdArray.of(data), dtype: "float64" });
}

/** A column of booleans. */
export function boolColumn(name: unknown, values: readonly boolean[]): Series {
  return new Series({ name, values: NdArray.bools(Uint8Array.from(values, Number)), dtype: "bool" });
}

/** A column of anything. */
export function objectColumn(name: unknown, values: readonly unknown[]): Series {
  return new Series({ name, values: NdArray.objects([...values], [values.length]), dtype: "object" });
}

/**
 * A column of Python's values (`bigint` is an int, `number` a float) as `pandas.DataFrame` makes it: integers, floats where
 * there are floats or something is missing among numbers, booleans, else objects.
 */
export function inferColumn(name: unknown, values: readonly unknown[]): Series {
  if (values.length > 0 && values.every((value) => typeof value === "bigint"))
    return integerColumn(name, values as readonly bigint[]) ?? objectColumn(name, values);
  if (values.length > 0 && values.every((value) => typeof value === "boolean"))
    return boolColumn(name, values as readonly boolean[]);
  const numeric = values.some((value) => typeof value === "number" || typeof value === "bigint");
  if (numeric && values.every((value) => isMissing(value) || isDouble(value)))
    return floatColumn(
      name,
      values.map((value) => (isMissing(value) ? Number.NaN : Number(value))),
    );
  return objectColumn(name, values);
}

/** A number that a double holds. */
function isDouble(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "bigint" && BigInt(Number(value)) === value);
}

const INTEGER = /^\s*[+-]?\d+\s*$/;
const FLOAT = /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|infinity)\s*$/i;
const BOOLEAN = /^(?:true|false)$/i;

/** Whether a text is a number as `read_csv` takes it. */
export function isNumeric(text: string): boolean {
  return FLOAT.test(text);
}

/**
 * A column of texts as pandas' `read_csv` makes it: int64, float64 where there are fractions or something is missing among
 * numbers, bool, else objects; what spells a missing value is NaN.
 */
export function textColumn(name: unknown, cells: readonly (string | null)[]): Series {
  const values = cells.map((cell) => (cell === null || spellsMissing(cell) ? null : cell));
  const present = values.filter((cell) => cell !== null);
  const missing = present.length < values.length;
  if (values.length === 0) return objectColumn(name, values);
  if (present.length > 0 && present.every((cell) => INTEGER.test(cell))) {
    if (missing) return floatColumn(name, values.map(toFloat));
    const integers = present.map((cell) => BigInt(cell.trim().replace(/^\+/, "")));
    return integerColumn(name, integers) ?? objectColumn(name, values);
  }
  if (present.every((cell) => FLOAT.test(cell))) return floatColumn(name, values.map(toFloat));
  if (!present.every((cell) => BOOLEAN.test(cell))) return objectColumn(name, values.map(orNaN));
  const booleans = values.map((cell) => (cell === null ? null : cell.toLowerCase() === "true"));
  return missing ? objectColumn(name, booleans.map(orNaN)) : boolColumn(name, booleans as boolean[]);
}

function orNaN(value: unknown): unknown {
  return value ?? Number.NaN;
}

function toFloat(cell: string | null): number {
  if (cell === null) return Number.NaN;
  const number = Number(cell);
  if (!Number.isNaN(number)) return number;
  const infinite = /^\s*([+-]?)inf/i.exec(cell);
  return infinite === null ? number : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
