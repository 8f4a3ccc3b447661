/** @module IterativeImputer: missing values as regressors of the other features predict them (`sklearn.impute._iterative`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Instance, Tuple } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import type { State } from "../base/state.ts";
import { MissingIndicator } from "./simple.ts";

/** One step: a feature, the features that it is predicted from, and the regressor; by their positions among those kept. */
interface Step {
  readonly feature: number;
  readonly neighbors: Int32Array;
  readonly estimator: Estimator;
}

/** Goes through the regressors of training in their order, each time with what the ones before found. */
export class IterativeImputer extends Estimator {
  private readonly initial: Estimator;
  private readonly steps: readonly Step[];
  private readonly kept: readonly number[];
  private readonly empty: Uint8Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly marker: number;
  private readonly keepEmpty: boolean;
  private readonly indicator: MissingIndicator | undefined;

  constructor(state: State) {
    super(state);
    if (state.boolean("sample_posterior", false)) {
      const path = state.at("sample_posterior");
      throw estimatorError("E_UNSUPPORTED", `'${path}' draws values by lot, which cannot be repeated`, { path });
    }
    this.initial = state.estimator("initial_imputer_");
    const filled = state.child("initial_imputer_");
    // Constants to fill with are objects.
    const statistics = Float64Array.from(filled.array("statistics_", [undefined]).flat(), (value) =>
      typeof value === "number" ? value : filled.fail("statistics_", "must hold real numbers"),
    );
    const width = (this.n_features_in_ ??= statistics.length);
    state.checkExtents("initial_imputer_", [statistics.length], [width]);
    const marker = state.plain("missing_values");
    this.marker = typeof marker === "number" ? marker : Number.NaN;
    this.keepEmpty = state.boolean("keep_empty_features", false);
    this.empty = readEmpty(state, statistics);
    this.kept = Array.from(statistics.keys()).filter((column) => this.keepEmpty || this.empty[column] === 0);
    const active = state.integer("n_iter_") > 0;
    this.steps = active ? readSteps(state, this.kept.length) : [];
    this.low = readLimits(state, "_min_value", active, this.kept.length, Number.NEGATIVE_INFINITY);
    this.high = readLimits(state, "_max_value", active, this.kept.length, Number.POSITIVE_INFINITY);
    const indicator = state.given("indicator_") ? state.estimator("indicator_") : undefined;
    this.indicator = indicator instanceof MissingIndicator ? indicator : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: Number.isNaN(this.marker), sparse: false };
  }

  protected doTransform(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const width = this.n_features_in_!;
    const given = X.toFloat64();
    const lacks = (row: number, column: number) => {
      const value = given[row * width + column]!;
      return Number.isNaN(this.marker) ? Number.isNaN(value) : value === this.marker;
    };
    const filled = this.fillAtFirst(X, rows);
    const missing = this.kept.map((column) =>
      Uint8Array.from({ length: rows }, (_, row) => (this.isImputed(column) && lacks(row, column) ? 1 : 0)),
    );
    // Releases from 1.2 to 1.5 took every value for missing when they kept empty features, and then changed nothing.
    const idle = this.keepEmpty && !this.version.atLeast(1, 6);
    if (!idle && missing.some((column) => column.includes(0))) this.imputeAll(filled, missing, rows);
    const out = X.data instanceof Float32Array ? Float32Array.from(filled) : filled;
    const table = NdArray.of(out, [rows, this.kept.length]);
    if (this.indicator === undefined) return table;
    const marks = Array.from({ length: width }, (_, column) =>
      Uint8Array.from({ length: rows }, (_, row) => (lacks(row, column) ? 1 : 0)),
    );
    return hstack([table, this.indicator.indicate({ missing: marks, rows })], rows) as NdArray;
  }

  /** Whether regressors fill a feature: not those that training never saw. */
  private isImputed(column: number): boolean {
    return this.empty[column] === 0;
  }

  private fillAtFirst(X: NdArray, rows: number): Float64Array {
    const answer = this.initial.transformed(X) as NdArray | Csr;
    const table = (answer instanceof Csr ? answer.toDense() : answer).toFloat64().slice();
    const { length } = this.kept;
    if (table.length === rows * length) return table;
    // Up to 1.7 the first imputation kept empty features when it filled with a constant.
    const width = this.n_features_in_!;
    if (table.length !== rows * width) throw estimatorError("E_STATE", "the first imputation gives other features");
    return Float64Array.from(
      { length: rows * length },
      (_, at) => table[Math.floor(at / length) * width + this.kept[at % length]!]!,
    );
  }

  /** Every row on its own: what it lacks is predicted, feature by feature. */
  private imputeAll(filled: Float64Array, missing: readonly Uint8Array[], rows: number): void {
    const width = this.kept.length;
    for (const { feature, neighbors, estimator } of this.steps) {
      const asked = Array.from({ length: rows }, (_, row) => row).filter((row) => missing[feature]![row] === 1);
      if (asked.length === 0) continue;
      const table = new Float64Array(asked.length * neighbors.length);
      asked.forEach((row, at) =>
        neighbors.forEach((column, k) => (table[at * neighbors.length + k] = filled[row * width + column]!)),
      );
      const answers = estimator.predict(NdArray.of(table, [asked.length, neighbors.length])).toFloat64();
      asked.forEach((row, at) => {
        const value = Math.min(Math.max(answers[at]!, this.low[feature]!), this.high[feature]!);
        filled[row * width + feature] = value;
      });
    }
  }
}

/** 1 for features without any value in training; before 1.6 they are those without a statistic. */
function readEmpty(state: State, statistics: Float64Array): Uint8Array {
  if (!state.has("_is_empty_feature")) return Uint8Array.from(statistics, (value) => (Number.isNaN(value) ? 1 : 0));
  return Uint8Array.from(state.floats("_is_empty_feature", [statistics.length]));
}

function readSteps(state: State, width: number): readonly Step[] {
  return state.list("imputation_sequence_").map((value, at): Step => {
    const place = `imputation_sequence_[${at}]`;
    const parts = value instanceof Instance ? value.args : value instanceof Tuple ? value.items : [];
    if (parts.length !== 3) return state.fail(place, "must be a feature, its neighbours and an estimator");
    const [feature, neighbors, estimator] = parts;
    const position = Number(state.arrayFrom(feature, place).item(0));
    const columns = Int32Array.from(state.floatsFrom(neighbors, place, [undefined]));
    if ([position, ...columns].some((column) => !(Number.isInteger(column) && column >= 0 && column < width)))
      state.fail(place, "names a feature that is not there");
    return { feature: position, neighbors: columns, estimator: state.estimatorFrom(estimator, place) };
  });
}

/** A limit per feature; before 0.23 there was one for all of them. */
function readLimits(state: State, name: string, active: boolean, width: number, open: number): Float64Array {
  if (!active) return new Float64Array(width).fill(open);
  const limits = state.floats(name);
  if (limits.length === 1) return new Float64Array(width).fill(limits[0]!);
  return limits.length >= width ? limits : state.fail(name, `does not hold ${width} numbers`);
}
