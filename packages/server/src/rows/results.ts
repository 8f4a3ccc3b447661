/** @module Arrays that a model gave, as plain values per row. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import type { Neighbors } from "@curtido/estimators";

/** One element per row: a value, or an array where the model gives several. A column of its own counts as a value. */
export function perRow(result: NdArray): unknown[] {
  if (result.ndim === 1 || (result.ndim === 2 && result.shape[1] === 1)) return result.flat().map(plainValue);
  return result.shape[0] === 0 ? [] : nested(result.tolist() as unknown[]);
}

/** One array per row, whatever its width. */
export function transformed(result: NdArray | Csr | DataFrame): unknown[] {
  if (result instanceof DataFrame) return nested(result.tolist());
  if (result instanceof Csr && result.shape[1] > WIDEST) return sparseRows(result);
  const dense = result instanceof Csr ? result.toDense() : result;
  if (dense.ndim === 1) return dense.flat().map(plainValue);
  return dense.shape[0] === 0 ? [] : nested(dense.tolist() as unknown[]);
}

/** Columns up to which a sparse row is written out, zeros too. */
const WIDEST = 2 ** 20;

/** Rows of more columns than anybody writes out: those that are not 0, and their values. */
function sparseRows({ shape, indptr, indices, data }: Csr): unknown[] {
  return Array.from({ length: shape[0] }, (_, row) => {
    const [from, to] = [indptr[row], indptr[row + 1]];
    return { width: shape[1], columns: [...indices.slice(from, to)], values: [...data.slice(from, to)] };
  });
}

/** Probabilities by label, one object per row; for several outputs an array of such objects per row. */
export function probabilities(
  result: NdArray | readonly NdArray[],
  classes: readonly (readonly unknown[])[],
): unknown[] {
  if (result instanceof NdArray) return byLabel(result, classes[0] ?? []);
  const outputs = result.map((output, at) => byLabel(output, classes[at] ?? []));
  const rows = outputs[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, row) => outputs.map((output) => output[row]));
}

function byLabel(result: NdArray, labels: readonly unknown[]): Record<string, unknown>[] {
  const [rows, width] = result.shape as readonly [number, number];
  const keys = Array.from({ length: width }, (_, at) => labelText(labels.length === width ? labels[at] : at));
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(keys.map((key, at) => [key, result.item(row * width + at)])),
  );
}

/** A class label as text. */
export function labelText(label: unknown): string {
  return String(plainValue(label));
}

/** The neighbours of each row, nearest first: where they stand among the training rows, and how far away they are. */
export function neighborsOf({ distances, indices }: Neighbors): unknown[] {
  const [rows, k] = indices.shape as readonly [number, number];
  return Array.from({ length: rows }, (_, row) => ({
    indices: Array.from({ length: k }, (__, at) => plainValue(indices.item(row * k + at))),
    distances: Array.from({ length: k }, (__, at) => distances.item(row * k + at)),
  }));
}

/** A value of Python as JSON can say it: large integers that fit become numbers, bytes text. */
export function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return value;
}

/** The answer to one row: numbers are what they are; labels and several outputs as JSON can say them. */
export function plainRow(value: unknown): unknown {
  return typeof value === "number" ? value : Array.isArray(value) ? value.map(plainRow) : plainValue(value);
}

function nested(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => (Array.isArray(row) ? nested(row) : plainValue(row)));
}
