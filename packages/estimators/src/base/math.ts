/** @module Elementary functions over rows, in numpy's and scipy's order of operations. */

import { exp, expit, log, pairwiseSum as sumOf, tanh } from "@curtido/kernels";

export { exp, expit, log, sumOf, tanh };

/** `expit` of every element, in place. */
export function expitInPlace(data: Float64Array): Float64Array {
  for (let at = 0; at < data.length; at++) data[at] = expit(data[at]!);
  return data;
}

/** The largest of `columns` elements from `from`. */
export function maxOf(data: Float64Array, from: number, columns: number): number {
  let most = data[from]!;
  for (let k = 1; k < columns; k++) if (data[from + k]! > most) most = data[from + k]!;
  return most;
}

/** Softmax of each row, in place: shifted by the largest, as `sklearn.utils.extmath.softmax`. */
export function softmaxRows(data: Float64Array, rows: number, columns: number): Float64Array {
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const most = maxOf(data, from, columns);
    for (let k = 0; k < columns; k++) data[from + k] = exp(data[from + k]! - most);
    const sum = sumOf(data, from, columns);
    for (let k = 0; k < columns; k++) data[from + k]! /= sum;
  }
  return data;
}

/** Subtracts from each row the logarithm of the sum of its exponentials, in place (`scipy.special.logsumexp`). */
export function subtractLogSums(data: Float64Array, rows: number, columns: number): Float64Array {
  const terms = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const most = maxOf(data, from, columns);
    for (let k = 0; k < columns; k++) terms[k] = exp(data[from + k]! - most);
    const total = log(sumOf(terms, 0, columns)) + most;
    for (let k = 0; k < columns; k++) data[from + k]! -= total;
  }
  return data;
}

/** Divides each row by its sum; rows of zeros become uniform when `uniform`. */
export function normalizeRows(data: Float64Array, rows: number, columns: number, uniform: boolean): Float64Array {
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let sum = sumOf(data, from, columns);
    if (sum === 0 && uniform) {
      data.fill(1, from, from + columns);
      sum = columns;
    }
    for (let k = 0; k < columns; k++) data[from + k]! /= sum;
  }
  return data;
}

/** `[1 - p, p]` for each p. */
export function twoColumns(positive: Float64Array): Float64Array {
  const out = new Float64Array(positive.length * 2);
  for (let row = 0; row < positive.length; row++) {
    out[2 * row] = 1 - positive[row]!;
    out[2 * row + 1] = positive[row]!;
  }
  return out;
}
