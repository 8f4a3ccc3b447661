/** @module The nearest training rows, found by comparing with all of them. */

import { Csr, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import type { Neighbors } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { type Distance, readDistance } from "./metrics.ts";

/** The training rows of a neighbours estimator and how far rows are from them. */
export class NeighborSearch {
  readonly count: number;
  readonly features: number;
  private readonly rows: Float64Array;
  private readonly distance: Distance;
  /** Squared lengths of the training rows, when distances come from dot products as in scikit-learn's brute force. */
  private readonly lengths: Float64Array | undefined;
  private readonly single: boolean;

  constructor(state: State) {
    const { data, rows, columns } = state.matrix("_fit_X");
    this.rows = data;
    this.count = rows;
    this.features = columns;
    if (rows === 0) state.fail("_fit_X", "is empty");
    const { name, distance } = readDistance(state, columns);
    this.distance = distance;
    const brute = state.plain("_fit_method") === "brute";
    this.lengths = brute && name === "euclidean" ? squaredLengths(data, rows, columns) : undefined;
    this.single = brute && state.isSingle("_fit_X");
  }

  /** The `k` nearest of each row, nearest first; among equal ones the earlier training row. */
  nearest(X: NdArray | Csr, k: number): { distances: Float64Array; indices: Int32Array } {
    if (k > this.count) throw featureError([{ detail: `${k} neighbours were asked of ${this.count} training rows` }]);
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const rows = X.shape[0]!;
    const distances = new Float64Array(rows * k);
    const indices = new Int32Array(rows * k);
    const all = new Float64Array(this.count);
    for (let row = 0; row < rows; row++) {
      this.fill(table, row * this.features, all);
      selectNearest(all, k, distances, indices, row * k);
      if (this.lengths !== undefined)
        for (let at = row * k; at < (row + 1) * k; at++) distances[at] = Math.sqrt(distances[at]!);
    }
    return { distances, indices };
  }

  /** Distances (squared ones in brute force) from one row to every training row. */
  private fill(table: Float64Array, from: number, all: Float64Array): void {
    const { rows, features, count, lengths, distance } = this;
    if (lengths === undefined) {
      for (let at = 0; at < count; at++) all[at] = distance(table, from, rows, at * features, features);
      return;
    }
    let own = 0;
    for (let k = 0; k < features; k++) own += table[from + k]! * table[from + k]!;
    for (let at = 0; at < count; at++) {
      let dot = 0;
      for (let k = 0, j = at * features; k < features; k++, j++) dot += table[from + k]! * rows[j]!;
      const squared = -2 * dot + own + lengths[at]!;
      all[at] = squared > 0 ? squared : 0;
    }
  }

  /** As {@link nearest}, as arrays. */
  neighbors(X: NdArray | Csr, k: number): Neighbors {
    const { distances, indices } = this.nearest(X, k);
    const shape = [X.shape[0]!, k];
    const single = this.single && X instanceof NdArray && X.data instanceof Float32Array;
    return {
      distances: NdArray.of(single ? Float32Array.from(distances) : distances, shape),
      indices: NdArray.of(indices, shape),
    };
  }
}

function squaredLengths(data: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += data[row * columns + k]! ** 2;
    return sum;
  });
}

/** The `k` smallest, by insertion: `k` is small. */
function selectNearest(all: Float64Array, k: number, distances: Float64Array, indices: Int32Array, from: number): void {
  let filled = 0;
  for (let at = 0; at < all.length; at++) {
    const value = all[at]!;
    if (filled === k && !(value < distances[from + k - 1]!)) continue;
    let to = filled < k ? filled++ : k - 1;
    while (to > 0 && value < distances[from + to - 1]!) {
      distances[from + to] = distances[from + to - 1]!;
      indices[from + to] = indices[from + to - 1]!;
      to--;
    }
    distances[from + to] = value;
    indices[from + to] = at;
  }
}
