/** @module LinearDiscriminantAnalysis (`sklearn.discriminant_analysis`): linear scores, and a projection that tells classes apart. */

import { type Csr, NdArray } from "@curtido/arrays";
import { logOf } from "../base/classifier.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import { expitInPlace, softmaxRows, twoColumns } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { LinearClassifier } from "../linear_model/classifiers.ts";
import { type LinearWeights, linearScores, typed } from "../linear_model/linear.ts";

/** The smallest normal numbers: what releases from 0.24 on take the logarithm of instead of 0. */
const SMALLEST_NORMAL = 2 ** -1022;
const SMALLEST_NORMAL_SINGLE = 2 ** -126;

/** LinearDiscriminantAnalysis, and the LDA of releases before 0.18. */
export class LinearDiscriminantAnalysis extends LinearClassifier {
  private readonly solver: "svd" | "lsqr" | "eigen";
  private readonly projection: LinearWeights | undefined;
  /** What is subtracted before the projection. */
  private readonly mean: Float64Array | undefined;

  constructor(state: State) {
    super(state);
    this.solver = state.oneOf("solver", ["svd", "lsqr", "eigen"], "svd");
    const { features } = this.weights;
    this.mean = this.solver === "svd" ? state.floats("xbar_", [features]) : undefined;
    this.projection = this.solver === "lsqr" ? undefined : readProjection(state, features);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  override offers(method: Method): boolean {
    return method === "transform" ? this.projection !== undefined : super.offers(method);
  }

  protected override doPredictProba(X: NdArray): NdArray {
    // Before 0.21 every score was taken for one class against the rest.
    if (!this.version.atLeast(0, 21)) return this.oneVersusRest(X);
    const { targets, single } = this.weights;
    const rows = X.shape[0]!;
    const scores = this.scores(X);
    if (targets === 1) return typed(twoColumns(expitInPlace(scores)), [rows, 2], X, single);
    return typed(softmaxRows(scores, rows, targets), [rows, targets], X, single);
  }

  protected override doPredictLogProba(X: NdArray | Csr): NdArray {
    const proba = this.doPredictProba(X as NdArray);
    if (!this.version.atLeast(0, 24)) return logOf(proba);
    const least = proba.data instanceof Float32Array ? SMALLEST_NORMAL_SINGLE : SMALLEST_NORMAL;
    return logOf(
      NdArray.of(
        (proba.data as Float64Array).map((p) => (p === 0 ? least : p)),
        proba.shape,
      ),
    );
  }

  protected doTransform(X: NdArray): NdArray {
    const projection = this.projection!;
    const { mean } = this;
    const width = this.weights.features;
    const data = X.data as Float64Array | Float32Array;
    const centred =
      mean === undefined
        ? X
        : NdArray.of(
            data.map((value, at) => value - mean[at % width]!),
            X.shape,
          );
    return typed(linearScores(centred, projection), [X.shape[0]!, projection.targets], X, projection.single);
  }
}

/** The columns of `scalings_` that the transformation keeps. */
function readProjection(state: State, features: number): LinearWeights {
  const { data, columns } = state.matrix("scalings_", features);
  // Releases before 0.18 kept all of them unless they were told how many.
  const name = state.has("_max_components") ? "_max_components" : "n_components";
  const kept = state.given(name) ? Math.min(columns, state.integer(name)) : columns;
  const coefficients = new Float64Array(kept * features);
  for (let target = 0; target < kept; target++)
    for (let k = 0; k < features; k++) coefficients[target * features + k] = data[k * columns + target]!;
  const intercepts = new Float64Array(kept);
  return { coefficients, intercepts, targets: kept, features, flat: false, single: state.isSingle("scalings_") };
}
