/** @module NeighborhoodComponentsAnalysis: a linear map that brings rows of a class together (`sklearn.neighbors._nca`). */

import type { NdArray } from "@curtido/arrays";
import { Estimator } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, type LinearWeights, linearScores, typed } from "../linear_model/linear.ts";

/** NeighborhoodComponentsAnalysis. */
export class NeighborhoodComponentsAnalysis extends Estimator {
  private readonly components: LinearWeights;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("components_");
    agreeOnFeatures(this, state, columns, "components_");
    const single = state.isSingle("components_");
    const intercepts = new Float64Array(rows);
    this.components = { coefficients: data, intercepts, targets: rows, features: columns, flat: false, single };
  }

  protected doTransform(X: NdArray): NdArray {
    return typed(linearScores(X, this.components), [X.shape[0]!, this.components.targets], X, this.components.single);
  }
}
