/** @module Rows and targets as training reads them. */

import { Csr, DataFrame, float64, int64, NdArray, parseDType, type Series } from "@curtido/arrays";
import { estimatorError, featureError } from "../../base/errors.ts";
import { type Input, type Rows, shapeOf, toInput, toNumbers } from "../../base/input.ts";

/** Rows that are brought into one of the array types. */
export type Table = Input;
/** Targets: one number or label for each row. */
export type Target = readonly unknown[] | NdArray | Series | Float64Array;

/** Rows as a table of at least one row and one column. */
export function tableOfRows(rows: Rows): Table {
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

/** Whether every number is finite. */
export function areFinite(data: Float64Array): boolean {
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    // Neither NaN nor infinite.
    if (value - value !== 0) return false;
  }
  return true;
}

/** Numbers in C order, float64, perhaps the table's own: they are not to be changed. */
export function sharedNumbersOf(X: Table): Float64Array {
  if (X instanceof NdArray && X.order === "C" && X.dtype.kind === "f" && X.data instanceof Float64Array) {
    if (areFinite(X.data)) return X.data;
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

/** The values of a target, one for each of `rows`: perhaps its own array, which is not to be changed. */
function itemsOf(y: Target | undefined, rows: number, className: string): ArrayLike<unknown> {
  if (y === undefined) throw estimatorError("E_FEATURES", `${className} learns from targets too: fit(X, y)`);
  const array = arrayOf(y);
  const dimensions = array instanceof NdArray ? array.ndim : Array.isArray(array[0]) ? 2 : 1;
  if (dimensions !== 1)
    throw estimatorError(
      "E_UNSUPPORTED",
      `${className} learns one target for each row, not ${dimensions} dimensions of them`,
    );
  const items = array instanceof NdArray ? plainItems(array) : array;
  if (items.length !== rows) {
    throw featureError([{ detail: `there are ${rows} rows and ${items.length} targets` }]);
  }
  return items;
}

/** The elements of a vector; numbers as they lie there. */
function plainItems(array: NdArray): ArrayLike<unknown> {
  return ["f", "i", "u"].includes(array.dtype.kind) ? (array.data as ArrayLike<unknown>) : array.flat();
}

/** The values of a target, one for each of `rows`. */
export function targetValues(y: Target | undefined, rows: number, className: string): readonly unknown[] {
  const items = itemsOf(y, rows, className);
  const array = arrayOf(y!);
  return array instanceof NdArray ? array.flat() : Array.from(items);
}

/** Targets that are numbers. */
export function numericTarget(y: Target | undefined, rows: number, className: string): Float64Array {
  const items = itemsOf(y, rows, className);
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = items[row];
    const number = typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : Number.NaN;
    // Neither NaN nor infinite.
    if (number - number !== 0)
      throw featureError([{ row, detail: `a target must be a finite number, not ${String(value).slice(0, 60)}` }]);
    out[row] = number;
  }
  return out;
}

/** Labels, sorted, and for each row which one it has (`numpy.unique` with its inverse). */
export interface Labels {
  readonly classes: NdArray;
  readonly encoded: Int32Array;
}

type Label = string | number | boolean;

/** Targets that are labels: texts, whole numbers, numbers or truth values. */
export function labelsOf(y: Target | undefined, rows: number, className: string): Labels {
  const items = itemsOf(y, rows, className);
  const { found, encoded } = encode(items, rows);
  const distinct =
    typeof found[0] === "string"
      ? sortTexts(found as string[])
      : [...found].sort((one, other) => Number(one) - Number(other));
  const place = new Map<Label, number>(distinct.map((label, at) => [label, at]));
  const places = Int32Array.from(found, (label) => place.get(label)!);
  for (let row = 0; row < rows; row++) encoded[row] = places[encoded[row]!]!;
  return { classes: labelArray(distinct), encoded };
}

/** Labels that are whole numbers below this are found in a table. */
const SMALL_LABELS = 256;

/** The labels in the order in which they are found, and which of them each row has. */
function encode(items: ArrayLike<unknown>, rows: number): { readonly found: Label[]; readonly encoded: Int32Array } {
  const encoded = new Int32Array(rows);
  const found: Label[] = [];
  const small = new Int32Array(SMALL_LABELS).fill(-1);
  const others = new Map<Label, number>();
  const kind = typeof items[0] === "bigint" ? "number" : typeof items[0];
  for (let row = 0; row < rows; row++) {
    const item = items[row];
    const value = typeof item === "bigint" ? Number(item) : item;
    if (!isLabel(value) || typeof value !== kind) throw oddLabel(items, kind);
    const isSmall = typeof value === "number" && value >= 0 && value < SMALL_LABELS && Math.floor(value) === value;
    let code = isSmall ? small[value | 0]! : (others.get(value) ?? -1);
    if (code < 0) {
      // There is one 0.
      code = found.push(value === 0 ? 0 : value) - 1;
      if (isSmall) small[value | 0] = code;
      else others.set(value, code);
    }
    encoded[row] = code;
  }
  return { found, encoded };
}

function isLabel(value: unknown): value is Label {
  return typeof value === "number" ? Number.isInteger(value) : typeof value === "string" || typeof value === "boolean";
}

/** What is said of the first value that is not of the kind of the first one, or of the first amount. */
function oddLabel(items: ArrayLike<unknown>, kind: string): Error {
  const values = Array.from(items, (item) => (typeof item === "bigint" ? Number(item) : item));
  const odd = values.findIndex((value) => typeof value !== kind || Number.isNaN(value));
  const amount = odd < 0 && kind === "number" ? values.findIndex((value) => !Number.isInteger(value)) : -1;
  if (amount >= 0) {
    const detail = `labels are texts, whole numbers or booleans; ${String(values[amount])} is an amount, which regressors learn`;
    return featureError([{ row: amount, detail }]);
  }
  const row = Math.max(odd, 0);
  const shown = String(values[row]).slice(0, 60);
  return featureError([{ row, detail: `labels are all texts, all numbers or all booleans; found ${shown}` }]);
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
