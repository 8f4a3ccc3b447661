/** @module Rows and targets as training reads them. */

import { Csr, DataFrame, float64, int64, NdArray, parseDType, type Series } from "@curtido/arrays";
import { MatrixMemory } from "@curtido/kernels";
import { estimatorError, featureError, type Input, type Rows, shapeOf, toInput, toNumbers } from "../base/index.ts";

/** Rows that are brought into one of the array types. */
export type Table = Input;
/** Targets: one number or label for each row. */
export type Target = readonly unknown[] | NdArray | Series | Float64Array;

/** Rows as a table of at least one row and one column. */
export function readTable(rows: Rows): Table {
  const X = toInput(rows);
  const [count, width] = shapeOf(X);
  if (count === 0 || width === 0) {
    throw featureError([{ detail: `there is nothing to learn from: ${count} rows of ${width} features` }]);
  }
  return X;
}

/** Some rows of a table, in this order; sparse ones become dense. */
export function rowsAt(X: Table, rows: Int32Array): Table {
  if (X instanceof DataFrame)
    return new DataFrame(
      X.series.map((column) => ({ ...column, values: itemsAt(column.values, rows, 1) })),
      undefined,
      rows.length,
    );
  return itemsAt(X instanceof Csr ? X.toDense() : X.toC(), rows, shapeOf(X)[1]);
}

/** Some groups of `width` elements of an array. */
function itemsAt(array: NdArray, groups: Int32Array, width: number): NdArray {
  const { data } = array;
  const count = groups.length * width;
  const out = (
    Array.isArray(data) ? Array.from({ length: count }) : new (data.constructor as Float64ArrayConstructor)(count)
  ) as unknown[];
  groups.forEach((group, at) => {
    for (let k = 0; k < width; k++) out[at * width + k] = data[group * width + k];
  });
  return NdArray.of(out, array.ndim === 1 ? [groups.length] : [groups.length, width], array.dtype);
}

/** The names of the columns, when all have one. */
export function namesOf(X: Table): readonly string[] | undefined {
  if (!(X instanceof DataFrame)) return undefined;
  return X.columns.every((name) => typeof name === "string") ? (X.columns as readonly string[]) : undefined;
}

/** Numbers in C order, float64. */
export function numbersOf(X: Table, missing = false): Float64Array {
  const names = namesOf(X);
  const dense = X instanceof Csr ? X.toDense() : X;
  return toNumbers(dense, { missing, names: (column) => names?.[column] ?? `feature${column + 1}` }).toFloat64();
}

/** Rows whose sums are looked at together. */
const SUM_BLOCK = 256;

/** Whether the sums of columns are finite; where they are, every number is. */
function hasFiniteSums(data: Float64Array, width: number): boolean {
  const memory = new MatrixMemory(SUM_BLOCK * (width + 1) + width + 4);
  const [block, ones, sums] = [memory.take(SUM_BLOCK * width), memory.take(SUM_BLOCK), memory.take(width)];
  ones.data.fill(1);
  const one = { at: ones.at, row: 0, column: 1 };
  const all = { at: block.at, row: width, column: 1 };
  for (let from = 0; from < data.length; from += block.data.length) {
    const part = data.subarray(from, from + block.data.length);
    block.data.set(part);
    memory.operations.multiply(one, all, { at: sums.at, row: width, column: 1 }, 1, width, part.length / width, false);
  }
  return sums.data.every(Number.isFinite);
}

/** Numbers in C order, float64, perhaps the table's own: they are not to be changed. */
export function sharedNumbersOf(X: Table): Float64Array {
  if (X instanceof NdArray && X.order === "C" && X.dtype.kind === "f" && X.data instanceof Float64Array) {
    if (hasFiniteSums(X.data, shapeOf(X)[1])) return X.data;
  }
  return numbersOf(X);
}

/** A column of a frame is the array in it. */
function arrayOf(y: Target): NdArray | readonly unknown[] | Float64Array {
  return "dtype" in y && "values" in y && y.values instanceof NdArray ? y.values : (y as NdArray | readonly unknown[]);
}

/** How many targets there are. */
export function lengthOf(y: Target): number {
  const array = arrayOf(y);
  return array instanceof NdArray ? array.size : array.length;
}

/** The values of a target, one for each of `rows`. */
export function valuesOf(y: Target | undefined, rows: number, className: string): readonly unknown[] {
  if (y === undefined) throw estimatorError("E_FEATURES", `${className} learns from targets too: fit(X, y)`);
  const array = arrayOf(y);
  if (array instanceof NdArray && array.ndim !== 1) {
    throw estimatorError("E_UNSUPPORTED", `${className}: a target of ${array.ndim} dimensions is not known here yet`);
  }
  const values: readonly unknown[] = array instanceof NdArray ? array.flat() : Array.from(array as ArrayLike<unknown>);
  if (values.length !== rows) {
    throw featureError([{ detail: `there are ${rows} rows and ${values.length} targets` }]);
  }
  return values;
}

/** Targets that are numbers. */
export function numericTarget(y: Target | undefined, rows: number, className: string): Float64Array {
  return Float64Array.from(valuesOf(y, rows, className), (value, row) => {
    const number = typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : Number.NaN;
    if (Number.isFinite(number)) return number;
    throw featureError([{ row, detail: `a target must be a finite number, not ${String(value).slice(0, 60)}` }]);
  });
}

/** Labels, sorted, and for each row which one it has (`numpy.unique` with its inverse). */
export interface Labels {
  readonly classes: NdArray;
  readonly encoded: Int32Array;
}

/** Targets that are labels: texts, whole numbers or truth values. */
export function labelsOf(y: Target | undefined, rows: number, className: string): Labels {
  const values = valuesOf(y, rows, className).map((value) => (typeof value === "bigint" ? Number(value) : value));
  const kind = typeof values[0];
  const odd = values.findIndex((value) => typeof value !== kind || Number.isNaN(value));
  if (odd >= 0 || !["number", "string", "boolean"].includes(kind)) {
    const row = Math.max(odd, 0);
    const shown = String(values[row]).slice(0, 60);
    throw featureError([{ row, detail: `labels are all texts, all numbers or all booleans; found ${shown}` }]);
  }
  const amount = kind === "number" ? values.findIndex((value) => !Number.isInteger(value)) : -1;
  if (amount >= 0) {
    const detail = `labels are texts, whole numbers or booleans; ${String(values[amount])} is an amount, which regressors learn`;
    throw featureError([{ row: amount, detail }]);
  }
  const found = [...new Set(values as (string | number | boolean)[])];
  const distinct =
    kind === "string" ? sortTexts(found as string[]) : found.sort((one, other) => Number(one) - Number(other));
  const place = new Map<unknown, number>(distinct.map((label, at) => [label, at]));
  return { classes: labelArray(distinct), encoded: Int32Array.from(values, (value) => place.get(value)!) };
}

/** Python orders texts by code points, TypeScript by units of 16 bits; they agree below the surrogates. */
export function sortTexts(texts: readonly string[]): string[] {
  const points = new Map(texts.map((text) => [text, Array.from(text, (letter) => letter.codePointAt(0)!)]));
  return [...texts].sort((one, other) => {
    const [a, b] = [points.get(one)!, points.get(other)!];
    for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
    return a.length - b.length;
  });
}

/** Labels as the array that numpy makes of them. */
export function labelArray(labels: readonly (string | number | boolean)[]): NdArray {
  const [first] = labels;
  if (typeof first === "boolean") return NdArray.bools(Uint8Array.from(labels as boolean[], Number));
  if (typeof first === "string") {
    const longest = labels.reduce<number>((most, label) => Math.max(most, Array.from(label as string).length), 1);
    return NdArray.of([...labels], [labels.length], parseDType(`<U${longest}`));
  }
  const numbers = labels as readonly number[];
  if (numbers.every(Number.isSafeInteger))
    return NdArray.of(BigInt64Array.from(numbers, BigInt), [labels.length], int64);
  return NdArray.of(Float64Array.from(numbers), [labels.length], float64);
}
