/** @module LabelPropagation and LabelSpreading: labels spread to rows that are alike (`sklearn.semi_supervised`). */

import { Csr, NdArray } from "@curtido/arrays";
import { squaredDistances, squaredNorms } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import { exp, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { KNeighborsEstimator } from "../neighbors/neighbors.ts";

/** Both: the label distributions of training, weighted by likeness or summed over the nearest rows. */
export class LabelPropagation extends Classifier {
  private readonly rows: Float64Array;
  private readonly count: number;
  private readonly norms: Float64Array;
  /** `[training rows, classes]` */
  private readonly distributions: Float64Array;
  private readonly gamma: number;
  private readonly neighbors: KNeighborsEstimator | undefined;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("X_");
    agreeOnFeatures(this, state, columns, "X_");
    this.rows = data;
    this.count = rows;
    this.norms = new Float64Array(rows);
    squaredNorms(data, rows, columns, this.norms);
    this.distributions = state.matrix("label_distributions_", rows, this.classes_.size).data;
    const kernel = state.oneOf("kernel", ["rbf", "knn"], "rbf");
    this.gamma = state.given("gamma") ? state.number("gamma") : 1 / columns;
    this.neighbors = kernel === "knn" ? readNeighbors(state, rows) : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }
  override offers(method: Method): boolean {
    // scikit-learn has no logarithm here.
    return method !== "predictLogProba" && super.offers(method);
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const classes = this.classes_.size;
    const out = this.neighbors === undefined ? this.byLikeness(X) : this.byNeighbors(X, this.neighbors);
    for (let row = 0; row < rows; row++) {
      const total = sumOf(out, row * classes, classes);
      for (let k = 0; k < classes; k++) out[row * classes + k]! /= total;
    }
    return NdArray.of(out, [rows, classes]);
  }

  private byLikeness(X: NdArray | Csr): Float64Array {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const [rows, features] = X.shape as readonly [number, number];
    const classes = this.classes_.size;
    const norms = new Float64Array(rows);
    squaredNorms(table, rows, features, norms);
    const distances = new Float64Array(rows * this.count);
    squaredDistances(table, norms, rows, this.rows, this.norms, this.count, features, distances);
    const out = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < this.count; at++) {
        const weight = exp(-this.gamma * distances[row * this.count + at]!);
        for (let k = 0; k < classes; k++) out[row * classes + k]! += weight * this.distributions[at * classes + k]!;
      }
    }
    return out;
  }

  private byNeighbors(X: NdArray | Csr, neighbors: KNeighborsEstimator): Float64Array {
    const { indices } = neighbors.kneighbors(X);
    const [rows, k] = indices.shape as readonly [number, number];
    const found = indices.toFloat64();
    const classes = this.classes_.size;
    const out = new Float64Array(rows * classes);
    for (let at = 0; at < found.length; at++) {
      const row = Math.floor(at / k);
      for (let j = 0; j < classes; j++) out[row * classes + j]! += this.distributions[found[at]! * classes + j]!;
    }
    return out;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    return this.labelsOf(this.doPredictProba(X));
  }
}

function readNeighbors(state: State, rows: number): KNeighborsEstimator {
  const neighbors = state.estimator("nn_fit");
  if (!(neighbors instanceof KNeighborsEstimator)) return state.fail("nn_fit", "must be NearestNeighbors");
  return neighbors.count === rows ? neighbors : state.fail("nn_fit", `has ${neighbors.count} rows, not ${rows}`);
}
