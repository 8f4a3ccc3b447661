/** @module KNNImputer: missing values from the rows of training that are most alike (`sklearn.impute._knn`). */

import { NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { type Metric, readMetric } from "../neighbors/metrics.ts";
import { partitioned } from "../neighbors/nearest.ts";
import { readWeighting, type Weighting, weightsOf } from "../neighbors/targets.ts";
import { MissingIndicator } from "./simple.ts";

/** A column's rows of training that have a value, and their mean. */
interface Donors {
  readonly rows: Int32Array;
  readonly mean: number;
}

/** Replaces a missing value by the mean of its column among the nearest rows of training that have one. */
export class KNNImputer extends Estimator {
  /** Rows of training, NaN where a value is missing. */
  private readonly rows: Float64Array;
  private readonly count: number;
  private readonly width: number;
  private readonly donors: readonly Donors[];
  private readonly metric: Metric;
  private readonly k: number;
  private readonly weighting: Weighting;
  /** What stands for a missing value. */
  private readonly marker: number;
  private readonly keepEmpty: boolean;
  private readonly indicator: MissingIndicator | undefined;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("_fit_X", undefined, this.n_features_in_);
    this.n_features_in_ ??= columns;
    const marker = state.plain("missing_values");
    this.marker = typeof marker === "number" ? marker : Number.NaN;
    this.rows = this.marked(data);
    this.count = rows;
    this.width = columns;
    this.donors = Array.from({ length: columns }, (_, column) => this.readDonors(column));
    state.oneOf("metric", ["nan_euclidean"]);
    this.metric = readMetric(state, columns, "metric", "metric_params");
    this.k = state.integer("n_neighbors", 5, 1);
    this.weighting = readWeighting(state);
    this.keepEmpty = state.boolean("keep_empty_features", false);
    const indicator = state.given("indicator_") ? state.estimator("indicator_") : undefined;
    this.indicator = indicator instanceof MissingIndicator ? indicator : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: Number.isNaN(this.marker), sparse: false };
  }

  /** The same numbers with NaN where a value is missing. */
  private marked(data: Float64Array): Float64Array {
    const { marker } = this;
    return Number.isNaN(marker) ? data : data.map((value) => (value === marker ? Number.NaN : value));
  }

  private readDonors(column: number): Donors {
    const rows: number[] = [];
    const known = new Float64Array(this.count);
    for (let row = 0; row < this.count; row++) {
      const value = this.rows[row * this.width + column]!;
      if (Number.isNaN(value)) continue;
      rows.push(row);
      known[row] = value;
    }
    return { rows: Int32Array.from(rows), mean: rows.length === 0 ? 0 : sumOf(known) / rows.length };
  }

  protected doTransform(X: NdArray): NdArray {
    const { width, donors, keepEmpty } = this;
    const rows = X.shape[0]!;
    const given = this.marked(X.toFloat64());
    const filled = given.slice();
    for (let row = 0; row < rows; row++) this.fillRow(given, filled, row);
    const kept = Array.from(donors.keys()).filter((column) => keepEmpty || donors[column]!.rows.length > 0);
    const single = X.data instanceof Float32Array;
    const out = new (single ? Float32Array : Float64Array)(rows * kept.length);
    for (let row = 0; row < rows; row++)
      kept.forEach((column, at) => {
        out[row * kept.length + at] = donors[column]!.rows.length === 0 ? 0 : filled[row * width + column]!;
      });
    const table = NdArray.of(out, [rows, kept.length]);
    return this.withIndicator(table, given, rows);
  }

  private fillRow(given: Float64Array, filled: Float64Array, row: number): void {
    const { width, donors, metric } = this;
    const from = row * width;
    let distances: Float64Array | undefined;
    for (let column = 0; column < width; column++) {
      if (!Number.isNaN(given[from + column]!) || donors[column]!.rows.length === 0) continue;
      distances ??= Float64Array.from({ length: this.count }, (_, at) =>
        metric.toDistance(metric.reduced(given, from, this.rows, at * width, width)),
      );
      filled[from + column] = this.impute(distances, column);
    }
  }

  /** The mean of a column among the nearest donors; of all of them when no distance is known. */
  private impute(all: Float64Array, column: number): number {
    const { rows, mean } = this.donors[column]!;
    const distances = Float64Array.from(rows, (row) => all[row]!);
    if (distances.every(Number.isNaN)) return mean;
    const nearest = partitioned(distances, Math.min(this.k, rows.length));
    const near = Float64Array.from(nearest, (at) => distances[at]!);
    const weights = weightsOf(near, 0, near.length, this.weighting);
    // Up to 1.5 a donor at an unknown distance counted like the others, unless distances were the weights.
    if (this.weighting === "distance" || this.version.atLeast(1, 6))
      for (let at = 0; at < weights.length; at++) if (Number.isNaN(near[at]!)) weights[at] = 0;
    const terms = weights.map((weight, at) => weight * this.rows[rows[nearest[at]!]! * this.width + column]!);
    return sumOf(terms) / sumOf(weights);
  }

  private withIndicator(table: NdArray, given: Float64Array, rows: number): NdArray {
    if (this.indicator === undefined) return table;
    const missing = Array.from({ length: this.width }, (_, column) =>
      Uint8Array.from({ length: rows }, (_, row) => (Number.isNaN(given[row * this.width + column]!) ? 1 : 0)),
    );
    // Up to 1.2 rows that lack nothing were given no indicator.
    if (!this.version.atLeast(1, 3) && missing.every((column) => !column.includes(1))) return table;
    return hstack([table, this.indicator.indicate({ missing, rows })], rows) as NdArray;
  }
}
