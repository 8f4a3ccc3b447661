/** @module Estimators that answer with their nearest training rows (`sklearn.neighbors`). */

import { type Csr, dtypeName, NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules, type Neighbors } from "../base/estimator.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { interleave } from "../tree/forest.ts";
import { NeighborSearch } from "./search.ts";

/** What all of them share. */
export class NeighborsEstimator extends Estimator {
  protected readonly search: NeighborSearch;
  protected readonly k: number;

  constructor(state: State) {
    super(state);
    this.search = new NeighborSearch(state);
    this.k = state.integer("n_neighbors", 5, 1);
    this.n_features_in_ ??= this.search.features;
    if (this.n_features_in_ !== this.search.features)
      state.fail("_fit_X", `has ${this.search.features} columns for ${this.n_features_in_} features`);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: this.search.missing, sparse: true };
  }
  override task(): "classification" | "regression" | "other" {
    if (this.classes_ !== undefined) return "classification";
    return this.offers("predict") ? "regression" : "other";
  }

  protected doKneighbors(X: NdArray | Csr, k = this.k): Neighbors {
    return this.search.neighbors(X, k);
  }
}

/** How much each neighbour counts: all the same, or the inverse of its distance. */
function readWeighting(state: State): "uniform" | "distance" {
  const weights = state.plain("weights");
  if (weights === null || weights === "uniform") return "uniform";
  if (weights === "distance") return "distance";
  const path = state.at("weights");
  throw estimatorError("E_UNSUPPORTED", `'${path}' is a function of the user's own, which is not supported`, { path });
}

/** Weights of one row's neighbours; a neighbour at distance 0 leaves the others none (`_get_weights`). */
function weightsOf(distances: Float64Array, from: number, k: number, weighting: "uniform" | "distance"): Float64Array {
  if (weighting === "uniform") return new Float64Array(k).fill(1);
  const weights = Float64Array.from({ length: k }, (_, at) => 1 / distances[from + at]!);
  return weights.includes(Number.POSITIVE_INFINITY)
    ? weights.map((weight) => (weight === Number.POSITIVE_INFINITY ? 1 : 0))
    : weights;
}

/** Targets of training, `[rows, outputs]`. */
function readTargets(
  state: State,
  count: number,
): { readonly data: Float64Array; readonly outputs: number; readonly flat: boolean; readonly single: boolean } {
  const array = state.array("_y");
  if (array.shape[0] !== count || array.ndim > 2) state.fail("_y", `does not have ${count} rows`);
  const outputs = array.ndim === 2 ? array.shape[1]! : 1;
  return { data: array.toFloat64(), outputs, flat: array.ndim === 1, single: dtypeName(array.dtype) === "float32" };
}

/** KNeighborsRegressor: the mean of the neighbours' targets. */
export class KNeighborsRegressor extends NeighborsEstimator {
  private readonly targets: ReturnType<typeof readTargets>;
  private readonly weighting: "uniform" | "distance";

  constructor(state: State) {
    super(state);
    this.targets = readTargets(state, this.search.count);
    this.weighting = readWeighting(state);
  }

  override outputs(): number {
    return this.targets.outputs;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const { distances, indices } = this.search.nearest(X, this.k);
    const { data, outputs, flat } = this.targets;
    const rows = X.shape[0]!;
    // numpy takes the mean of float32 targets in float32, their weighted sum in doubles.
    const single = this.targets.single && this.weighting === "uniform";
    const round = single ? Math.fround : (value: number) => value;
    const out = single ? new Float32Array(rows * outputs) : new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      const weights = weightsOf(distances, row * this.k, this.k, this.weighting);
      const total = sumOf(weights, 0, this.k);
      for (let output = 0; output < outputs; output++) {
        let sum = 0;
        for (let at = 0; at < this.k; at++)
          sum = round(sum + data[indices[row * this.k + at]! * outputs + output]! * weights[at]!);
        out[row * outputs + output] = sum / total;
      }
    }
    return NdArray.of(out, flat ? [rows] : [rows, outputs]);
  }
}

/** KNeighborsClassifier: the shares of the neighbours' labels; with one output or several. */
export class KNeighborsClassifier extends NeighborsEstimator {
  override readonly classes_: NdArray | readonly NdArray[];
  private readonly lists: readonly NdArray[];
  private readonly targets: ReturnType<typeof readTargets>;
  private readonly weighting: "uniform" | "distance";

  constructor(state: State) {
    super(state);
    this.targets = readTargets(state, this.search.count);
    this.weighting = readWeighting(state);
    const several = state.boolean("outputs_2d_", false);
    this.lists = several
      ? state.list("classes_").map((value) => {
          const list = state.context.value(value);
          return list instanceof NdArray ? list : state.fail("classes_", "must hold lists of labels");
        })
      : [state.array("classes_", [undefined])];
    this.classes_ = several ? this.lists : this.lists[0]!;
    const { data, outputs } = this.targets;
    if (outputs !== this.lists.length)
      state.fail("_y", `has ${outputs} columns for ${this.lists.length} lists of labels`);
    if (data.some((code, at) => !(code >= 0 && code < this.lists[at % outputs]!.size)))
      state.fail("_y", "holds a code that no label has");
  }

  /** The shares of the labels of one output, `[rows, classes]`; every output shares the neighbours. */
  private shares(distances: Float64Array, indices: Int32Array, rows: number, output: number): Float64Array {
    const { data, outputs } = this.targets;
    const classes = this.lists[output]!.size;
    const out = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      const weights = weightsOf(distances, row * this.k, this.k, this.weighting);
      for (let at = 0; at < this.k; at++)
        out[row * classes + data[indices[row * this.k + at]! * outputs + output]!]! += weights[at]!;
    }
    return out;
  }

  private allShares(X: NdArray | Csr): Float64Array[] {
    const { distances, indices } = this.search.nearest(X, this.k);
    return this.lists.map((_, output) => this.shares(distances, indices, X.shape[0]!, output));
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const columns = this.allShares(X).map((shares, output) => {
      const list = this.lists[output]!;
      return takeLabels(list, argmaxRows(shares, rows, list.size));
    });
    return this.classes_ instanceof NdArray ? columns[0]! : interleave(columns, rows);
  }

  protected doPredictProba(X: NdArray | Csr): NdArray | NdArray[] {
    const rows = X.shape[0]!;
    const tables = this.allShares(X).map((shares, output) => {
      const classes = this.lists[output]!.size;
      for (let row = 0; row < rows; row++) {
        const sum = sumOf(shares, row * classes, classes) || 1;
        for (let at = 0; at < classes; at++) shares[row * classes + at]! /= sum;
      }
      return NdArray.of(shares, [rows, classes]);
    });
    return this.classes_ instanceof NdArray ? tables[0]! : tables;
  }
}
