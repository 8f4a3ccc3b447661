/** @module KMeans: the nearest of the fitted centres (`sklearn.cluster._kmeans`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";

/** KMeans and MiniBatchKMeans. */
export class FittedKMeans extends Estimator {
  private readonly centers: Float64Array;
  protected readonly clusters: number;
  private readonly lengths: Float64Array;
  private readonly single: boolean;

  /** @param least how many centres there must be */
  constructor(state: State, name = "cluster_centers_", least = 1) {
    super(state);
    const { data, rows, columns } = state.matrix(name);
    if (rows < least) state.fail(name, "is empty");
    agreeOnFeatures(this, state, columns, name);
    this.centers = data;
    this.clusters = rows;
    this.lengths = Float64Array.from({ length: rows }, (_, row) => squaredLength(data, row * columns, columns));
    this.single = state.isSingle(name);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }
  override task(): "clustering" {
    return "clustering";
  }
  /** The centres, `[clusters, features]`. */
  get cluster_centers_(): NdArray {
    return NdArray.of(this.centers, [this.clusters, this.n_features_in_!]);
  }

  /** `|c|² - 2 x·c` for every centre: what the nearest has least of. */
  private partial(table: Float64Array, from: number, center: number): number {
    const columns = this.n_features_in_!;
    let dot = 0;
    for (let k = 0, c = center * columns; k < columns; k++, c++) dot += table[from + k]! * this.centers[c]!;
    return -2 * dot + this.lengths[center]!;
  }

  /** The nearest centre of each row. */
  protected nearest(X: NdArray | Csr): Int32Array {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    return Int32Array.from({ length: X.shape[0]! }, (_, row) => {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let center = 0; center < this.clusters; center++) {
        const value = this.partial(table, row * this.n_features_in_!, center);
        if (value < least) [least, best] = [value, center];
      }
      return best;
    });
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    return NdArray.of(this.nearest(X));
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const dense = X instanceof Csr ? X.toDense() : X;
    const table = dense.toFloat64();
    const columns = this.n_features_in_!;
    const out = new Float64Array(X.shape[0]! * this.clusters);
    for (let row = 0; row < X.shape[0]!; row++) {
      const own = squaredLength(table, row * columns, columns);
      for (let center = 0; center < this.clusters; center++) {
        let dot = 0;
        for (let k = 0, c = center * columns; k < columns; k++, c++)
          dot += table[row * columns + k]! * this.centers[c]!;
        out[row * this.clusters + center] = Math.sqrt(Math.max(0, -2 * dot + own + this.lengths[center]!));
      }
    }
    const single = this.single && dense.data instanceof Float32Array;
    return NdArray.of(single ? Float32Array.from(out) : out, [X.shape[0]!, this.clusters]);
  }
}

export function squaredLength(data: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += data[from + k]! * data[from + k]!;
  return sum;
}
