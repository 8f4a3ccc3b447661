/** @module Covariance estimators and EllipticEnvelope: how far a row is from the middle (`sklearn.covariance`). */

import { NdArray } from "@curtido/arrays";
import { pow } from "@curtido/kernels";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type Method } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { symmetricInverse } from "../base/symmetric.ts";

/** EmpiricalCovariance and its relatives. */
export class Covariance extends Estimator {
  /** Where the middle is, `[features]`. */
  readonly location_: Float64Array;
  /** The covariance, `[features, features]`. */
  readonly covariance_: NdArray;
  private readonly precision: Float64Array;

  constructor(state: State) {
    super(state);
    const { data, rows } = state.matrix("covariance_", this.n_features_in_, this.n_features_in_);
    state.checkExtents("covariance_", [data.length], [rows * rows]);
    this.n_features_in_ ??= rows;
    this.location_ = state.given("location_") ? state.matrix("location_", 1, rows).data : new Float64Array(rows);
    this.covariance_ = NdArray.of(data, [rows, rows]);
    this.precision = state.given("precision_")
      ? state.matrix("precision_", rows, rows).data
      : symmetricInverse(data, rows);
  }

  /** The inverse of the covariance. */
  get precision_(): NdArray {
    return NdArray.of(this.precision, this.covariance_.shape);
  }

  /** Squared Mahalanobis distances; from 0.20 on they are squares of roots. */
  protected doMahalanobis(X: NdArray): NdArray {
    const { location_: middle, precision } = this;
    const n = middle.length;
    const table = X.toFloat64();
    const rooted = this.version.atLeast(0, 20);
    const centred = new Float64Array(n);
    return NdArray.of(
      Float64Array.from({ length: X.shape[0]! }, (_, row) => {
        for (let k = 0; k < n; k++) centred[k] = table[row * n + k]! - middle[k]!;
        let sum = 0;
        for (let i = 0; i < n; i++) {
          let inner = 0;
          for (let j = 0; j < n; j++) inner += precision[i * n + j]! * centred[j]!;
          sum += inner * centred[i]!;
        }
        return rooted ? Math.sqrt(sum) ** 2 : sum;
      }),
    );
  }
}

/** EllipticEnvelope: rows too far from the middle are outliers. */
export class EllipticEnvelope extends Covariance {
  /** From 0.20 on a score above it is inside; before, a distance up to it. */
  private readonly limit: number;

  constructor(state: State) {
    super(state);
    this.limit = state.number(this.version.atLeast(0, 20) ? "offset_" : "threshold_");
  }

  override task(): "outlier detection" {
    return "outlier detection";
  }
  override offers(method: Method): boolean {
    return method === "scoreSamples" ? this.version.atLeast(0, 20) : super.offers(method);
  }

  private distances(X: NdArray): Float64Array {
    return this.doMahalanobis(X).data as Float64Array;
  }
  protected doScoreSamples(X: NdArray): NdArray {
    return NdArray.of(this.distances(X).map((distance) => -distance));
  }
  protected doDecisionFunction(X: NdArray): NdArray {
    const { limit } = this;
    if (this.version.atLeast(0, 20)) return NdArray.of(this.distances(X).map((distance) => -distance - limit));
    // Older releases made the distances look more like a normal distribution.
    return NdArray.of(this.distances(X).map((distance) => pow(limit, 0.33) - pow(distance, 0.33)));
  }
  protected doPredict(X: NdArray): NdArray {
    const { limit } = this;
    const late = this.version.atLeast(0, 20);
    return int64s(
      Int32Array.from(this.distances(X), (distance) => ((late ? -distance - limit >= 0 : distance <= limit) ? 1 : -1)),
    );
  }
}
