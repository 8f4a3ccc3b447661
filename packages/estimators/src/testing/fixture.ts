/** @module Fixtures: pickles that Python made, the rows it was asked, and what it answered. */

import { Csr, DataFrame, NdArray, parseDType } from "@curtido/arrays";
import type { Rows } from "../base/input.ts";

/** How closely a number must be met: units in the last place, or `absolute + relative * |expected|`. */
export type Tolerance = { readonly ulp: number } | { readonly relative: number; readonly absolute?: number };

/** A table as the fixtures spell it. */
export interface FixtureArray {
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly data?: readonly unknown[];
  readonly list?: readonly FixtureArray[];
  readonly samples?: readonly unknown[];
  readonly csr?: boolean;
  readonly indptr?: readonly number[];
  readonly indices?: readonly number[];
  readonly columns?: readonly string[];
  readonly dtypes?: readonly string[];
}

/** One fixture. */
export interface Fixture {
  readonly case: string;
  readonly file: string;
  readonly class: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly input: FixtureArray;
  readonly expected: Readonly<
    Record<
      string,
      FixtureArray & {
        readonly input?: FixtureArray;
        readonly output?: FixtureArray;
        readonly distances?: FixtureArray;
        readonly indices?: FixtureArray;
        readonly indicator?: FixtureArray;
        readonly nNodesPtr?: FixtureArray;
      }
    >
  >;
  readonly tolerance: Readonly<Record<string, Tolerance>>;
  /** What it learned, of an estimator without methods. */
  readonly attributes?: Readonly<Record<string, FixtureArray>>;
}

const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/** A value of an array: numbers may be spelled `"nan"`, `"inf"`, or as `{"$float": ...}` in object arrays. */
export function fixtureValue(value: unknown, numeric: boolean): unknown {
  if (numeric && typeof value === "string") return SPECIAL[value] ?? Number(value);
  if (typeof value === "object" && value !== null && "$float" in value) {
    const text = String((value as { $float: unknown }).$float);
    return SPECIAL[text] ?? Number(text);
  }
  return value;
}

function isNumericName(dtype: string): boolean {
  return /^(float\d+|u?int\d+|bool)$/.test(dtype);
}

/** The rows that a fixture's input stands for. */
export function fixtureInput(input: FixtureArray): Rows {
  if (input.samples !== undefined) return input.samples.map(sample) as Rows;
  if (input.csr === true) {
    const numbers = input.data!.map((value) => Number(fixtureValue(value, true)));
    return new Csr(
      input.shape as [number, number],
      Int32Array.from(input.indptr!),
      Int32Array.from(input.indices!),
      Float64Array.from(numbers),
      dtypeOf(input.dtype!),
    );
  }
  if (input.columns !== undefined) return frame(input);
  const dtype = input.dtype!;
  const values = input.data!.map((value) => fixtureValue(value, isNumericName(dtype)));
  if (!isNumericName(dtype)) return NdArray.objects(values, input.shape!);
  return NdArray.of(typedArray(dtype, values), input.shape!, dtypeOf(dtype));
}

/** A row that is a mapping or a list: numbers that JSON has no place for are tagged in it. */
function sample(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sample);
  if (typeof value !== "object" || value === null || "$float" in value) return fixtureValue(value, false);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sample(item)]));
}

function dtypeOf(name: string) {
  if (name === "bool") return parseDType("?");
  return parseDType(
    name
      .replace(/^float/, "f")
      .replace(/^uint/, "u")
      .replace(/^int/, "i")
      .replace(/\d+$/, (bits) => String(Number(bits) / 8)),
  );
}

function typedArray(dtype: string, values: readonly unknown[]) {
  if (dtype === "int64") return BigInt64Array.from(values as number[], BigInt);
  if (dtype === "uint64") return BigUint64Array.from(values as number[], BigInt);
  const Typed:
    | {
        from(
          values: ArrayLike<number>,
          map: (value: number) => number,
        ): Float32Array | Int32Array | Int16Array | Int8Array | Uint8Array | Uint16Array | Uint32Array;
      }
    | undefined = {
    float32: Float32Array,
    float16: Float32Array,
    int32: Int32Array,
    int16: Int16Array,
    int8: Int8Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    bool: Uint8Array,
  }[dtype];
  return Typed === undefined ? Float64Array.from(values as number[]) : Typed.from(values as number[], Number);
}

function frame(input: FixtureArray): DataFrame {
  const rows = input.data as readonly (readonly unknown[])[];
  const series = input.columns!.map((name, column) => {
    const dtype = input.dtypes![column]!;
    const numeric = isNumericName(dtype);
    const values = rows.map((row) => fixtureValue(row[column], numeric));
    const array = numeric
      ? NdArray.of(typedArray(dtype, values), [rows.length], dtypeOf(dtype))
      : NdArray.objects(values, [rows.length]);
    return { name, values: array, dtype };
  });
  return new DataFrame(series, undefined, rows.length);
}

/** What is wrong with an answer, or `undefined` when every element is within the tolerance. */
export function difference(got: unknown, expected: FixtureArray, tolerance: Tolerance | undefined): string | undefined {
  if (expected.samples !== undefined) return sampleDifference(got, expected.samples.map(sample), tolerance);
  if (expected.list !== undefined) {
    if (got instanceof NdArray)
      return difference(
        got.flat().map((items) => NdArray.objects(items as unknown[], [(items as unknown[]).length])),
        expected,
        tolerance,
      );
    if (!Array.isArray(got) || got.length !== expected.list.length) return `expected a list of ${expected.list.length}`;
    return expected.list
      .map((part, at) => difference(got[at], part, tolerance))
      .find((problem) => problem !== undefined);
  }
  if (got instanceof DataFrame) {
    if (expected.columns === undefined) return "got a table with named columns, expected an array";
    return compare(
      got.tolist().flat(),
      [got.length, got.columns.length],
      (expected.data as unknown[][]).flat(),
      [expected.data!.length, expected.columns.length],
      tolerance,
      false,
    );
  }
  if (expected.columns !== undefined) {
    if (!(got instanceof NdArray)) return "expected a table";
    return compare(
      got.flat(),
      got.shape,
      (expected.data as unknown[][]).flat(),
      [expected.data!.length, expected.columns.length],
      tolerance,
      false,
    );
  }
  if (expected.csr === true) {
    if (!(got instanceof Csr)) return "expected a sparse matrix";
    const dense = fixtureInput(expected) as Csr;
    return compare(got.toDense().flat(), got.shape, dense.toDense().flat(), dense.shape, tolerance, false);
  }
  if (!(got instanceof NdArray)) return `expected an array, got ${got instanceof Csr ? "a sparse matrix" : typeof got}`;
  const numeric = isNumericName(expected.dtype!);
  const values = expected.data!.map((value) => fixtureValue(value, numeric));
  return compare(
    got.flat(),
    got.shape,
    expected.dtype === "bool" ? values.map(Boolean) : values,
    expected.shape!,
    tolerance,
    expected.dtype === "float32",
  );
}

/** What is wrong with a list of mappings. */
function sampleDifference(
  got: unknown,
  expected: readonly unknown[],
  tolerance: Tolerance | undefined,
): string | undefined {
  const rows = got instanceof NdArray ? got.flat() : [];
  if (rows.length !== expected.length) return `expected ${expected.length} mappings, got ${rows.length}`;
  for (const [row, wanted] of expected.entries()) {
    const found = rows[row] as ReadonlyMap<string, unknown>;
    const names = Object.keys(wanted as object);
    if (names.length !== found.size) return `row ${row}: ${found.size} names, expected ${names.length}`;
    for (const name of names) {
      const value = (wanted as Record<string, unknown>)[name];
      if (!close(found.get(name), value, tolerance, false))
        return `row ${row}, ${name}: ${String(found.get(name))}, expected ${String(value)}`;
    }
  }
  return undefined;
}

function compare(
  got: readonly unknown[],
  shape: readonly number[],
  expected: readonly unknown[],
  wanted: readonly number[],
  tolerance: Tolerance | undefined,
  single: boolean,
): string | undefined {
  if (shape.join() !== wanted.join()) return `shape (${shape.join(", ")}), expected (${wanted.join(", ")})`;
  for (let at = 0; at < expected.length; at++) {
    if (!close(got[at], fixtureValue(expected[at], false), tolerance, single)) {
      const off =
        typeof got[at] === "number" ? ` (off by ${Math.abs((got[at] as number) - (expected[at] as number))})` : "";
      return `element ${at}: ${String(got[at])}, expected ${String(expected[at])}${off}`;
    }
  }
  return undefined;
}

function close(got: unknown, expected: unknown, tolerance: Tolerance | undefined, single: boolean): boolean {
  if (Object.is(got, expected) || got === expected) return true;
  if (typeof got !== "number" || typeof expected !== "number") return false;
  if (tolerance === undefined || !Number.isFinite(expected)) return false;
  const off = Math.abs(got - expected);
  if ("ulp" in tolerance) return off <= tolerance.ulp * ulpOf(expected, single);
  return off <= (tolerance.absolute ?? 0) + tolerance.relative * Math.abs(expected);
}

/** The spacing of floating-point numbers at `value`. */
function ulpOf(value: number, single: boolean): number {
  const exponent = Math.floor(Math.log2(Math.abs(value) || Number.MIN_VALUE));
  return single ? 2 ** Math.max(exponent - 23, -149) : 2 ** Math.max(exponent - 52, -1074);
}
