/** @module GaussianProcessClassifier: Laplace's approximation, one per class or pair of classes (`sklearn.gaussian_process._gpc`). */

import { NdArray } from "@curtido/arrays";
import { erf } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import { takeLabels } from "../base/labels.ts";
import { twoColumns } from "../base/math.ts";
import type { Matrix, State } from "../base/state.ts";
import { solveLower } from "../base/triangular.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { type CovarianceKernel, readCovariance } from "../pairwise/covariance.ts";
import { targetTable } from "./regressor.ts";

/** The logistic function as a mixture of error functions: their slopes and shares, as scikit-learn fitted them. */
const SLOPES = [0.41, 0.4, 0.37, 0.44, 0.39] as const;
const SHARES = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654] as const;

/** `_BinaryGaussianProcessClassifierLaplace`: two classes. */
export class BinaryGaussianProcessClassifier extends Classifier {
  private readonly kernel: CovarianceKernel;
  private readonly rows: Matrix;
  /** How far training's labels are from their probabilities. */
  private readonly residuals: Float64Array;
  private readonly weights: Float64Array;
  private readonly lower: Float64Array;

  constructor(state: State) {
    super(state);
    if (this.classes_.size !== 2) state.fail("classes_", "must be two labels");
    this.kernel = readCovariance(state, "kernel_");
    this.rows = state.matrix("X_train_");
    const { rows, columns } = this.rows;
    agreeOnFeatures(this, state, columns, "X_train_");
    this.kernel.check(columns, state, "kernel_");
    const labels = state.floats("y_train_", [rows]);
    const probabilities = state.floats("pi_", [rows]);
    this.residuals = labels.map((label, at) => label - probabilities[at]!);
    this.weights = state.floats("W_sr_", [rows]);
    this.lower = state.matrix("L_", rows, rows).data;
  }

  override offers(method: Method): boolean {
    // scikit-learn has no logarithm here.
    return method !== "predictLogProba" && super.offers(method);
  }

  private latentMeans(covariances: Float64Array, rows: number): Float64Array {
    const count = this.rows.rows;
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let at = 0; at < count; at++) sum += covariances[row * count + at]! * this.residuals[at]!;
      return sum;
    });
  }

  protected doPredict(X: NdArray): NdArray {
    const table = targetTable(X);
    const means = this.latentMeans(this.kernel.between(table, this.rows), table.rows);
    return takeLabels(
      this.classes_,
      Int32Array.from(means, (mean) => (mean > 0 ? 1 : 0)),
    );
  }

  protected override doPredictProba(X: NdArray): NdArray {
    const table = targetTable(X);
    const count = this.rows.rows;
    const covariances = this.kernel.between(table, this.rows);
    const means = this.latentMeans(covariances, table.rows);
    for (let at = 0; at < covariances.length; at++) covariances[at]! *= this.weights[at % count]!;
    solveLower(this.lower, count, covariances, table.rows);
    const variances = this.kernel.variances(table);
    const positive = means.map((mean, row) => {
      let sum = 0;
      for (let at = 0; at < count; at++) sum += covariances[row * count + at]! ** 2;
      return smoothed(mean, variances[row]! - sum);
    });
    return NdArray.of(twoColumns(positive), [table.rows, 2]);
  }
}

/** The mean of the logistic function under a normal distribution (Williams and Barber 1998). */
function smoothed(mean: number, variance: number): number {
  const alpha = 1 / (2 * variance);
  let sum = 0;
  let shares = 0;
  SLOPES.forEach((slope, at) => {
    const gamma = slope * mean;
    const integral =
      (Math.sqrt(Math.PI / alpha) * erf(gamma * Math.sqrt(alpha / (alpha + slope * slope)))) /
      (2 * Math.sqrt(variance * 2 * Math.PI));
    sum += SHARES[at]! * integral;
    shares += SHARES[at]!;
  });
  return sum + 0.5 * shares;
}

/** GaussianProcessClassifier: what its base estimator answers. */
export class GaussianProcessClassifier extends Classifier {
  private readonly base: Estimator;

  constructor(state: State) {
    super(state);
    this.base = state.estimator("base_estimator_");
    this.takeFeaturesOf(this.base);
    const { classes_ } = this.base;
    if (!(classes_ instanceof NdArray) || classes_.size !== this.classes_.size)
      state.fail("base_estimator_", `does not tell ${this.classes_.size} classes apart`);
  }

  override offers(method: Method): boolean {
    if (method === "predict" || method === "predictProba") return this.base.offers(method);
    return false;
  }
  protected doPredict(X: NdArray): NdArray {
    return this.base.predict(X);
  }
  protected override doPredictProba(X: NdArray): NdArray {
    return this.base.predictProba(X) as NdArray;
  }
}
