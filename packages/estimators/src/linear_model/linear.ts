/** @module Linear regression: `X @ coef_.T + intercept_`. */

import { NdArray } from "@curtido/arrays";
import { Estimator } from "../base/estimator.ts";
import type { State } from "../base/state.ts";

/** Weights and offsets of one or several linear functions. */
export interface LinearWeights {
  /** `[targets, features]` */
  readonly coefficients: Float64Array;
  /** `[targets]` */
  readonly intercepts: Float64Array;
  readonly targets: number;
  readonly features: number;
  /** Whether Python would give a vector: `coef_` has one dimension. */
  readonly flat: boolean;
  /** Whether the weights are float32. */
  readonly single: boolean;
}

/** `coef_` and `intercept_`, of one shape with each other. */
export function readLinear(state: State, coefName = "coef_", interceptName = "intercept_"): LinearWeights {
  const flat = state.array(coefName).ndim < 2;
  const { data, rows, columns } = state.matrix(coefName);
  const given = state.floats(interceptName);
  if (given.length !== 1 && given.length !== rows) state.fail(interceptName, `holds ${given.length} numbers for ${rows} targets`);
  const intercepts = given.length === rows ? given : new Float64Array(rows).fill(given[0]!);
  return { coefficients: data, intercepts, targets: rows, features: columns, flat, single: state.isSingle(coefName) };
}

/** `X @ W.T + b`, `[rows, targets]`, each sum in the order of the features. */
export function affine(X: Float64Array | Float32Array, rows: number, weights: LinearWeights): Float64Array {
  const { coefficients, intercepts, targets, features } = weights;
  const out = new Float64Array(rows * targets);
  for (let row = 0; row < rows; row++) {
    const from = row * features;
    for (let target = 0; target < targets; target++) {
      const w = target * features;
      let sum = 0;
      for (let k = 0; k < features; k++) sum += X[from + k]! * coefficients[w + k]!;
      out[row * targets + target] = sum + intercepts[target]!;
    }
  }
  return out;
}

/** The result as Python types it: float32 when rows and weights are. */
export function typed(out: Float64Array, shape: readonly number[], X: NdArray, single: boolean): NdArray {
  return NdArray.of(single && X.data instanceof Float32Array ? Float32Array.from(out) : out, shape);
}

/** LinearRegression and every regressor that predicts as it does (`sklearn.linear_model._base.LinearModel`). */
export class LinearRegressor extends Estimator {
  private readonly weights: LinearWeights;

  constructor(state: State) {
    super(state);
    this.weights = readLinear(state);
    this.n_features_in_ ??= this.weights.features;
    if (this.n_features_in_ !== this.weights.features) state.fail("coef_", `has ${this.weights.features} columns for ${this.n_features_in_} features`);
  }

  /** The weights, `[features]` or `[targets, features]`, and the offsets. */
  get coef_(): NdArray {
    const { coefficients, targets, features, flat } = this.weights;
    return NdArray.of(coefficients, flat ? [features] : [targets, features]);
  }
  get intercept_(): NdArray {
    return NdArray.of(this.weights.intercepts);
  }

  override outputs(): number {
    return this.weights.targets;
  }

  protected doPredict(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const out = affine(X.data as Float64Array, rows, this.weights);
    return typed(out, this.weights.flat ? [rows] : [rows, this.weights.targets], X, this.weights.single);
  }
}
