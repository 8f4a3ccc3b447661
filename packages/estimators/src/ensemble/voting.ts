/** @module Voting: several estimators answer, the majority or the mean counts (`sklearn.ensemble._voting`). */

import { NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { Classifier } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { type Downstream, type FeatureShape, mergeFeatures } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "./adaboost.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };

/** The weights of the estimators that were not dropped; `undefined` for equal ones. */
function readWeights(state: State, count: number): Float64Array | undefined {
  if (!state.given("weights")) return undefined;
  const all = state.floats("weights");
  const kept = state.list("estimators").map((item) => {
    const value = item instanceof Tuple ? item.items[1] : item;
    return value !== null && value !== "drop";
  });
  const weights = all.filter((_, at) => kept[at] ?? true);
  return weights.length === count
    ? weights
    : state.fail("weights", `holds ${weights.length} weights for ${count} estimators`);
}

/** The mean of tables of one shape, weighted or not, as `numpy.average` computes it. */
export function weightedMean(tables: readonly Float64Array[], weights: Float64Array | undefined): Float64Array {
  const out = new Float64Array(tables[0]!.length);
  tables.forEach((table, at) => {
    const weight = weights?.[at];
    if (weight === undefined) for (let cell = 0; cell < out.length; cell++) out[cell]! += table[cell]!;
    else for (let cell = 0; cell < out.length; cell++) out[cell]! += table[cell]! * weight;
  });
  const total = weights === undefined ? tables.length : weights.reduce((sum, weight) => sum + weight, 0);
  return out.map((value) => value / total);
}

/** Answers side by side, a column for each that is a list. */
function sideBySide(answers: readonly NdArray[], rows: number): NdArray {
  return hstack(
    answers.map((answer) => (answer.ndim === 1 ? answer.reshape([rows, 1]) : answer)),
    rows,
  ) as NdArray;
}

/** VotingClassifier: labels by majority (`hard`) or by mean probability (`soft`). */
export class VotingClassifier extends Classifier {
  private readonly estimators: readonly Estimator[];
  private readonly weights: Float64Array | undefined;
  private readonly soft: boolean;
  private readonly flatten: boolean;

  constructor(state: State) {
    super(state, state.has("classes_") ? state.array("classes_") : state.child("le_").array("classes_"));
    this.estimators = readEstimators(state);
    if (this.estimators.length === 0) state.fail("estimators_", "is empty");
    this.weights = readWeights(state, this.estimators.length);
    this.soft = state.string("voting") === "soft";
    this.flatten = state.version.atLeast(0, 21)
      ? state.boolean("flatten_transform", true)
      : state.plain("flatten_transform") === true;
    this.takeFeaturesOf(this.estimators[0]);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.estimators.map((estimator) => estimator.features(downstream)).reduce(mergeFeatures, []);
  }
  override offers(method: Method): boolean {
    if (method === "predictProba") return this.soft;
    // scikit-learn's voting never had the logarithm.
    return method === "predictLogProba" ? false : super.offers(method);
  }

  /** Each estimator's choice, as a position among the classes. */
  private choices(X: Input): readonly Float64Array[] {
    return this.estimators.map((estimator) => estimator.predict(X).toFloat64());
  }
  private probabilities(X: Input): readonly Float64Array[] {
    return this.estimators.map((estimator) => (estimator.predictProba(X) as NdArray).toFloat64());
  }

  protected override doPredictProba(X: Input): NdArray {
    return NdArray.of(weightedMean(this.probabilities(X), this.weights), [shapeOf(X)[0], this.classes_.size]);
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    if (this.soft)
      return takeLabels(this.classes_, argmaxRows(weightedMean(this.probabilities(X), this.weights), rows, classes));
    const votes = new Float64Array(rows * classes);
    this.choices(X).forEach((choice, at) => {
      for (let row = 0; row < rows; row++) votes[row * classes + choice[row]!]! += this.weights?.[at] ?? 1;
    });
    return takeLabels(this.classes_, argmaxRows(votes, rows, classes));
  }

  protected doTransform(X: Input): NdArray {
    const [rows] = shapeOf(X);
    if (!this.soft)
      return sideBySide(
        this.estimators.map((estimator) => estimator.predict(X)),
        rows,
      );
    const tables = this.probabilities(X).map((table) => NdArray.of(table, [rows, this.classes_.size]));
    if (this.flatten) return sideBySide(tables, rows);
    const all = new Float64Array(tables.length * rows * this.classes_.size);
    tables.forEach((table, at) => all.set(table.data as Float64Array, at * rows * this.classes_.size));
    return NdArray.of(all, [tables.length, rows, this.classes_.size]);
  }
}

/** VotingRegressor: the mean of the predictions. */
export class VotingRegressor extends Estimator {
  private readonly estimators: readonly Estimator[];
  private readonly weights: Float64Array | undefined;

  constructor(state: State) {
    super(state);
    this.estimators = readEstimators(state);
    if (this.estimators.length === 0) state.fail("estimators_", "is empty");
    this.weights = readWeights(state, this.estimators.length);
    this.takeFeaturesOf(this.estimators[0]);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.estimators.map((estimator) => estimator.features(downstream)).reduce(mergeFeatures, []);
  }
  override task(): "regression" {
    return "regression";
  }

  protected doPredict(X: Input): NdArray {
    return NdArray.of(
      weightedMean(
        this.estimators.map((estimator) => estimator.predict(X).toFloat64()),
        this.weights,
      ),
    );
  }
  protected doTransform(X: Input): NdArray {
    return sideBySide(
      this.estimators.map((estimator) => estimator.predict(X)),
      shapeOf(X)[0],
    );
  }
}
