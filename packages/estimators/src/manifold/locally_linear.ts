/** @module LocallyLinearEmbedding: rows as weighted means of their neighbours, embedded (`sklearn.manifold._locally_linear`). */

import { NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import type { Matrix, State } from "../base/state.ts";
import { cholesky } from "../base/symmetric.ts";
import { solveCholesky } from "../base/triangular.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import type { NeighborsEstimator } from "../neighbors/neighbors.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { readNeighbors } from "./isomap.ts";

/** New rows by the weights that make them of their neighbours. */
export class LocallyLinearEmbedding extends NumericTransformer {
  private readonly neighbors: NeighborsEstimator;
  private readonly trained: Matrix;
  /** `[training rows, components]` */
  private readonly embedding: Float64Array;
  private readonly components: number;
  private readonly k: number;
  private readonly regularization: number;

  constructor(state: State) {
    super(state);
    this.neighbors = readNeighbors(state);
    const { count, n_features_in_: features } = this.neighbors;
    agreeOnFeatures(this, state, features!, "nbrs_");
    this.trained = state.child("nbrs_").matrix("_fit_X", count, features);
    const { data, columns } = state.matrix("embedding_", count);
    this.embedding = data;
    this.components = columns;
    this.k = state.integer("n_neighbors", 5, 1, count);
    this.regularization = state.number("reg", 1e-3);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  protected doTransform(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const { components, k } = this;
    const near = this.neighbors.kneighbors(X, k).indices.toFloat64();
    const table = X.toFloat64();
    const features = this.trained.columns;
    const out = new Float64Array(rows * components);
    for (let row = 0; row < rows; row++) {
      const indices = near.subarray(row * k, (row + 1) * k);
      const weights = this.weights(table.subarray(row * features, (row + 1) * features), indices);
      for (let at = 0; at < k; at++)
        for (let c = 0; c < components; c++)
          out[row * components + c]! += weights[at]! * this.embedding[indices[at]! * components + c]!;
    }
    return NdArray.of(out, [rows, components]);
  }

  /** Weights of sum 1 whose mean of the neighbours is nearest to the row (`barycenter_weights`). */
  private weights(row: Float64Array, indices: Float64Array): Float64Array {
    const { k, trained } = this;
    const { data, columns } = trained;
    const offsets = new Float64Array(k * columns);
    for (let at = 0; at < k; at++)
      for (let c = 0; c < columns; c++) offsets[at * columns + c] = data[indices[at]! * columns + c]! - row[c]!;
    const gram = new Float64Array(k * k);
    let trace = 0;
    for (let i = 0; i < k; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let c = 0; c < columns; c++) sum += offsets[i * columns + c]! * offsets[j * columns + c]!;
        gram[i * k + j] = sum;
      }
      trace += gram[i * k + i]!;
    }
    const lift = trace > 0 ? this.regularization * trace : this.regularization;
    for (let i = 0; i < k; i++) gram[i * k + i]! += lift;
    const lower = cholesky(gram, k);
    if (lower === undefined) {
      const path = this.state.at("reg");
      throw estimatorError("E_STATE", `'${path}' is too small: a row's neighbours depend on each other`, { path });
    }
    const weights = new Float64Array(k).fill(1);
    solveCholesky(lower, k, weights, 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  }
}
