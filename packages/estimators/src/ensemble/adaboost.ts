/** @module AdaBoost (`sklearn.ensemble._weight_boosting`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { featuresOfAll } from "../base/delegate.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { asTable, type Input, shapeOf } from "../base/input.ts";
import { exp, log, softmaxRows, sumOf } from "../base/math.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { meanOf } from "./importances.ts";
import { mapped } from "./staged.ts";

const EPSILON = 2 ** -52;

/** The estimators of an ensemble. */
export function readEstimators(state: State, name = "estimators_"): readonly Estimator[] {
  return state.list(name).map((value, at) => state.estimatorFrom(value, `${name}[${at}]`));
}

/** AdaBoostClassifier with SAMME (two formulas over the releases) or SAMME.R. */
export class AdaBoostClassifier extends Classifier {
  private readonly estimators: readonly Estimator[];
  private readonly weights: Float64Array;
  private readonly real: boolean;
  private readonly total: number;

  constructor(state: State) {
    super(state);
    this.estimators = readEstimators(state);
    this.weights = state.floats("estimator_weights_");
    if (this.weights.length < this.estimators.length)
      state.fail("estimator_weights_", "has fewer weights than there are estimators");
    this.real = !state.version.atLeast(1, 6) && state.plain("algorithm") === "SAMME.R";
    this.total = sumOf(this.weights, 0, this.weights.length);
    this.n_features_in_ ??= this.estimators[0]?.n_features_in_;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: false, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.estimators, downstream);
  }

  /** How much each feature counts. */
  get feature_importances_(): Float64Array | undefined {
    return meanOf(this.estimators, this.weights);
  }

  /** The weighted votes, `[rows, classes]`, divided by the sum of the weights. */
  private votes(table: Input, useProbabilities: boolean): Float64Array {
    // The estimators were fitted without names.
    const X = asTable(table);
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    const out = new Float64Array(rows * classes);
    for (let at = 0; at < this.estimators.length; at++) this.addTo(out, X, at, useProbabilities);
    for (let cell = 0; cell < out.length; cell++) out[cell]! /= this.total;
    return out;
  }

  /** Adds what one estimator says to the sums. */
  private addTo(out: Float64Array, X: Input, at: number, useProbabilities: boolean): void {
    const estimator = this.estimators[at]!;
    const weight = this.weights[at]!;
    if (this.real) addRealVotes(out, estimator.predictProba(X) as NdArray, this.classes_.size);
    else if (useProbabilities)
      (estimator.predictProba(X) as NdArray).toFloat64().forEach((p, cell) => (out[cell]! += p * weight));
    else this.addVotes(out, estimator.predict(X), weight);
  }

  /** {@link votes} after each estimator. */
  private *stagedVotes(table: Input, useProbabilities: boolean): Generator<Float64Array> {
    const X = asTable(table);
    const sums = new Float64Array(shapeOf(X)[0] * this.classes_.size);
    let total = 0;
    for (let at = 0; at < this.estimators.length; at++) {
      this.addTo(sums, X, at, useProbabilities);
      total += this.weights[at]!;
      yield sums.map((sum) => sum / total);
    }
  }

  private addVotes(out: Float64Array, labels: NdArray, weight: number): void {
    const classes = this.classes_.size;
    const against = this.version.atLeast(1, 3) ? (-1 / (classes - 1)) * weight : 0;
    const index = new Map(this.classes_.flat().map((label, at) => [label, at]));
    for (let row = 0; row < labels.size; row++) {
      const voted = index.get(labels.item(row));
      for (let k = 0; k < classes; k++) out[row * classes + k]! += k === voted ? weight : against;
    }
  }

  protected doDecisionFunction(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    if (classes === 1) return NdArray.of(new Float64Array(rows), [rows, 1]);
    return this.decisionOf(this.votes(X, false), rows);
  }

  private decisionOf(votes: Float64Array, rows: number): NdArray {
    const classes = this.classes_.size;
    if (classes !== 2) return NdArray.of(votes, [rows, classes]);
    return NdArray.of(Float64Array.from({ length: rows }, (_, row) => -votes[2 * row]! + votes[2 * row + 1]!));
  }

  protected doStagedDecisionFunction(X: Input): Iterable<NdArray> {
    const [rows] = shapeOf(X);
    return mapped(this.stagedVotes(X, false), (votes) => this.decisionOf(votes, rows));
  }
  protected doStagedPredict(X: Input): Iterable<NdArray> {
    return mapped(this.doStagedDecisionFunction(X), (scores) => this.labelsOf(scores));
  }
  protected doStagedPredictProba(X: Input): Iterable<NdArray> {
    const [rows] = shapeOf(X);
    if (this.version.atLeast(0, 22))
      return mapped(this.doStagedDecisionFunction(X), (scores) => this.probabilities(scores, rows));
    return mapped(this.stagedVotes(X, true), (votes) => this.oldProbabilities(votes, rows));
  }

  protected doPredict(X: Input): NdArray {
    return this.labelsOf(this.doDecisionFunction(X));
  }

  protected override doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    if (classes === 1) return NdArray.of(new Float64Array(rows).fill(1), [rows, 1]);
    if (!this.version.atLeast(0, 22)) return this.oldProbabilities(this.votes(X, true), rows);
    return this.probabilities(this.doDecisionFunction(X), rows);
  }

  private probabilities(scored: NdArray, rows: number): NdArray {
    const classes = this.classes_.size;
    const decision = scored.toFloat64();
    const scores =
      classes === 2
        ? Float64Array.from(
            { length: rows * 2 },
            (_, at) => (at % 2 === 0 ? -decision[at >> 1]! : decision[at >> 1]!) / 2,
          )
        : decision.map((score) => score / (classes - 1));
    return NdArray.of(softmaxRows(scores, rows, classes), [rows, classes]);
  }

  /** Before 0.22: the exponential of the votes, or of the weighted probabilities for SAMME. */
  private oldProbabilities(votes: Float64Array, rows: number): NdArray {
    const classes = this.classes_.size;
    const out = votes.map((vote) => exp((1 / (classes - 1)) * vote));
    for (let row = 0; row < rows; row++) {
      const sum = sumOf(out, row * classes, classes) || 1;
      for (let k = 0; k < classes; k++) out[row * classes + k]! /= sum;
    }
    return NdArray.of(out, [rows, classes]);
  }
}

/** `_samme_proba`: (K - 1) times the logarithm of each probability above their mean. */
function addRealVotes(out: Float64Array, proba: NdArray, classes: number): void {
  const logs = proba.toFloat64().map((p) => log(Math.max(p, EPSILON)));
  for (let row = 0; row < proba.shape[0]!; row++) {
    const mean = (1 / classes) * sumOf(logs, row * classes, classes);
    for (let k = 0; k < classes; k++) out[row * classes + k]! += (classes - 1) * (logs[row * classes + k]! - mean);
  }
}

/** AdaBoostRegressor: the weighted median of its estimators' predictions. */
export class AdaBoostRegressor extends Estimator {
  private readonly estimators: readonly Estimator[];
  private readonly weights: Float64Array;

  constructor(state: State) {
    super(state);
    this.estimators = readEstimators(state);
    if (this.estimators.length === 0) state.fail("estimators_", "is empty");
    this.weights = state.floats("estimator_weights_");
    if (this.weights.length < this.estimators.length)
      state.fail("estimator_weights_", "has fewer weights than there are estimators");
    this.n_features_in_ ??= this.estimators[0]?.n_features_in_;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: false, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.estimators, downstream);
  }

  /** How much each feature counts. */
  get feature_importances_(): Float64Array | undefined {
    return meanOf(this.estimators, this.weights);
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const table = asTable(X);
    const answers = this.estimators.map((estimator) => estimator.predict(table).toFloat64());
    return NdArray.of(Float64Array.from({ length: rows }, (_, row) => this.median(answers, row)));
  }

  protected *doStagedPredict(X: Input): Generator<NdArray> {
    const [rows] = shapeOf(X);
    const table = asTable(X);
    const answers: Float64Array[] = [];
    for (const estimator of this.estimators) {
      answers.push(estimator.predict(table).toFloat64());
      yield NdArray.of(Float64Array.from({ length: rows }, (_, row) => this.median(answers, row)));
    }
  }

  private median(answers: readonly Float64Array[], row: number): number {
    const order = answers.map((_, at) => at).sort((a, b) => answers[a]![row]! - answers[b]![row]! || a - b);
    let total = 0;
    const sums = order.map((at) => (total += this.weights[at]!));
    const middle = sums.findIndex((sum) => sum >= 0.5 * total);
    return answers[order[Math.max(middle, 0)]!]![row]!;
  }
}
