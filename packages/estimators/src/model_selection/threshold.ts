/** @module Classifiers whose threshold was set (`sklearn.model_selection._classification_threshold`). */

import { NdArray } from "@curtido/arrays";
import { Dict, Global } from "@curtido/pickle";
import { Delegate } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";

/** Measures whose positive class is 1 unless they are told otherwise; all others have the last class. */
const POSITIVE_IS_1 =
  /\.(f1_score|fbeta_score|precision_score|recall_score|jaccard_score|average_precision_score|precision_recall_fscore_support)$/;

/** FixedThresholdClassifier and TunedThresholdClassifierCV: the positive class from a score of the threshold on. */
export class ThresholdClassifier extends Delegate {
  private readonly threshold: number;
  private readonly method: "predictProba" | "decisionFunction";
  /** Which of the two classes is the positive one. */
  private readonly positive: number;

  constructor(state: State) {
    const inner = state.estimator(state.given("estimator_") ? "estimator_" : "estimator");
    super(state, inner);
    const { classes_ } = inner;
    if (!(classes_ instanceof NdArray) || classes_.size !== 2) state.fail("estimator_", "must be a binary classifier");
    this.method = readMethod(state, inner);
    const tuned = state.has("best_threshold_");
    const auto = this.method === "predictProba" ? 0.5 : 0;
    if (tuned) this.threshold = state.number("best_threshold_");
    else this.threshold = state.plain("threshold") === "auto" ? auto : state.number("threshold");
    const label = tuned ? tunedLabel(state) : state.has("pos_label") ? state.plain("pos_label") : null;
    const found = label === null || label === undefined ? 1 : (classes_ as NdArray).flat().indexOf(label);
    this.positive = found >= 0 ? found : state.fail("pos_label", `is ${String(label)}, which is no class`);
    this.takeFeaturesOf(inner);
  }

  override offers(method: Method): boolean {
    if (method === "predict") return true;
    return /^(predictProba|predictLogProba|decisionFunction)$/.test(method) && super.offers(method);
  }

  protected override doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const { positive, threshold } = this;
    const scores = this.scores(X, rows);
    const chosen = Int32Array.from({ length: rows }, (_, row) => (scores[row]! >= threshold ? positive : 1 - positive));
    return takeLabels(this.classes_ as NdArray, chosen);
  }

  private scores(X: Input, rows: number): Float64Array {
    if (this.method === "decisionFunction") {
      const scores = this.inner!.decisionFunction(X).toFloat64();
      return this.positive === 0 ? scores.map((score) => -score) : scores;
    }
    const proba = (this.inner!.predictProba(X) as NdArray).toFloat64();
    return Float64Array.from({ length: rows }, (_, row) => proba[2 * row + this.positive]!);
  }
}

function readMethod(state: State, inner: Estimator): "predictProba" | "decisionFunction" {
  const methods = { predict_proba: "predictProba", decision_function: "decisionFunction" } as const;
  const names = ["auto", "predict_proba", "decision_function"] as const;
  const name: "auto" | keyof typeof methods = state.oneOf("response_method", names, "auto");
  const method = name !== "auto" ? methods[name] : inner.offers("predictProba") ? "predictProba" : "decisionFunction";
  return inner.offers(method) ? method : state.fail("estimator_", `has no ${name}`);
}

/** The positive class of the measure that the threshold was tuned for. */
function tunedLabel(state: State): unknown {
  const scorer = state.child("_curve_scorer");
  const keywords = scorer.raw("_kwargs");
  if (keywords instanceof Dict && keywords.has("pos_label")) return keywords.get("pos_label");
  const measure = scorer.raw("_score_func");
  return measure instanceof Global && POSITIVE_IS_1.test(measure.toString()) ? 1 : null;
}
