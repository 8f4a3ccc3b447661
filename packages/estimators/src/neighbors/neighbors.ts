/** @module Estimators that answer with their nearest training rows (`sklearn.neighbors`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules, type Neighbors, type RadiusNeighbors } from "../base/estimator.ts";
import { argmaxRows, labelTable, takeLabels } from "../base/labels.ts";
import { sumOf } from "../base/math.ts";
import type { Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { NeighborSearch } from "./search.ts";
import {
  type NeighborTargets,
  readLabelLists,
  readTargets,
  readWeighting,
  type Weighting,
  weightsOf,
} from "./targets.ts";

/** What all of them share: the training rows. */
export abstract class NeighborsEstimator extends Estimator {
  protected readonly search: NeighborSearch;

  constructor(state: State) {
    super(state);
    this.search = new NeighborSearch(state);
    this.n_features_in_ ??= this.search.features;
    if (this.n_features_in_ !== this.search.features)
      state.fail("_fit_X", `has ${this.search.features} columns for ${this.n_features_in_} features`);
  }

  /** How many rows training had. */
  get count(): number {
    return this.search.count;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: this.search.missing, sparse: true };
  }
  override task(): Signature["task"] {
    if (this.classes_ !== undefined) return "classification";
    if (this.offers("predict")) return "regression";
    return this.offers("transform") ? "transformation" : "other";
  }
}

/** Those that look for a number of neighbours. */
export class KNeighborsEstimator extends NeighborsEstimator {
  protected readonly k: number;

  constructor(state: State) {
    super(state);
    // Isomap looks by number or by radius, and leaves the other one None.
    this.k = state.given("n_neighbors") ? state.integer("n_neighbors", 5, 1) : 5;
  }

  protected doKneighbors(X: NdArray | Csr, k = this.k): Neighbors {
    return this.search.neighbors(X, k);
  }
}

/** NearestNeighbors: a number of neighbours, or all within a radius. */
export class NearestNeighbors extends KNeighborsEstimator {
  private readonly radius: number;

  constructor(state: State) {
    super(state);
    this.radius = state.given("radius") ? state.number("radius") : 1;
  }

  protected doRadiusNeighbors(X: NdArray | Csr, radius = this.radius): RadiusNeighbors {
    return this.search.radiusNeighbors(X, radius);
  }
}

/** KNeighborsRegressor: the mean of the neighbours' targets. */
export class FittedKNeighborsRegressor extends KNeighborsEstimator {
  private readonly targets: NeighborTargets;
  private readonly weighting: Weighting;

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
    const products = new Float64Array(this.k);
    const out = single ? new Float32Array(rows * outputs) : new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      const weights = weightsOf(distances, row * this.k, this.k, this.weighting);
      const total = sumOf(weights, 0, this.k);
      for (let output = 0; output < outputs; output++) {
        const value = (at: number) => data[indices[row * this.k + at]! * outputs + output]! * weights[at]!;
        let sum = 0;
        if (this.weighting === "uniform") for (let at = 0; at < this.k; at++) sum = round(sum + value(at));
        else {
          for (let at = 0; at < this.k; at++) products[at] = value(at);
          sum = sumOf(products, 0, this.k);
        }
        out[row * outputs + output] = sum / total;
      }
    }
    return NdArray.of(out, flat ? [rows] : [rows, outputs]);
  }
}

/** KNeighborsClassifier: the shares of the neighbours' labels; with one output or several. */
export class FittedKNeighborsClassifier extends KNeighborsEstimator {
  override readonly classes_: NdArray | readonly NdArray[];
  private readonly lists: readonly NdArray[];
  private readonly targets: NeighborTargets;
  private readonly weighting: Weighting;

  constructor(state: State) {
    super(state);
    this.targets = readTargets(state, this.search.count);
    this.weighting = readWeighting(state);
    const { several, lists } = readLabelLists(state, this.targets);
    this.lists = lists;
    this.classes_ = several ? lists : lists[0]!;
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
    return this.classes_ instanceof NdArray ? columns[0]! : labelTable(columns, rows);
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
