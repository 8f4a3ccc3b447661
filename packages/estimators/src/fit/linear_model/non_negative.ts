/** @module Least squares with coefficients that are not negative (Lawson and Hanson 1974, chapter 23). */

import { MatrixMemory } from "@curtido/kernels";
import { estimatorError } from "../../base/errors.ts";

const EPSILON = 2 ** -52;

/**
 * The coefficients from 0 that bring `matrix` times them nearest to `right` (`scipy.optimize.nnls`).
 *
 * @param matrix - row-major, `[rows, width]`
 * @throws CurtidoError E_UNSUPPORTED when the features that count change more than three times as often as there are features
 */
export function nonNegative(matrix: Float64Array, rows: number, width: number, right: Float64Array): Float64Array {
  const x = new Float64Array(width);
  const chosen = new Uint8Array(width);
  const tolerance = 10 * Math.max(rows, width) * EPSILON * columnNorm(matrix, rows, width);
  const most = 3 * width;
  let changes = 0;
  for (;;) {
    const slopes = slopesOf(matrix, rows, width, right, x);
    let best = -1;
    for (let k = 0; k < width; k++)
      if (chosen[k] === 0 && slopes[k]! > tolerance && (best < 0 || slopes[k]! > slopes[best]!)) best = k;
    if (best < 0) return x;
    chosen[best] = 1;
    for (;;) {
      if (++changes > most)
        throw estimatorError("E_UNSUPPORTED", `'positive': no solution was found after ${most} changes of features`, {
          path: "positive",
        });
      const wanted = solveChosen(matrix, rows, width, right, chosen);
      if (shorten(x, wanted, chosen)) break;
    }
  }
}

/** Goes towards the solution until a coefficient would be negative; whether it was reached. */
function shorten(x: Float64Array, wanted: Float64Array, chosen: Uint8Array): boolean {
  let share = 1;
  let stops = -1;
  for (let k = 0; k < x.length; k++) {
    if (chosen[k] === 0 || wanted[k]! > 0) continue;
    const here = x[k]! / (x[k]! - wanted[k]!);
    if (stops < 0 || here < share) {
      share = Number.isNaN(here) ? 0 : here;
      stops = k;
    }
  }
  for (let k = 0; k < x.length; k++) {
    if (chosen[k] === 0) continue;
    x[k] = stops < 0 ? wanted[k]! : x[k]! + share * (wanted[k]! - x[k]!);
    if (stops >= 0 && (k === stops || !(x[k]! > EPSILON))) {
      chosen[k] = 0;
      x[k] = 0;
    }
  }
  return stops < 0;
}

function columnNorm(matrix: Float64Array, rows: number, width: number): number {
  const sums = new Float64Array(width);
  for (let at = 0; at < rows * width; at++) sums[at % width]! += Math.abs(matrix[at]!);
  return sums.reduce((most, each) => Math.max(most, each), 0);
}

function slopesOf(
  matrix: Float64Array,
  rows: number,
  width: number,
  right: Float64Array,
  x: Float64Array,
): Float64Array {
  const slopes = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    let rest = right[row]!;
    for (let k = 0; k < width; k++) rest -= matrix[row * width + k]! * x[k]!;
    for (let k = 0; k < width; k++) slopes[k]! += matrix[row * width + k]! * rest;
  }
  return slopes;
}

/** Least squares with the chosen features alone; those that depend on others get 0. */
function solveChosen(
  matrix: Float64Array,
  rows: number,
  width: number,
  right: Float64Array,
  chosen: Uint8Array,
): Float64Array {
  const list = Array.from({ length: width }, (_, k) => k).filter((k) => chosen[k] === 1);
  const n = list.length;
  const height = Math.ceil(rows / 4) * 4;
  const memory = new MatrixMemory((n + height) * (n + 1) + 4);
  const [triangle, block] = [memory.take(n * (n + 1)), memory.take(height * (n + 1))];
  for (let row = 0; row < rows; row++) {
    list.forEach((k, at) => {
      block.data[at * height + row] = matrix[row * width + k]!;
    });
    block.data[n * height + row] = right[row]!;
  }
  memory.operations.reduce(triangle.at, block.at, height, n, n + 1);
  const out = new Float64Array(width);
  for (let i = n - 1; i >= 0; i--) {
    const row = i * (n + 1);
    let sum = triangle.data[row + n]!;
    for (let j = i + 1; j < n; j++) sum -= triangle.data[row + j]! * out[list[j]!]!;
    const diagonal = triangle.data[row + i]!;
    out[list[i]!] = diagonal === 0 ? 0 : sum / diagonal;
  }
  return out;
}
