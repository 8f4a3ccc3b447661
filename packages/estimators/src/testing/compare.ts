/** @module An answer against what Python gave: kind, shape, dtype, names, then every element. */

import { Csr, DataFrame, type DType, dtypeName, NdArray } from "@curtido/arrays";
import {
  type FixtureArray,
  fixtureInput,
  fixtureSample,
  fixtureValue,
  isNumericName,
  type Tolerance,
} from "./fixture.ts";
import { isSpelled } from "./spellings.ts";

/**
 * What is wrong with an answer, or `undefined` when it is of the kind, shape and dtype that Python's is, has its names, and
 * every element is within the tolerance.
 *
 * @param python - the release of Python that gave what is expected: some of what it spells differs by release
 * @example
 * difference(model.predict(rows), { dtype: "float64", shape: [1], data: [2] }, { ulp: 1 }); // "element 0: 3, expected 2 ..."
 */
export function difference(
  got: unknown,
  expected: FixtureArray,
  tolerance: Tolerance | undefined,
  python = "3",
): string | undefined {
  return new Comparison(tolerance, python).of(got, expected);
}

/** The labels of one row, or pairs of them. */
class Labels {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

class Comparison {
  private readonly tolerance: Tolerance | undefined;
  private readonly python: string;

  constructor(tolerance: Tolerance | undefined, python: string) {
    this.tolerance = tolerance;
    this.python = python;
  }

  of(got: unknown, expected: FixtureArray): string | undefined {
    if (expected.samples !== undefined) return this.samples(got, expected.samples.map(fixtureSample));
    if (expected.list !== undefined) return this.list(got, expected.list);
    if (expected.columns !== undefined) return this.frame(got, expected);
    if (expected.csr === true) return this.sparse(got, expected);
    const numeric = isNumericName(expected.dtype!);
    const values = expected.data!.map((value) => fixtureValue(value, numeric));
    return this.array(got, expected, expected.dtype === "bool" ? values.map(Boolean) : values);
  }

  /** Arrays, and what counts as one: a scalar, the labels of a row. */
  private array(got: unknown, expected: FixtureArray, wanted: readonly unknown[]): string | undefined {
    const found = partsOf(got);
    if (found === undefined) return `expected an array, got ${kindOf(got)}`;
    return (
      shapeDifference(found.shape, expected.shape!) ??
      this.dtype(found.dtype, expected.dtype!) ??
      this.elements(found.elements, wanted, expected.dtype)
    );
  }

  private dtype(found: string, expected: string): string | undefined {
    return found === expected || isSpelled(expected, found, this.python)
      ? undefined
      : `dtype ${found}, expected ${expected}`;
  }

  private list(got: unknown, expected: readonly FixtureArray[]): string | undefined {
    const parts = got instanceof NdArray ? got.flat().map(asLabels) : got;
    if (!Array.isArray(parts) || parts.length !== expected.length)
      return `expected a list of ${expected.length}, got ${kindOf(parts)}`;
    for (const [at, part] of expected.entries()) {
      const problem = this.of(parts[at], part);
      if (problem !== undefined) return `[${at}]: ${problem}`;
    }
    return undefined;
  }

  private frame(got: unknown, expected: FixtureArray): string | undefined {
    if (!(got instanceof DataFrame)) return `expected a table with named columns, got ${kindOf(got)}`;
    const rows = expected.data as readonly (readonly unknown[])[];
    const wrong = shapeDifference([got.length, got.columns.length], [rows.length, expected.columns!.length]);
    if (wrong !== undefined) return wrong;
    for (const [at, name] of expected.columns!.entries()) {
      if (got.columns[at] !== name) return `column ${at} is named ${String(got.columns[at])}, expected ${name}`;
      const dtype = expected.dtypes![at]!;
      const wanted = rows.map((row) => fixtureValue(row[at], isNumericName(dtype)));
      const problem = this.array(got.series[at]!.values, { dtype, shape: [rows.length] }, wanted);
      if (problem !== undefined) return `column ${name}: ${problem}`;
    }
    return undefined;
  }

  private sparse(got: unknown, expected: FixtureArray): string | undefined {
    if (!(got instanceof Csr)) return `expected a sparse matrix, got ${kindOf(got)}`;
    const wanted = fixtureInput(expected) as Csr;
    return (
      shapeDifference(got.shape, wanted.shape) ??
      this.dtype(nameOf(got.dtype), expected.dtype!) ??
      this.elements(got.toDense().flat(), wanted.toDense().flat(), expected.dtype)
    );
  }

  /** Mappings, one per row. */
  private samples(got: unknown, expected: readonly unknown[]): string | undefined {
    const rows = got instanceof NdArray ? got.flat() : [];
    if (rows.length !== expected.length) return `expected ${expected.length} mappings, got ${rows.length}`;
    for (const [row, wanted] of expected.entries()) {
      const found = rows[row] as ReadonlyMap<string, unknown>;
      const names = Object.keys(wanted as object);
      if (names.length !== found.size) return `row ${row}: ${found.size} names, expected ${names.length}`;
      for (const name of names) {
        const value = (wanted as Record<string, unknown>)[name];
        if (!close(found.get(name), value, this.tolerance, false))
          return `row ${row}, ${name}: ${String(found.get(name))}, expected ${String(value)}`;
      }
    }
    return undefined;
  }

  private elements(
    got: readonly unknown[],
    expected: readonly unknown[],
    dtype: string | undefined,
  ): string | undefined {
    if (got.length !== expected.length) return `${got.length} elements, expected ${expected.length}`;
    for (const [at, wanted] of expected.entries()) {
      const value = got[at];
      if (close(value, fixtureValue(wanted, false), this.tolerance, dtype === "float32")) continue;
      const off = typeof value === "number" ? ` (off by ${Math.abs(value - (wanted as number))})` : "";
      return `element ${at}: ${String(value)}, expected ${String(wanted)}${off}`;
    }
    return undefined;
  }
}

interface Parts {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly elements: readonly unknown[];
}

function partsOf(got: unknown): Parts | undefined {
  if (got instanceof NdArray) return { shape: got.shape, dtype: nameOf(got.dtype), elements: texts(got) };
  if (got instanceof Labels) {
    const [first] = got.items;
    const width = Array.isArray(first) ? [first.length] : [];
    return { shape: [got.items.length, ...width], dtype: "tuple", elements: got.items.flat() };
  }
  if (typeof got === "number" || typeof got === "boolean") return { shape: [], dtype: typeof got, elements: [got] };
  return undefined;
}

function asLabels(items: unknown): unknown {
  return Array.isArray(items) ? new Labels(items) : items;
}

function kindOf(got: unknown): string {
  if (got instanceof DataFrame) return "a table with named columns";
  if (got instanceof Csr) return "a sparse matrix";
  if (got instanceof NdArray) return "an array";
  return Array.isArray(got) ? `a list of ${got.length}` : typeof got;
}

/** The elements; bytes as the texts that fixtures have for them. */
function texts(got: NdArray): unknown[] {
  if (got.dtype.kind !== "S") return got.flat();
  return got.flat().map((bytes) => new TextDecoder().decode(bytes as Uint8Array));
}

function shapeDifference(got: readonly number[], expected: readonly number[]): string | undefined {
  return got.join() === expected.join() ? undefined : `shape (${got.join(", ")}), expected (${expected.join(", ")})`;
}

/** A dtype as fixtures spell it. */
function nameOf(dtype: DType): string {
  return { U: "str", S: "bytes" }[dtype.kind as string] ?? dtypeName(dtype);
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
