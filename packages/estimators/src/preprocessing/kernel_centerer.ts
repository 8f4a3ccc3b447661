/** @module KernelCenterer: a kernel as if rows had been centred in its space (`sklearn.preprocessing._data`). */

import { NdArray } from "@curtido/arrays";
import { Estimator } from "../base/estimator.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";

/** Subtracts the means of the kernel's rows and columns and adds that of all of it. */
export class KernelCenterer extends Estimator {
  private readonly rowMeans: Float64Array;
  private readonly mean: number;

  constructor(state: State) {
    super(state);
    this.rowMeans = state.floats("K_fit_rows_", [this.n_features_in_]);
    this.n_features_in_ ??= this.rowMeans.length;
    this.mean = state.number("K_fit_all_");
  }

  protected doTransform(X: NdArray): NdArray {
    const { rowMeans, mean } = this;
    const width = rowMeans.length;
    const data = X.toFloat64();
    const out = new Float64Array(data.length);
    for (let row = 0; row < X.shape[0]!; row++) {
      const own = sumOf(data, row * width, width) / width;
      for (let k = 0; k < width; k++) out[row * width + k] = data[row * width + k]! - rowMeans[k]! - own + mean;
    }
    return NdArray.of(X.data instanceof Float32Array ? Float32Array.from(out) : out, X.shape);
  }
}
