/** @module Statistics of columns, summed in numpy's order. */

import { DataFrame, float64, NdArray } from "@curtido/arrays";
import { pairwiseSum, sumColumns } from "@curtido/kernels";
import type { Table } from "./data.ts";

/** Sums of columns of a C-ordered matrix. */
export type ColumnSums = (data: Float64Array, rows: number, width: number) => Float64Array;

/** Whether numpy has this table column by column, as it has frames. */
function byColumn(X: Table): boolean {
  return X instanceof DataFrame || (X instanceof NdArray && X.order === "F");
}

/** What a transformer made of `X`, in the memory order that numpy leaves it in: one that works in place keeps that of `X`. */
export function inLayoutOf(X: Table, made: Table): Table {
  return byColumn(X) ? inColumns(made) : made;
}

/** The same numbers one column after the other, as numpy leaves columns that were picked out of an array. */
export function inColumns(made: Table): Table {
  if (!(made instanceof NdArray) || made.order === "F" || !(made.data instanceof Float64Array)) return made;
  const [rows, width] = made.shape as readonly [number, number];
  const { data } = made;
  const columns = Float64Array.from(
    { length: data.length },
    (_, at) => data[(at % rows) * width + Math.floor(at / rows)]!,
  );
  return NdArray.fromBytes(new Uint8Array(columns.buffer), float64, [rows, width], "F");
}

/** How numpy sums the columns of this table: those that lie column by column are summed pairwise. */
export function sumsOf(X: Table): ColumnSums {
  return (data, rows, width) => {
    const out = new Float64Array(width);
    if (!byColumn(X)) sumColumns(data, rows, width, out);
    else for (let column = 0; column < width; column++) out[column] = pairwiseSum(data, column, rows, width);
    return out;
  };
}

/** How many values of each column are there. */
export function countsOf(data: Float64Array, rows: number, width: number): Float64Array {
  const counts = new Float64Array(width).fill(rows);
  for (let at = 0; at < data.length; at++) if (Number.isNaN(data[at]!)) counts[at % width]!--;
  return counts;
}

/** The matrix with 0 where a value is missing. */
export function withoutMissing(data: Float64Array): Float64Array {
  return data.map((value) => (Number.isNaN(value) ? 0 : value));
}
