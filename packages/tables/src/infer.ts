/** @module Columns from cells: the types that pandas would give them. */

import { NdArray, parseDType, Series } from "@curtido/arrays";

const INT64 = parseDType("i8");
const UINT64 = parseDType("u8");
const [LOWEST, HIGHEST, MOST_UNSIGNED] = [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 64n - 1n];

/** Whether pandas takes a cell of an object column for missing. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

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

/** A column of doubles. */
export function floatColumn(name: unknown, values: Iterable<number>): Series {
  return new Series({ name, values: NdArray.of(Float64Array.from(values)), dtype: "float64" });
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
