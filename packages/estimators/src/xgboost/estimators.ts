/** @module XGBoost's classes: classifiers, regressors, ranker (`xgboost.sklearn`) and Booster (`xgboost.core`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { XgbBooster, xgbBoosterOf } from "./booster.ts";
import { expSingle } from "./objective.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };
const single = Math.fround;

/** XGBRegressor, XGBRFRegressor and XGBRanker. */
export class XGBRegressor extends Estimator {
  protected readonly booster: XgbBooster;

  constructor(state: State, booster = xgbBoosterOf(state)) {
    super(state);
    this.booster = booster;
    this.n_features_in_ = booster.model.features;
    this.feature_names_in_ = booster.model.names.length > 0 ? booster.model.names : undefined;
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override outputs(): number {
    return this.booster.model.objective.picks ? 1 : this.booster.outputs;
  }
  override offers(method: Method): boolean {
    return method === "apply" ? this.booster.hasTrees : super.offers(method);
  }

  protected table(X: Input): Float32Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }
  protected doPredict(X: Input): NdArray {
    return this.booster.answers(this.table(X), shapeOf(X)[0]);
  }
  protected doApply(X: Input): NdArray {
    return this.booster.leaves(this.table(X), shapeOf(X)[0]);
  }
}

/**
 * An `xgboost.Booster` of its own: `predict` is Python's of a `DMatrix`, `decisionFunction` its `output_margin=True`,
 * `apply` its `pred_leaf=True`. It uses all trees, also those after the best iteration, as Python does.
 */
export class XGBoostBooster extends XGBRegressor {
  constructor(state: State) {
    super(state, new XgbBooster(state));
  }

  override task(): Signature["task"] {
    return "regression";
  }
  protected doDecisionFunction(X: Input): NdArray {
    const rows = shapeOf(X)[0];
    return this.booster.shaped(this.booster.margins(this.table(X), rows), rows);
  }
}

/** The labels: those of the encoder that releases before 1.6 kept, else 0, 1, 2 ... */
function classesOf(state: State): NdArray {
  if (state.given("_le")) return state.child("_le").array("classes_");
  if (state.given("classes_")) return state.array("classes_");
  const count = state.integer("n_classes_", undefined, 1, 1 << 16);
  return int64s(Int32Array.from({ length: count }, (_, label) => label));
}

/** XGBClassifier and XGBRFClassifier. */
export class XGBClassifier extends Classifier {
  private readonly booster: XgbBooster;
  /** Whether an encoder of labels was fitted with it. */
  private readonly encoded: boolean;

  constructor(state: State) {
    super(state, classesOf(state));
    this.encoded = state.given("_le");
    this.booster = xgbBoosterOf(state);
    this.n_features_in_ = this.booster.model.features;
    this.feature_names_in_ = this.booster.model.names.length > 0 ? this.booster.model.names : undefined;
    if (!this.multilabel && this.booster.outputs > 1 && this.booster.outputs !== this.classes_.size)
      state.fail("_Booster", `gives ${this.booster.outputs} numbers per row for ${this.classes_.size} classes`);
    if (this.booster.outputs === 1 && this.classes_.size > 2)
      state.fail("_Booster", `gives one number per row for ${this.classes_.size} classes`);
  }

  /** Several outputs of two classes each. */
  private get multilabel(): boolean {
    const { model } = this.booster;
    return this.classes_.size === 2 && model.outputs > 1 && !model.objective.picks;
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override outputs(): number {
    return this.multilabel ? this.booster.outputs : 1;
  }
  override offers(method: Method): boolean {
    if (method === "predictLogProba") return false;
    return method === "apply" ? this.booster.hasTrees : super.offers(method);
  }

  private table(X: Input): Float32Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }

  protected override doPredictProba(X: Input): NdArray {
    const rows = shapeOf(X)[0];
    const { booster } = this;
    if (booster.model.objective.picks) {
      const shares = softmaxSingle(booster.margins(this.table(X), rows), booster.outputs);
      return NdArray.of(shares, [rows, booster.outputs]);
    }
    const answers = booster.answers(this.table(X), rows);
    if (booster.outputs > 1) return answers;
    const ones = answers.data as Float32Array;
    const both = new Float32Array(rows * 2);
    for (let row = 0; row < rows; row++) {
      both[2 * row] = 1 - ones[row]!;
      both[2 * row + 1] = ones[row]!;
    }
    return NdArray.of(both, [rows, 2]);
  }

  protected doPredict(X: Input): NdArray {
    const rows = shapeOf(X)[0];
    const { outputs, model } = this.booster;
    const answers = this.booster.answers(this.table(X), rows);
    const values = answers.toFloat64();
    if (this.multilabel)
      return NdArray.of(
        values.map((share) => (share > 0.5 ? 1 : 0)),
        [rows, outputs],
      );
    if (model.objective.picks && !this.encoded) return NdArray.of(Int32Array.from(values));
    if (model.objective.picks) return this.labels(values);
    if (outputs > 1) return this.labels(argmaxRows(values, rows, outputs));
    return this.labels(Int32Array.from(values, (share) => (share > 0.5 ? 1 : 0)));
  }

  /** Releases from 1.6 on have no labels but 0, 1, 2 ... */
  private labels(at: ArrayLike<number>): NdArray {
    return this.encoded ? takeLabels(this.classes_, at) : int64s(at);
  }

  protected doApply(X: Input): NdArray {
    return this.booster.leaves(this.table(X), shapeOf(X)[0]);
  }
}

/** Softmax of each row in single precision throughout, as scipy's. */
function softmaxSingle(margins: Float32Array, outputs: number): Float32Array {
  for (let from = 0; from < margins.length; from += outputs) {
    let most = Number.NEGATIVE_INFINITY;
    for (let k = from; k < from + outputs; k++) most = Math.max(most, margins[k]!);
    let sum = 0;
    for (let k = from; k < from + outputs; k++) {
      margins[k] = expSingle(single(margins[k]! - most));
      sum = single(sum + margins[k]!);
    }
    for (let k = from; k < from + outputs; k++) margins[k]! /= sum;
  }
  return margins;
}
