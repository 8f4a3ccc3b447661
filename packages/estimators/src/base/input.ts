/** @module Rows as users have them, and as estimators want them. */

import { Csr, DataFrame, dateText, isNumeric, NdArray, nanosecondsPerTick, parseNumber } from "@curtido/arrays";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "./errors.ts";

/** What every method takes: rows as arrays, rows by name, or one of the array types; text vectorizers also take texts. */
export type Rows =
  | readonly (readonly unknown[])[]
  | readonly Readonly<Record<string, unknown>>[]
  | readonly string[]
  | Input;

/** Rows as estimators hand them on: two dimensions, any dtype. */
export type Input = NdArray | DataFrame | Csr;

/** Brings rows into one of the array types, without changing or checking values. */
export function toInput(rows: Rows): Input {
  if (rows instanceof NdArray) {
    if (rows.ndim === 2) return rows;
    const hint = rows.ndim === 1 ? "; one row is [[...]], one feature [[..], [..]]" : "";
    throw featureError([{ detail: `expected a table of two dimensions, found ${rows.ndim}${hint}` }]);
  }
  if (rows instanceof DataFrame || rows instanceof Csr) return rows;
  if (!Array.isArray(rows)) throw featureError([{ detail: "rows are an array of arrays or of objects" }]);
  if (rows.length === 0) return NdArray.of(new Float64Array(0), [0, 0]);
  if (rows.every((row) => Array.isArray(row) || ArrayBuffer.isView(row)))
    return fromArrays(rows as readonly (readonly unknown[])[]);
  if (rows.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))) {
    return DataFrame.fromRecords(rows as readonly Readonly<Record<string, unknown>>[]);
  }
  throw featureError([{ detail: "rows are all arrays, or all objects" }]);
}

function fromArrays(rows: readonly (readonly unknown[])[]): NdArray {
  const width = rows[0]!.length;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) {
    throw featureError([
      { row: ragged, detail: `a row has ${rows[ragged]!.length} values where the first has ${width}` },
    ]);
  }
  const numeric = rows.every((row) => row.every((value) => typeof value === "number"));
  if (!numeric) return NdArray.objects(rows.flat() as unknown[], [rows.length, width]);
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, at) => data.set(row as readonly number[], at * width));
  return NdArray.of(data, [rows.length, width]);
}

/** Rows and columns. */
export function shapeOf(X: Input): readonly [rows: number, columns: number] {
  if (X instanceof DataFrame) return [X.length, X.columns.length];
  return X.shape as readonly [number, number];
}

/** The values of one column: doubles when the column is numeric, else plain values. */
export function columnValues(X: Input, column: number): Float64Array | unknown[] {
  if (X instanceof DataFrame) {
    const { values } = X.series[column]!;
    if (isNumeric(values.dtype) && values.dtype.kind !== "b") return values.toFloat64();
    return isDates(values) ? datesOf(values) : values.flat();
  }
  const dense = X instanceof Csr ? X.toDense() : X;
  const [rows, columns] = dense.shape as readonly [number, number];
  if (isNumeric(dense.dtype) && dense.dtype.kind !== "b") {
    const data = dense.toFloat64();
    return Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
  }
  const texts = isDates(dense) ? (ticks: unknown) => dateText(ticks as bigint, dense.dtype) : undefined;
  const items = Array.from({ length: rows }, (_, row) => dense.item(row * columns + column));
  return texts === undefined ? items : items.map(texts);
}

/** Whether an array holds dates in a unit that has a text. */
function isDates({ dtype }: NdArray): boolean {
  return dtype.kind === "M" && nanosecondsPerTick(dtype) !== undefined;
}

/** Dates as texts in ISO 8601: whatever their unit, the same moment is the same text. */
function datesOf(values: NdArray): unknown[] {
  return values.flat().map((ticks) => dateText(ticks as bigint, values.dtype));
}

/** Some columns, in this order. */
export function takeColumns(X: Input, columns: readonly number[]): Input {
  if (X instanceof DataFrame)
    return new DataFrame(
      columns.map((column) => X.series[column]!),
      X.index,
      X.length,
    );
  const [rows, width] = X.shape as readonly [number, number];
  if (X instanceof Csr) return takeSparseColumns(X, columns);
  const source = X.toC();
  const out = (Array.isArray(source.data)
    ? new Array(rows * columns.length)
    : new (source.data.constructor as Float64ArrayConstructor)(rows * columns.length)) as unknown as unknown[];
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < columns.length; at++)
      out[row * columns.length + at] = source.data[row * width + columns[at]!];
  }
  return NdArray.of(out, [rows, columns.length], source.dtype);
}

function takeSparseColumns(X: Csr, columns: readonly number[]): Csr {
  const target = new Map(columns.map((column, at) => [column, at]));
  const indptr = new Int32Array(X.shape[0] + 1);
  const kept: [number, number][] = [];
  for (let row = 0; row < X.shape[0]; row++) {
    const from = kept.length;
    for (let at = X.indptr[row]!; at < X.indptr[row + 1]!; at++) {
      const column = target.get(X.indices[at]!);
      if (column !== undefined) kept.push([column, X.data[at]!]);
    }
    const sorted = kept.splice(from).sort((a, b) => a[0] - b[0]);
    for (const each of sorted) kept.push(each);
    indptr[row + 1] = kept.length;
  }
  const indices = Int32Array.from(kept, ([column]) => column);
  return new Csr(
    [X.shape[0], columns.length],
    indptr,
    indices,
    Float64Array.from(kept, ([, value]) => value),
    X.dtype,
  );
}

/** Which values {@link toNumbers} lets pass. */
export interface NumberRules {
  /** NaN (and `null`) pass. */
  readonly missing: boolean;
  /** Infinities pass. */
  readonly infinite?: boolean;
  /** Names for messages. */
  readonly names: (column: number) => string;
}

/**
 * A numeric table in C order: float32 when the input is, else float64. `null` and `undefined` are NaN, numeric strings
 * their number, booleans 0 and 1.
 *
 * @throws CurtidoError E_FEATURES with every value that is not a number, or is missing or infinite where that is refused
 */
export function toNumbers(X: Exclude<Input, Csr>, rules: NumberRules): NdArray {
  const table = X instanceof DataFrame ? fromFrame(X, rules) : fromArray(X, rules);
  checkFinite(table, rules);
  return table;
}

function fromArray(X: NdArray, rules: NumberRules): NdArray {
  if (X.dtype.kind === "f" && X.dtype.itemsize === 4) return X.toC();
  if (isNumeric(X.dtype))
    return X.order === "C" && X.data instanceof Float64Array ? X : NdArray.of(X.toFloat64(), X.shape);
  const columns = X.shape[1]!;
  const problems: FeatureProblem[] = [];
  const out = Float64Array.from({ length: X.size }, (_, at) => {
    const row = columns === 0 ? 0 : Math.floor(at / columns);
    return toNumber(X.item(at), problems, row, () => rules.names(at % columns));
  });
  if (problems.length > 0) throw featureError(problems);
  return NdArray.of(out, X.shape);
}

function fromFrame(X: DataFrame, rules: NumberRules): NdArray {
  const width = X.series.length;
  const out = new Float64Array(X.length * width);
  const problems: FeatureProblem[] = [];
  X.series.forEach(({ values }, column) => {
    if (isNumeric(values.dtype)) {
      const numbers = values.toFloat64();
      for (let row = 0; row < X.length; row++) out[row * width + column] = numbers[row]!;
    } else {
      for (let row = 0; row < X.length; row++)
        out[row * width + column] = toNumber(values.item(row), problems, row, () => rules.names(column));
    }
  });
  if (problems.length > 0) throw featureError(problems);
  const single = width > 0 && X.series.every(({ values }) => values.dtype.kind === "f" && values.dtype.itemsize <= 4);
  return NdArray.of(single ? Float32Array.from(out) : out, [X.length, width]);
}

function toNumber(value: unknown, problems: FeatureProblem[], row: number, name: () => string): number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  const number = typeof value === "string" ? parseNumber(value) : undefined;
  if (number !== undefined) return number;
  if (problems.length < MOST_PROBLEMS) {
    const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : `a ${typeof value}`;
    problems.push({ row, feature: name(), detail: `'${name()}' must be a number, not ${shown}` });
  }
  return Number.NaN;
}

/**
 * The numbers of an array of any dtype, in C order: of objects, those that their cells are, as numpy's `astype(float)` has it.
 *
 * @throws CurtidoError E_FEATURES naming cells that are none
 */
export function numbersOf(X: NdArray, names: NumberRules["names"] = (column) => `feature${column + 1}`): Float64Array {
  if (isNumeric(X.dtype)) return X.toFloat64();
  return toNumbers(X, { missing: true, infinite: true, names }).toFloat64();
}

/**
 * Rows that stay sparse, as they are.
 *
 * @throws CurtidoError E_FEATURES with every value that is missing or infinite where that is refused
 */
export function checkSparse(X: Csr, rules: NumberRules): Csr {
  const { data, indices, indptr, shape } = X;
  const refused = (value: number) =>
    value - value !== 0 && !(Number.isNaN(value) ? rules.missing : rules.infinite === true);
  if (!data.some(refused)) return X;
  const problems: FeatureProblem[] = [];
  for (let row = 0; row < shape[0]; row++) {
    for (let at = indptr[row]!; at < indptr[row + 1]! && problems.length < MOST_PROBLEMS; at++)
      if (refused(data[at]!)) problems.push(notFinite(data[at]!, row, rules.names(indices[at]!)));
  }
  throw featureError(problems);
}

function notFinite(value: number, row: number, feature: string): FeatureProblem {
  return { row, feature, detail: `'${feature}' is ${Number.isNaN(value) ? "missing" : "infinite"}` };
}

function checkFinite(table: NdArray, rules: NumberRules): void {
  const data = table.data as Float64Array;
  const columns = table.shape[1]!;
  let problems: FeatureProblem[] | undefined;
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    if (value - value === 0) continue;
    const missing = Number.isNaN(value);
    if (missing ? rules.missing : rules.infinite === true) continue;
    problems ??= [];
    if (problems.length >= MOST_PROBLEMS) break;
    problems.push(notFinite(value, Math.floor(at / columns), rules.names(at % columns)));
  }
  if (problems !== undefined) throw featureError(problems);
}

/** A frame as one table: float64 when every column is numeric, else objects. */
export function asTable(X: Input): NdArray | Csr {
  if (!(X instanceof DataFrame)) return X;
  const width = X.series.length;
  if (width > 0 && X.series.every(({ values }) => values.dtype.kind === "b")) {
    const truths = X.series.map(({ values }) => values.toFloat64());
    const table = Uint8Array.from(
      { length: X.length * width },
      (_, at) => truths[at % width]![Math.floor(at / width)]!,
    );
    return NdArray.bools(table, [X.length, width]);
  }
  if (X.series.every(({ values }) => isNumeric(values.dtype)))
    return toNumbers(X, { missing: true, infinite: true, names: String });
  const columns = X.series.map((_, column) => columnValues(X, column));
  return NdArray.objects(
    Array.from({ length: X.length * width }, (_, at) => columns[at % width]![Math.floor(at / width)]),
    [X.length, width],
  );
}
