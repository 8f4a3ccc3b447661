/** @module Log-likelihood of rows under a normal distribution whose covariance has few large components. */

import { log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import type { LinearWeights } from "../linear_model/linear.ts";

/** A normal distribution: mean, inverse covariance, and the constant part of the log-density. */
export interface GaussianModel {
  readonly mean: Float64Array;
  /** `[features, features]` */
  readonly precision: Float64Array;
  readonly constant: number;
}

/**
 * The model behind PCA (Tipping and Bishop 1999): variance along each component, noise everywhere else. The inverse and
 * the determinant of the covariance follow from the components, which are orthonormal.
 */
export function gaussianModel(state: State, components: LinearWeights, mean: Float64Array): GaussianModel {
  const { targets, features, coefficients } = components;
  const noise = state.number("noise_variance_");
  const variances = state.floats("explained_variance_", [targets]);
  const rest = features - targets;
  // scikit-learn scales the components of a whitening PCA once more before it adds up the covariance.
  const whiten = state.boolean("whiten", false) && state.version.atLeast(0, 18);
  const along = variances.map((variance) => (whiten ? variance : 1) * Math.max(variance - noise, 0) + noise);
  const precision = new Float64Array(features * features);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < features; j++) {
      let sum = rest > 0 && i === j ? 1 / noise : 0;
      for (let k = 0; k < targets; k++) {
        const weight = 1 / along[k]! - (rest > 0 ? 1 / noise : 0);
        sum += coefficients[k * features + i]! * weight * coefficients[k * features + j]!;
      }
      precision[i * features + j] = sum;
    }
  }
  const logDeterminant = along.reduce((sum, variance) => sum + log(variance), rest > 0 ? rest * log(noise) : 0);
  return { mean, precision, constant: -0.5 * (features * log(2 * Math.PI) + logDeterminant) };
}

/** The log-density of each row. */
export function scoreRows(
  { mean, precision, constant }: GaussianModel,
  table: Float64Array,
  rows: number,
): Float64Array {
  const features = mean.length;
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < features; i++) {
      let inner = 0;
      for (let j = 0; j < features; j++)
        inner += precision[i * features + j]! * (table[row * features + j]! - mean[j]!);
      sum += inner * (table[row * features + i]! - mean[i]!);
    }
    return constant - 0.5 * sum;
  });
}
