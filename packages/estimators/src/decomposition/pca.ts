/** @module Principal components (`sklearn.decomposition._pca`, `_base`, `_truncated_svd`). */

import { Csr, NdArray } from "@curtido/arrays";
import type { InputRules, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, type LinearWeights, linearScores, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { type GaussianModel, gaussianModel, scoreRows } from "./likelihood.ts";

/** PCA and IncrementalPCA. */
export class FittedPCA extends NumericTransformer {
  private readonly components: LinearWeights;
  private readonly mean: Float64Array;
  /** Standard deviations to divide by, when the output is whitened. */
  private readonly scale: Float64Array | undefined;
  private readonly projectedMean: Float64Array;
  private readonly scores: boolean;
  private model: GaussianModel | undefined;

  /** @param scores - whether Python's class knows how likely a row is */
  constructor(state: State, scores: boolean) {
    super(state);
    this.scores = scores && state.has("noise_variance_");
    const { data, rows, columns } = state.matrix("components_");
    agreeOnFeatures(this, state, columns, "components_");
    this.components = {
      coefficients: data,
      intercepts: new Float64Array(rows),
      targets: rows,
      features: columns,
      flat: false,
      single: state.isSingle("components_"),
    };
    this.mean = state.given("mean_") ? state.floats("mean_", [columns]) : new Float64Array(columns);
    this.scale = state.boolean("whiten", false) ? whitening(state, rows) : undefined;
    this.projectedMean = linearScores(NdArray.of(this.mean, [1, columns]), this.components);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  override offers(method: Method): boolean {
    return method === "scoreSamples" ? this.scores : super.offers(method);
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const { targets, features, single } = this.components;
    const rows = X.shape[0]!;
    // From 1.5 on the mean is projected once instead of being subtracted from every row.
    const late = X instanceof Csr || this.version.atLeast(1, 5);
    const out = linearScores(late ? X : centered(X, this.mean, features), this.components);
    for (let at = 0; at < out.length; at++) {
      const component = at % targets;
      if (late) out[at]! -= this.projectedMean[component]!;
      if (this.scale !== undefined) out[at]! /= this.scale[component]!;
    }
    return typed(out, [rows, targets], X, single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const table = this.numbers(X);
    const { targets, features, coefficients } = this.components;
    const [rows] = shapeOf(table);
    const data = table.toFloat64();
    const out = new Float64Array(rows * features);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < features; column++) {
        let sum = 0;
        for (let k = 0; k < targets; k++)
          sum += data[row * targets + k]! * ((this.scale?.[k] ?? 1) * coefficients[k * features + column]!);
        out[row * features + column] = sum + this.mean[column]!;
      }
    }
    return typed(out, [rows, features], table, this.components.single);
  }

  /** The log-likelihood of each row under the probabilistic model. */
  protected doScoreSamples(X: NdArray | Csr): NdArray {
    this.model ??= gaussianModel(this.state, this.components, this.mean);
    const dense = X instanceof Csr ? X.toDense() : X;
    const [rows] = dense.shape as readonly [number, number];
    return typed(scoreRows(this.model, dense.toFloat64(), rows), [rows], X, this.components.single);
  }
}

function whitening(state: State, components: number): Float64Array {
  const least = state.version.atLeast(1, 5) ? 2 ** -52 : 0;
  return state.floats("explained_variance_", [components]).map((variance) => Math.max(Math.sqrt(variance), least));
}

function centered(X: NdArray, mean: Float64Array, columns: number): NdArray {
  const data = X.data as Float64Array | Float32Array;
  return NdArray.of(
    data.map((value, at) => value - mean[at % columns]!),
    X.shape,
  );
}

/** TruncatedSVD: components without a mean. */
export class TruncatedSVD extends FittedPCA {
  constructor(state: State) {
    super(state, false);
  }
}
