/** @module LocalOutlierFactor: rows in thinner places than their neighbours (`sklearn.neighbors._lof`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { int64s } from "../base/dtypes.ts";
import type { Method } from "../base/estimator.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { typed } from "../linear_model/linear.ts";
import { KNeighborsEstimator } from "./neighbors.ts";

/** LocalOutlierFactor; it judges new rows when it was fitted for `novelty`. */
export class LocalOutlierFactor extends KNeighborsEstimator {
  private readonly novelty: boolean;
  /** How many neighbours count. */
  private readonly neighbors: number;
  /** How far the last of its neighbours is from each row of training, and how densely each of them lies. */
  private readonly reaches: Float64Array;
  private readonly densities: Float64Array;
  private readonly offset: number;
  private readonly single: boolean;

  constructor(state: State) {
    super(state);
    this.novelty = this.version.atLeast(0, 20) && state.boolean("novelty", false);
    this.neighbors = state.integer("n_neighbors_", undefined, 1);
    const { data, columns } = state.matrix("_distances_fit_X_", this.search.count);
    if (columns < this.neighbors) state.fail("_distances_fit_X_", `has ${columns} columns for ${this.neighbors}`);
    this.reaches = Float64Array.from(
      { length: this.search.count },
      (_, row) => data[row * columns + this.neighbors - 1]!,
    );
    this.single = state.isSingle("_lrd");
    this.densities = state.floats("_lrd", [this.search.count]);
    this.offset = this.novelty ? state.number("offset_") : 0;
  }

  override task(): "outlier detection" {
    return "outlier detection";
  }
  override offers(method: Method): boolean {
    if (method === "predict" || method === "decisionFunction" || method === "scoreSamples") return this.novelty;
    return super.offers(method);
  }

  protected doScoreSamples(X: NdArray | Csr): NdArray {
    const { neighbors: k, reaches, densities } = this;
    const { distances, indices } = this.search.nearest(X, k);
    const rows = X.shape[0]!;
    const terms = new Float64Array(k);
    const scores = Float64Array.from({ length: rows }, (_, row) => {
      for (let at = 0; at < k; at++) terms[at] = Math.max(distances[row * k + at]!, reaches[indices[row * k + at]!]!);
      const own = 1 / (sumOf(terms) / k + 1e-10);
      for (let at = 0; at < k; at++) terms[at] = densities[indices[row * k + at]!]! / own;
      return -(sumOf(terms) / k);
    });
    return typed(scores, [rows], X, this.single);
  }
  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    const scores = this.doScoreSamples(X).data as Float64Array | Float32Array;
    return NdArray.of(scores.map((score) => score - this.offset));
  }
  protected doPredict(X: NdArray | Csr): NdArray {
    const decisions = this.doDecisionFunction(X).toFloat64();
    return int64s(Int32Array.from(decisions, (value) => (value < 0 ? -1 : 1)));
  }
}
