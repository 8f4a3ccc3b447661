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

/**
 * A value of an array: numbers may be spelled `"nan"`, `"inf"`, as digits where a double cannot hold them, or as
 * `{"$float": ...}` in object arrays.
 */
export function fixtureValue(value: unknown, numeric: boolean): unknown {
  if (numeric && typeof value === "string") return SPECIAL[value] ?? BigInt(value);
  if (typeof value === "object" && value !== null && "$float" in value) {
    const text = String((value as { $float: unknown }).$float);
    return SPECIAL[text] ?? Number(text);
  }
  return value;
}

export function isNumericName(dtype: string): boolean {
  return /^(float\d+|u?int\d+|bool)$/.test(dtype);
}

/** The rows that a fixture's input stands for. */
export function fixtureInput(input: FixtureArray): Rows {
  if (input.samples !== undefined) return input.samples.map(fixtureSample) as Rows;
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
export function fixtureSample(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fixtureSample);
  if (typeof value !== "object" || value === null || "$float" in value) return fixtureValue(value, false);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fixtureSample(item)]));
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
