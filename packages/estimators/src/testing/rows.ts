/** @module Rows of any kind, taken apart for the common suite. */

import { Csr, DataFrame, isNumeric, NdArray } from "@curtido/arrays";
import type { Rows } from "../base/input.ts";

/** How many rows there are. */
export function sizeOfRows(rows: Rows): number {
  if (rows instanceof NdArray || rows instanceof Csr) return rows.shape[0]!;
  return rows.length;
}

/** The values, to compare. */
export function rowsOf(rows: Rows): unknown {
  if (rows instanceof Csr) return [Array.from(rows.indptr), Array.from(rows.indices), Array.from(rows.data)];
  return rows instanceof NdArray || rows instanceof DataFrame ? rows.tolist() : rows;
}

/** Some of the rows, in this order. */
export function takeRows(rows: Rows, chosen: readonly number[]): Rows {
  if (rows instanceof Csr) return takeSparseRows(rows, chosen);
  if (rows instanceof NdArray) return takeArrayRows(rows, chosen);
  if (rows instanceof DataFrame) {
    const series = rows.series.map((each) => ({ ...each, values: takeArrayRows(each.values, chosen) }));
    return new DataFrame(series, undefined, chosen.length);
  }
  return chosen.map((row) => (rows as readonly unknown[])[row]) as unknown as Rows;
}

function takeArrayRows(rows: NdArray, chosen: readonly number[]): NdArray {
  const source = rows.toC();
  const width = rows.shape.slice(1).reduce((product, extent) => product * extent, 1);
  const picked = chosen.flatMap((row) => Array.from({ length: width }, (_, at) => source.data[row * width + at]));
  const shape = [chosen.length, ...rows.shape.slice(1)];
  if (Array.isArray(source.data)) return NdArray.objects(picked, shape);
  const Typed = source.data.constructor as unknown as { from(values: readonly unknown[]): Float64Array };
  return NdArray.of(Typed.from(picked), shape, source.dtype);
}

function takeSparseRows(rows: Csr, chosen: readonly number[]): Csr {
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  for (const row of chosen) {
    for (let at = rows.indptr[row]!; at < rows.indptr[row + 1]!; at++) {
      indices.push(rows.indices[at]!);
      data.push(rows.data[at]!);
    }
    indptr.push(indices.length);
  }
  const shape = [chosen.length, rows.shape[1]] as [number, number];
  return new Csr(shape, Int32Array.from(indptr), Int32Array.from(indices), Float64Array.from(data), rows.dtype);
}

/** A table of doubles with the same values, when all of them are numbers. */
export function numberTable(rows: Rows): NdArray | undefined {
  if (!(rows instanceof NdArray) || rows.ndim !== 2 || !isNumeric(rows.dtype)) return undefined;
  return rows.dtype.kind === "b" ? undefined : NdArray.of(rows.toFloat64(), rows.shape);
}
