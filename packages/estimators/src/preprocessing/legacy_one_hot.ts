/** @module OneHotEncoder of whole numbers, as it was before 0.20 and still could be up to 0.22 (`sklearn.preprocessing.data`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator } from "../base/estimator.ts";
import type { State } from "../base/state.ts";

/** More outputs than any file needs. */
const MOST_OUTPUTS = 2 ** 28;

/** Each number below a limit a column of its own, of those that training saw; other features follow as they are. */
export class LegacyOneHotEncoder extends Estimator {
  /** How many numbers each encoded feature may have. */
  private readonly limits: Int32Array;
  private readonly offsets: Int32Array;
  /** From a number's place among all to its output, or -1. */
  private readonly outputs_: Int32Array;
  private readonly width: number;
  /** Which features are encoded; all of them when it is not said. */
  private readonly selected: readonly number[] | undefined;
  private readonly sparse: boolean;
  private readonly ignores: boolean;

  constructor(state: State) {
    super(state);
    this.limits = state.integers(state.named("n_values_", "_n_values_"), [undefined]);
    const count = this.limits.length;
    this.offsets = state.integers(state.named("feature_indices_", "_feature_indices_"), [count + 1], 0, MOST_OUTPUTS);
    this.limits.forEach((limit, at) => {
      if (this.offsets[at]! + limit !== this.offsets[at + 1]!)
        state.fail(state.named("feature_indices_", "_feature_indices_"), "does not add the numbers of values up");
    });
    const total = this.offsets[count]!;
    this.outputs_ = Int32Array.from({ length: total }, (_, at) => at);
    const active = state.named("active_features_", "_active_features_");
    this.width = state.has(active) ? this.keepOnly(state.integers(active, [undefined], 0, total - 1)) : total;
    this.selected = readSelected(state, count);
    this.n_features_in_ ??= this.selected === undefined ? count : maskLength(state);
    this.sparse = state.boolean("sparse", true);
    this.ignores = state.oneOf("handle_unknown", ["error", "ignore"], "error") === "ignore";
  }

  private keepOnly(active: Int32Array): number {
    this.outputs_.fill(-1);
    active.forEach((place, output) => (this.outputs_[place] = output));
    return active.length;
  }

  protected doTransform(X: NdArray): NdArray | Csr {
    const [rows, columns] = X.shape as readonly [number, number];
    const data = X.toFloat64();
    const chosen = this.selected ?? Array.from({ length: columns }, (_, k) => k);
    this.checkColumns(chosen, columns);
    const encoded = new Set(chosen);
    const others = Array.from({ length: columns }, (_, k) => k).filter((column) => !encoded.has(column));
    const width = this.width + others.length;
    const cells: number[] = [];
    const values: number[] = [];
    const indptr = new Int32Array(rows + 1);
    const problems: FeatureProblem[] = [];
    for (let row = 0; row < rows; row++) {
      chosen.forEach((column, at) => {
        const output = this.outputOf(data[row * columns + column]!, at, row, column, problems);
        if (output < 0) return;
        cells.push(output);
        values.push(1);
      });
      others.forEach((column, at) => {
        cells.push(this.width + at);
        values.push(data[row * columns + column]!);
      });
      indptr[row + 1] = cells.length;
    }
    if (problems.length > 0) throw featureError(problems.slice(0, MOST_PROBLEMS));
    const table = new Csr([rows, width], indptr, Int32Array.from(cells), Float64Array.from(values));
    return this.sparse ? table : table.toDense();
  }

  /** The output of a value, or -1. */
  private outputOf(value: number, at: number, row: number, column: number, problems: FeatureProblem[]): number {
    const whole = Math.trunc(value);
    const feature = this.featureName(column);
    if (whole < 0) problems.push({ row, feature, detail: `'${feature}' must not be negative, found ${value}` });
    else if (whole < this.limits[at]!) return this.outputs_[this.offsets[at]! + whole]!;
    else if (!this.ignores)
      problems.push({ row, feature, detail: `'${feature}' must be below ${this.limits[at]}, found ${value}` });
    return -1;
  }

  private checkColumns(chosen: readonly number[], columns: number): void {
    if (chosen.length === this.limits.length && chosen.every((column) => column < columns)) return;
    const least = chosen.reduce((most, column) => Math.max(most, column + 1), this.limits.length);
    throw featureError([{ detail: `OneHotEncoder expects at least ${least} features per row, found ${columns}` }]);
  }
}

/** The features that are encoded, in order. */
function readSelected(state: State, count: number): readonly number[] | undefined {
  const name = state.named("categorical_features", "_categorical_features");
  if (!state.given(name) || state.plain(name) === "all") return undefined;
  const values = state.list(name);
  const chosen = isMask(values)
    ? values.flatMap((value, at) => (value === true ? [at] : []))
    : [...new Set(state.integers(name, [undefined], 0, MOST_OUTPUTS))].sort((a, b) => a - b);
  return chosen.length === count ? chosen : state.fail(name, `names ${chosen.length} features, not ${count}`);
}

/** A mask says how many features there are. */
function maskLength(state: State): number | undefined {
  const mask = state.list(state.named("categorical_features", "_categorical_features"));
  return isMask(mask) ? mask.length : undefined;
}

function isMask(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "boolean");
}
