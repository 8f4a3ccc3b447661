/** @module What mixtures of normal distributions share (`sklearn.mixture._base`). */

import type { NdArray } from "@curtido/arrays";
import { int64s } from "../base/dtypes.ts";
import { Estimator } from "../base/estimator.ts";
import { argmaxRows } from "../base/labels.ts";
import { exp, log, maxOf, sumOf } from "../base/math.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";

/** How the covariances of a mixture are kept: one each, one for all, their diagonals, or one number each. */
export const COVARIANCE_TYPES = ["full", "tied", "diag", "spherical"] as const;
export type CovarianceType = (typeof COVARIANCE_TYPES)[number];

/** A mixture that knows, per row, the logarithm of each component's density times its weight. */
export abstract class Mixture extends Estimator {
  protected readonly means: Matrix;
  /** Whether it answers rows of float32 in float32. */
  protected readonly single: boolean;

  constructor(state: State) {
    super(state);
    this.means = state.matrix("means_");
    if (this.means.rows === 0) state.fail("means_", "is empty");
    agreeOnFeatures(this, state, this.means.columns, "means_");
    this.single = this.version.atLeast(1, 7) && state.isSingle("means_");
  }

  override task(): "clustering" {
    return "clustering";
  }

  /** `[rows, components]`, row-major. */
  protected abstract weightedLogs(table: Float64Array, rows: number): Float64Array;

  protected logsOf(X: NdArray): Float64Array {
    return this.weightedLogs(X.toFloat64(), X.shape[0]!);
  }
  protected doPredict(X: NdArray): NdArray {
    return int64s(argmaxRows(this.logsOf(X), X.shape[0]!, this.means.rows));
  }
  protected doPredictProba(X: NdArray): NdArray {
    const logs = this.logsOf(X);
    const { rows: count } = this.means;
    const totals = logSums(logs, X.shape[0]!, count);
    for (let at = 0; at < logs.length; at++) logs[at] = exp(logs[at]! - totals[Math.floor(at / count)]!);
    return typed(logs, [X.shape[0]!, count], X, this.single);
  }
  protected doScoreSamples(X: NdArray): NdArray {
    return typed(logSums(this.logsOf(X), X.shape[0]!, this.means.rows), [X.shape[0]!], X, this.single);
  }
}

/** Per row, the logarithm of the sum of the exponentials. */
export function logSums(logs: Float64Array, rows: number, columns: number): Float64Array {
  const terms = new Float64Array(columns);
  return Float64Array.from({ length: rows }, (_, row) => {
    const most = maxOf(logs, row * columns, columns);
    if (!Number.isFinite(most)) return most;
    for (let k = 0; k < columns; k++) terms[k] = exp(logs[row * columns + k]! - most);
    return log(sumOf(terms, 0, columns)) + most;
  });
}

/** A number per component, or one for all of them. */
export function onePerComponent(state: State, name: string, count: number): Float64Array {
  const values = state.floats(name);
  if (values.length === 1) return new Float64Array(count).fill(values[0]!);
  return values.length === count ? values : state.fail(name, `holds ${values.length} numbers for ${count} components`);
}
