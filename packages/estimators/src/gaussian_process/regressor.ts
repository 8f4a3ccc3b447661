/** @module GaussianProcessRegressor (`sklearn.gaussian_process._gpr`). */

import { NdArray } from "@curtido/arrays";
import { Estimator, type Method } from "../base/estimator.ts";
import type { Matrix, State } from "../base/state.ts";
import { solveLower } from "../base/triangular.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { type CovarianceKernel, readCovariance } from "../pairwise/covariance.ts";
import { RBF } from "./kernels.ts";

/** What training left; without it a model knows its prior only. */
interface Posterior {
  readonly rows: Matrix;
  /** `[rows, targets]` */
  readonly weights: Float64Array;
  readonly targets: number;
  /** Whether predictions are vectors. */
  readonly flat: boolean;
  /** The lower triangle, `[rows, rows]`. */
  readonly lower: Float64Array;
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** Regression by covariances with the rows of training. */
export class GaussianProcessRegressor extends Estimator {
  private readonly kernel: CovarianceKernel;
  private readonly posterior: Posterior | undefined;
  /** Targets of a model that was never fitted. */
  private readonly priorTargets: number;

  constructor(state: State) {
    super(state);
    const fitted = state.has("X_train_") || state.has("kernel_");
    const name = fitted ? "kernel_" : "kernel";
    this.kernel = state.given(name) || fitted ? readCovariance(state, name) : new RBF();
    this.priorTargets = state.given("n_targets") ? state.integer("n_targets", 1, 1) : 1;
    if (!fitted) return;
    this.posterior = readPosterior(state);
    agreeOnFeatures(this, state, this.posterior.rows.columns, "X_train_");
    this.kernel.check(this.posterior.rows.columns, state, name);
  }

  override outputs(): number {
    return this.posterior?.targets ?? this.priorTargets;
  }

  override offers(method: Method): boolean {
    if (method !== "predictStd" && method !== "predictCov") return super.offers(method);
    // Before 1.0 scales of several targets could not be applied to one variance.
    return this.version.atLeast(1, 0) || this.posterior === undefined || this.posterior.scales.length === 1;
  }

  protected doPredict(X: NdArray): NdArray {
    const { posterior } = this;
    const rows = X.shape[0]!;
    if (posterior === undefined)
      return NdArray.of(new Float64Array(rows * this.priorTargets), this.perTarget([rows], this.priorTargets));
    const covariances = this.kernel.between(targetTable(X), posterior.rows);
    const { weights, targets, means, scales, flat } = posterior;
    const count = posterior.rows.rows;
    const out = new Float64Array(rows * targets);
    for (let row = 0; row < rows; row++) {
      for (let target = 0; target < targets; target++) {
        let sum = 0;
        for (let at = 0; at < count; at++) sum += covariances[row * count + at]! * weights[at * targets + target]!;
        out[row * targets + target] = scales[target % scales.length]! * sum + means[target % means.length]!;
      }
    }
    return NdArray.of(out, flat ? [rows] : [rows, targets]);
  }

  protected doPredictStd(X: NdArray): NdArray {
    const table = targetTable(X);
    const { rows } = table;
    const variances = this.kernel.variances(table);
    const { posterior } = this;
    if (posterior !== undefined) {
      const count = posterior.rows.rows;
      const solved = this.explained(table, posterior);
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        for (let at = 0; at < count; at++) sum += solved[row * count + at]! ** 2;
        variances[row] = Math.max(variances[row]! - sum, 0);
      }
    }
    return this.scaled(variances, [rows], Math.sqrt);
  }

  protected doPredictCov(X: NdArray): NdArray {
    const table = targetTable(X);
    const { rows } = table;
    const covariances = this.kernel.within(table);
    const { posterior } = this;
    if (posterior !== undefined) {
      const count = posterior.rows.rows;
      const solved = this.explained(table, posterior);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < rows; j++) {
          let sum = 0;
          for (let at = 0; at < count; at++) sum += solved[i * count + at]! * solved[j * count + at]!;
          covariances[i * rows + j]! -= sum;
        }
      }
    }
    return this.scaled(covariances, [rows, rows], (value) => value);
  }

  /** `[rows, training rows]`: L^-1 k for each row, whose squares are what training explains of its variance. */
  private explained(table: Matrix, posterior: Posterior): Float64Array {
    const covariances = this.kernel.between(table, posterior.rows);
    solveLower(posterior.lower, posterior.rows.rows, covariances, table.rows);
    return covariances;
  }

  /** Per target, in the scale of training's targets. */
  private scaled(values: Float64Array, shape: readonly number[], of: (value: number) => number): NdArray {
    const scales = this.posterior?.scales ?? new Float64Array(this.priorTargets).fill(1);
    const targets = scales.length;
    const out = new Float64Array(values.length * targets);
    for (let at = 0; at < values.length; at++)
      for (let target = 0; target < targets; target++)
        out[at * targets + target] = of(values[at]! * scales[target]! ** 2);
    return NdArray.of(out, this.perTarget(shape, targets));
  }

  private perTarget(shape: readonly number[], targets: number): readonly number[] {
    return targets === 1 ? shape : [...shape, targets];
  }
}

/** Rows as doubles. */
export function targetTable(X: NdArray): Matrix {
  const [rows, columns] = X.shape as readonly [number, number];
  return { data: X.data instanceof Float64Array ? X.data : X.toFloat64(), rows, columns };
}

function readPosterior(state: State): Posterior {
  const rows = state.matrix("X_train_");
  const weights = state.array("alpha_");
  const flat = weights.ndim === 1;
  const targets = flat ? 1 : weights.shape[1]!;
  const meanName = state.named("_y_train_mean", "y_train_mean");
  const means = state.floats(meanName);
  // Releases before 0.23 only took the mean away.
  const scales = state.has("_y_train_std") ? state.floats("_y_train_std") : Float64Array.of(1);
  for (const [name, values] of [
    [meanName, means],
    ["_y_train_std", scales],
  ] as const)
    if (values.length !== 1 && values.length !== targets)
      state.fail(name, `holds ${values.length} numbers for ${targets} targets`);
  return {
    rows,
    weights: state.floats("alpha_", flat ? [rows.rows] : [rows.rows, undefined]),
    targets,
    // From 1.1 on one column comes as a vector.
    flat: flat || (targets === 1 && state.version.atLeast(1, 1)),
    lower: state.matrix("L_", rows.rows, rows.rows).data,
    means,
    scales,
  };
}
