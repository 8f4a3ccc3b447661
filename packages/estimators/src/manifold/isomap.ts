/** @module Isomap: distances along the neighbours of training, embedded (`sklearn.manifold._isomap`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import type { Estimator, InputRules } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, isSingle } from "../linear_model/linear.ts";
import { NeighborsEstimator } from "../neighbors/neighbors.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";

/** New rows by the distances of their neighbours to all rows of training. */
export class Isomap extends NumericTransformer {
  private readonly neighbors: NeighborsEstimator;
  private readonly embedder: Estimator;
  /** `[training rows, training rows]` */
  private readonly distances: Float64Array;
  private readonly byRadius: boolean;

  constructor(state: State) {
    super(state);
    this.neighbors = readNeighbors(state);
    agreeOnFeatures(this, state, this.neighbors.n_features_in_!, "nbrs_");
    const { count } = this.neighbors;
    this.distances = state.matrix("dist_matrix_", count, count).data;
    this.embedder = state.estimator("kernel_pca_");
    if (this.embedder.n_features_in_ !== count) state.fail("kernel_pca_", `does not take ${count} distances`);
    this.byRadius = state.has("n_neighbors") && !state.given("n_neighbors");
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const { count } = this.neighbors;
    const { distances, indices } = this.near(X);
    const out = new Float64Array(rows * count).fill(Infinity);
    for (let row = 0; row < rows; row++) {
      const found = indices[row]!;
      if (found.length === 0)
        throw featureError([{ row, detail: "no row of training is within the radius, so that it cannot be placed" }]);
      for (let at = 0; at < found.length; at++) {
        const from = found[at]! * count;
        const step = distances[row]![at]!;
        for (let k = 0; k < count; k++) {
          const length = this.distances[from + k]! + step;
          if (length < out[row * count + k]!) out[row * count + k] = length;
        }
      }
    }
    const single = isSingle(X) && this.version.atLeast(1, 1);
    const table = single ? Float32Array.from(out) : out;
    for (let at = 0; at < table.length; at++) table[at] = -0.5 * table[at]! ** 2;
    return this.embedder.transformed(NdArray.of(table, [rows, count])) as NdArray;
  }

  private near(X: NdArray | Csr): { distances: readonly Float64Array[]; indices: readonly Float64Array[] } {
    if (this.byRadius) {
      const { distances, indices } = this.neighbors.radiusNeighbors(X);
      return { distances: distances.map((each) => each.toFloat64()), indices: indices.map((each) => each.toFloat64()) };
    }
    const { distances, indices } = this.neighbors.kneighbors(X);
    return { distances: rowsOf(distances), indices: rowsOf(indices) };
  }
}

/** The fitted NearestNeighbors under `nbrs_`. */
export function readNeighbors(state: State): NeighborsEstimator {
  const neighbors = state.estimator("nbrs_");
  return neighbors instanceof NeighborsEstimator ? neighbors : state.fail("nbrs_", "must be NearestNeighbors");
}

function rowsOf(table: NdArray): Float64Array[] {
  const [rows, columns] = table.shape as readonly [number, number];
  const data = table.toFloat64();
  return Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns));
}
