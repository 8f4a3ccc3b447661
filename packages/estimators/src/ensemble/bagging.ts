/** @module Bagging: the mean of estimators that each saw some rows and some columns (`sklearn.ensemble._bagging`). */

import { NdArray } from "@curtido/arrays";
import { exp, log, log1p } from "@curtido/kernels";
import { Classifier, logOf } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { asTable, type Input, shapeOf, takeColumns } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { type Downstream, type FeatureShape, mergeFeature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "./adaboost.ts";
import { weightedMean } from "./voting.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };

/** The parts and the columns that each takes. */
class Bag {
  readonly parts: readonly Estimator[];
  private readonly columns: readonly Int32Array[];

  constructor(state: State) {
    this.parts = readEstimators(state);
    if (this.parts.length === 0) state.fail("estimators_", "is empty");
    this.columns = state.list("estimators_features_").map((value) => {
      const array = state.context.value(value);
      return array instanceof NdArray
        ? Int32Array.from(array.toFloat64())
        : state.fail("estimators_features_", "must hold lists of columns");
    });
    if (this.columns.length < this.parts.length)
      state.fail("estimators_features_", "has fewer lists than there are estimators");
  }

  /** What the parts ask of each column; one that none takes may be anything. */
  features(downstream: Downstream, count: number): readonly FeatureShape[] {
    const shapes: (FeatureShape | undefined)[] = new Array(count).fill(undefined);
    this.parts.forEach((part, at) => {
      part.features(downstream).forEach((shape, place) => {
        const column = this.columns[at]![place]!;
        const before = shapes[column];
        if (column < count) shapes[column] = before === undefined ? shape : mergeFeature(before, shape);
      });
    });
    return shapes.map((shape) => shape ?? { type: "any", missing: true });
  }

  /** The mean of one answer per part. */
  mean(X: Input, question: (part: Estimator, rows: Input) => NdArray): NdArray {
    const answers = this.ask(X, question);
    const tables = answers.map((answer) => answer.toFloat64());
    return NdArray.of(weightedMean(tables, undefined), answers[0]!.shape);
  }

  /** One answer per part. */
  ask<T>(X: Input, question: (part: Estimator, rows: Input) => T): T[] {
    const table = asTable(X);
    return this.parts.map((part, at) => question(part, takeColumns(table, Array.from(this.columns[at]!))));
  }
}

/** BaggingRegressor. */
export class BaggingRegressor extends Estimator {
  private readonly bag: Bag;

  constructor(state: State) {
    super(state);
    this.bag = new Bag(state);
    if (state.given("n_features_")) this.n_features_in_ ??= state.integer("n_features_");
  }
  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.bag.features(downstream, this.n_features_in_ ?? 0);
  }
  protected doPredict(X: Input): NdArray {
    return this.bag.mean(X, (part, rows) => part.predict(rows));
  }
}

/** `log(exp(a) + exp(b))` as numpy's `logaddexp`. */
function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b));
}

/** BaggingClassifier: mean probabilities, or shares of votes when the parts have none. */
export class BaggingClassifier extends Classifier {
  private readonly bag: Bag;

  constructor(state: State) {
    super(state);
    this.bag = new Bag(state);
    if (state.given("n_features_")) this.n_features_in_ ??= state.integer("n_features_");
  }
  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.bag.features(downstream, this.n_features_in_ ?? 0);
  }
  override offers(method: Method): boolean {
    if (method === "decisionFunction") return this.bag.parts.every((part) => part.offers("decisionFunction"));
    return super.offers(method);
  }

  protected doPredict(X: Input): NdArray {
    const proba = this.doPredictProba(X);
    return takeLabels(this.classes_, argmaxRows(proba.data as Float64Array, proba.shape[0]!, this.classes_.size));
  }

  protected override doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    const all = this.bag.ask(X, (part, taken) =>
      part.offers("predictProba")
        ? this.spread(part, part.predictProba(taken) as NdArray)
        : this.votes(part.predict(taken)),
    );
    return NdArray.of(weightedMean(all, undefined), [rows, classes]);
  }

  /** A part may not have seen every class; its labels are positions among the classes. */
  private spread(part: Estimator, proba: NdArray, absent = 0): Float64Array {
    const classes = this.classes_.size;
    const seen = (part.classes_ as NdArray).toFloat64();
    const data = proba.toFloat64();
    if (seen.length === classes) return data;
    const out = new Float64Array(proba.shape[0]! * classes).fill(absent);
    for (let row = 0; row < proba.shape[0]!; row++)
      seen.forEach((label, k) => (out[row * classes + label] = data[row * seen.length + k]!));
    return out;
  }

  private votes(labels: NdArray): Float64Array {
    const classes = this.classes_.size;
    const out = new Float64Array(labels.size * classes);
    labels.toFloat64().forEach((label, row) => (out[row * classes + label] = 1));
    return out;
  }

  /** The logarithm of the mean, added up in logarithms when the parts give them. */
  protected override doPredictLogProba(X: Input): NdArray {
    const { parts } = this.bag;
    if (!parts[0]!.offers("predictLogProba")) return logOf(this.doPredictProba(X));
    const all = this.bag.ask(X, (part, taken) => this.spread(part, part.predictLogProba(taken) as NdArray, -Infinity));
    const out = all[0]!.slice();
    for (const table of all.slice(1)) table.forEach((value, at) => (out[at] = logAddExp(out[at]!, value)));
    const count = log(parts.length);
    return NdArray.of(
      out.map((value) => value - count),
      [shapeOf(X)[0], this.classes_.size],
    );
  }

  protected doDecisionFunction(X: Input): NdArray {
    return this.bag.mean(X, (part, rows) => part.decisionFunction(rows));
  }
}
