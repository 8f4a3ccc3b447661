/** @module BayesianRidge and ARDRegression: linear models that know how sure they are (`sklearn.linear_model._bayes`). */

import { type Csr, NdArray } from "@curtido/arrays";
import type { Method } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { LinearRegressor } from "./linear.ts";

/** What predictions vary by. */
interface Spread {
  /** The features that count. */
  readonly columns: Int32Array;
  /** The covariance of their weights. */
  readonly covariance: Float64Array;
  readonly noise: number;
  /** What is taken from each feature, and what it is divided by. */
  readonly offsets: Float64Array | undefined;
  readonly scales: Float64Array | undefined;
}

/** A linear model with the standard deviation of its predictions. */
export class BayesianRegressor extends LinearRegressor {
  private readonly relevance: boolean;
  private spread: Spread | undefined;

  /** @param relevance whether features that do not count were left out (ARDRegression) */
  constructor(state: State, relevance: boolean) {
    super(state);
    this.relevance = relevance;
  }

  override offers(method: Method): boolean {
    if (method !== "predictStd") return super.offers(method);
    const { state, version } = this;
    // ARDRegression did not keep how it had scaled rows at first.
    return version.atLeast(0, 19) && state.has("sigma_") && (!isScaled(state) || state.has("X_offset_"));
  }

  protected doPredictStd(X: NdArray | Csr): NdArray {
    this.spread ??= readSpread(this.state, this.weights.features, this.relevance);
    const { columns, covariance, noise, offsets, scales } = this.spread;
    const table = (X instanceof NdArray ? X : X.toDense()).toFloat64();
    const { features } = this.weights;
    const n = columns.length;
    const row = new Float64Array(n);
    return NdArray.of(
      Float64Array.from({ length: X.shape[0]! }, (_, at) => {
        for (let k = 0; k < n; k++) {
          const column = columns[k]!;
          row[k] = (table[at * features + column]! - (offsets?.[column] ?? 0)) / (scales?.[column] ?? 1);
        }
        let sum = 0;
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += row[i]! * covariance[i * n + j]! * row[j]!;
        return Math.sqrt(sum + 1 / noise);
      }),
    );
  }
}

function readSpread(state: State, features: number, relevance: boolean): Spread {
  const limit = relevance ? state.number("threshold_lambda") : 0;
  const kept = Array.from({ length: features }, (_, column) => column);
  const lambda = relevance ? state.floats("lambda_", [features]) : undefined;
  const columns = Int32Array.from(lambda === undefined ? kept : kept.filter((column) => lambda[column]! < limit));
  const covariance = state.array("sigma_", [columns.length, columns.length]).toFloat64();
  const noise = state.number("alpha_");
  // Up to 1.1 only rows that training had scaled were, from 1.9 on all are centred, in between none were.
  const scaled = isScaled(state);
  const centres = state.version.atLeast(1, 9) || scaled;
  return {
    columns,
    covariance,
    noise,
    offsets: centres ? perFeature(state.floats("X_offset_"), features) : undefined,
    scales: scaled ? perFeature(state.floats("X_scale_"), features) : undefined,
  };
}

function isScaled(state: State): boolean {
  return state.raw(state.named("_normalize", "normalize")) === true;
}

/** Without an intercept there is one number for all. */
function perFeature(values: Float64Array, features: number): Float64Array {
  return values.length === features ? values : new Float64Array(features).fill(values[0] ?? 0);
}
