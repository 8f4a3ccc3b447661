/** @module CategoricalNB: the logarithms of each category's probability add up (`sklearn.naive_bayes`). */

import type { NdArray } from "@curtido/arrays";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import type { Matrix, State } from "../base/state.ts";
import { NaiveBayes } from "./naive_bayes.ts";

/** CategoricalNB: features are category numbers from 0. */
export class CategoricalNB extends NaiveBayes {
  /** Per feature the logarithms by class and category, `[classes, categories]`. */
  private readonly tables: readonly Matrix[];
  private readonly priors: Float64Array;

  constructor(state: State) {
    super(state);
    const classes = this.classes_.size;
    this.priors = state.floats("class_log_prior_", [classes]);
    this.tables = state.arrays("feature_log_prob_", [classes, undefined]).map((array, at) => ({
      data: state.floatsFrom(array, `feature_log_prob_[${at}]`),
      rows: classes,
      columns: array.shape[1]!,
    }));
    this.n_features_in_ ??= this.tables.length;
    if (this.tables.length !== this.n_features_in_)
      state.fail("feature_log_prob_", `holds ${this.tables.length} tables for ${this.n_features_in_} features`);
  }

  protected joint(X: NdArray): Float64Array {
    const classes = this.classes_.size;
    const [rows, features] = X.shape as readonly [number, number];
    const data = X.toFloat64();
    const out = new Float64Array(rows * classes);
    const problems: FeatureProblem[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < features; column++) {
        const { data: logs, columns } = this.tables[column]!;
        // Python casts to int, which cuts a fraction off.
        const category = Math.trunc(data[row * features + column]!);
        if (!(category >= 0 && category < columns)) {
          if (problems.length < MOST_PROBLEMS) problems.push(this.problem(row, column, columns, category));
          continue;
        }
        for (let k = 0; k < classes; k++) out[row * classes + k]! += logs[k * columns + category]!;
      }
      for (let k = 0; k < classes; k++) out[row * classes + k]! += this.priors[k]!;
    }
    if (problems.length > 0) throw featureError(problems);
    return out;
  }

  private problem(row: number, column: number, categories: number, found: number): FeatureProblem {
    const feature = this.featureName(column);
    return { row, feature, detail: `'${feature}' must be a category from 0 to ${categories - 1}, not ${found}` };
  }
}
