/** @module FactorAnalysis: a few hidden factors, and noise of its own for each feature (`sklearn.decomposition._factor_analysis`). */

import { NdArray } from "@curtido/arrays";
import { affine } from "@curtido/kernels";
import type { InputRules } from "../base/estimator.ts";
import { log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { cholesky } from "../base/symmetric.ts";
import { solveCholesky, solveLower } from "../base/triangular.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { readComponents } from "./components.ts";

/** The expected factors of rows, and how likely rows are. */
export class FactorAnalysis extends NumericTransformer {
  private readonly mean: Float64Array;
  private readonly noise: Float64Array;
  /** Components divided by the noise, `[components, features]`. */
  private readonly weights: Float64Array;
  private readonly components: number;
  /** Cholesky's factor of 1 + C / noise C', `[components, components]`. */
  private readonly lower: Float64Array;
  private readonly constant: number;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = readComponents(state);
    agreeOnFeatures(this, state, columns, "components_");
    this.components = rows;
    this.mean = state.floats("mean_", [columns]);
    this.noise = state.floats("noise_variance_", [columns]);
    if (!this.noise.every((value) => value > 0)) state.fail("noise_variance_", "must hold numbers above 0");
    this.weights = data.map((value, at) => value / this.noise[at % columns]!);
    const matrix = new Float64Array(rows * rows);
    affine(this.weights, rows, columns, data, undefined, rows, matrix);
    for (let k = 0; k < rows; k++) matrix[k * rows + k]! += 1;
    this.lower = cholesky(matrix, rows) ?? state.fail("components_", "do not make a covariance");
    let logs = columns * log(2 * Math.PI);
    for (const variance of this.noise) logs += log(variance);
    for (let k = 0; k < rows; k++) logs += 2 * log(this.lower[k * rows + k]!);
    this.constant = -0.5 * logs;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  /** Rows without the mean. */
  private centred(X: NdArray): Float64Array {
    const features = this.mean.length;
    return X.toFloat64().map((value, at) => value - this.mean[at % features]!);
  }

  private weighted(centred: Float64Array, rows: number): Float64Array {
    const out = new Float64Array(rows * this.components);
    affine(centred, rows, this.mean.length, this.weights, undefined, this.components, out);
    return out;
  }

  protected doTransform(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const out = this.weighted(this.centred(X), rows);
    solveCholesky(this.lower, this.components, out, rows);
    return NdArray.of(out, [rows, this.components]);
  }

  /** The log-likelihood of each row. */
  protected doScoreSamples(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const features = this.mean.length;
    const centred = this.centred(X);
    const factors = this.weighted(centred, rows);
    solveLower(this.lower, this.components, factors, rows);
    return NdArray.of(
      Float64Array.from({ length: rows }, (_, row) => {
        let sum = 0;
        for (let k = 0; k < features; k++) sum += centred[row * features + k]! ** 2 / this.noise[k]!;
        for (let k = 0; k < this.components; k++) sum -= factors[row * this.components + k]! ** 2;
        return this.constant - 0.5 * sum;
      }),
    );
  }
}
