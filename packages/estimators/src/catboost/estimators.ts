/** @module CatBoost's classes (`catboost.core`): CatBoostClassifier, CatBoostRegressor, CatBoostRanker and CatBoost. */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { exp, log, softmaxRows, subtractLogSums } from "../base/math.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { CatBooster } from "./booster.ts";
import { borderOf, labelsNoted } from "./notes.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };
/** Losses of several outputs that are each a probability of their own. */
const SEPARATE: ReadonlySet<string> = new Set(["MultiClassOneVsAll", "MultiLogloss", "MultiCrossEntropy"]);
/** Losses whose every output is a label, 0 or 1. */
const LABELS: ReadonlySet<string> = new Set(["MultiLogloss", "MultiCrossEntropy"]);

/** 1 / (1 + e^-x) */
const sigmoid = (x: number) => 1 / (1 + exp(-x));

/**
 * A `catboost.CatBoost` of its own, or a CatBoostRanker: `predict` gives raw values, and so does `decisionFunction`; `apply`
 * is Python's `calc_leaf_indexes`.
 */
export class CatBoost extends Estimator {
  protected readonly booster: CatBooster;

  constructor(state: State) {
    super(state);
    this.booster = new CatBooster(state);
    this.n_features_in_ = this.booster.model.columns;
    this.feature_names_in_ = this.booster.names;
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override outputs(): number {
    return this.booster.model.outputs;
  }
  override offers(method: Method): boolean {
    return super.offers(method) && isOwn(method, this.state);
  }
  override task(): Signature["task"] {
    return "regression";
  }

  protected doDecisionFunction(X: Input): NdArray {
    const rows = shapeOf(X)[0];
    return this.booster.shaped(this.raw(X), rows);
  }
  protected doPredict(X: Input): NdArray {
    return this.doDecisionFunction(X);
  }
  protected doApply(X: Input): NdArray {
    return this.booster.leaves(this.table(X), shapeOf(X)[0]);
  }

  protected raw(X: Input): Float64Array {
    return this.booster.raw(this.table(X), shapeOf(X)[0]);
  }
  private table(X: Input): Float64Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }
}

/** CatBoostRegressor: raw values, or what its loss function makes of them. */
export class CatBoostRegressor extends CatBoost {
  private readonly link: "exponent" | "variance" | undefined;

  constructor(state: State) {
    super(state);
    this.link = linkOf(lossParameter(state) ?? "");
    if (this.link === "variance" && this.booster.model.outputs !== 2)
      state.fail("__model", `gives ${this.booster.model.outputs} numbers per row, not a mean and a deviation`);
  }

  protected override doPredict(X: Input): NdArray {
    const raw = this.raw(X);
    if (this.link === "exponent") for (let at = 0; at < raw.length; at++) raw[at] = exp(raw[at]!);
    // The second output is the logarithm of the standard deviation.
    if (this.link === "variance") for (let at = 1; at < raw.length; at += 2) raw[at] = exp(2 * raw[at]!);
    return this.booster.shaped(raw, shapeOf(X)[0]);
  }
}

/**
 * Raw values are a choice of `predict` in Python, not a `decision_function`: what is part of something else has none, for
 * scikit-learn's composites would use it.
 */
function isOwn(method: Method, state: State): boolean {
  return method !== "decisionFunction" || state.path === "";
}

/** The parameter that names the loss function, as Python looks it up: the object's, not the model's. */
function lossParameter(state: State): string | undefined {
  // `objective` is another name of the parameter; the class fills in the first one by itself.
  const value = state.raw("objective") ?? state.raw("loss_function");
  return typeof value === "string" ? value : undefined;
}

function linkOf(loss: string): "exponent" | "variance" | undefined {
  if (/^(Poisson|Tweedie)/.test(loss)) return "exponent";
  return loss === "RMSEWithUncertainty" ? "variance" : undefined;
}

/** CatBoostClassifier. */
export class CatBoostClassifier extends Classifier {
  private readonly booster: CatBooster;
  private readonly border: number;
  private readonly labelled: boolean;

  constructor(state: State) {
    const booster = new CatBooster(state);
    const labelled = LABELS.has(booster.loss) && booster.model.outputs > 1;
    super(
      state,
      (labelled ? undefined : labelsNoted(booster.model.notes)) ?? numbered(labelled ? 1 : booster.model.outputs),
    );
    this.booster = booster;
    this.labelled = labelled;
    this.border = borderOf(booster.model.notes);
    this.n_features_in_ = booster.model.columns;
    this.feature_names_in_ = booster.names;
    const { outputs } = booster.model;
    if (!labelled && Math.max(outputs, 2) !== this.classes_.size)
      state.fail("__model", `gives ${outputs} numbers per row for ${this.classes_.size} classes`);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override outputs(): number {
    return this.labelled ? this.booster.model.outputs : 1;
  }
  override offers(method: Method): boolean {
    return super.offers(method) && isOwn(method, this.state);
  }

  private raw(X: Input): Float64Array {
    return this.booster.raw(this.table(X), shapeOf(X)[0]);
  }
  private table(X: Input): Float64Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }

  protected doDecisionFunction(X: Input): NdArray {
    return this.booster.shaped(this.raw(X), shapeOf(X)[0]);
  }
  protected doApply(X: Input): NdArray {
    return this.booster.leaves(this.table(X), shapeOf(X)[0]);
  }

  protected doPredict(X: Input): NdArray {
    const raw = this.raw(X);
    const rows = shapeOf(X)[0];
    const { outputs } = this.booster.model;
    if (outputs > 1 && !this.labelled) return takeLabels(this.classes_, argmaxRows(raw, rows, outputs), [rows, 1]);
    const border = outputs === 1 ? this.border : 0;
    const above = Int32Array.from(raw, (value) => (value > border ? 1 : 0));
    return takeLabels(this.classes_, above, outputs === 1 ? [rows] : [rows, outputs]);
  }

  protected override doPredictProba(X: Input): NdArray {
    const raw = this.raw(X);
    const rows = shapeOf(X)[0];
    const { outputs } = this.booster.model;
    if (outputs === 1) return NdArray.of(bothSides(raw, sigmoid), [rows, 2]);
    const shares = SEPARATE.has(this.booster.loss) ? raw.map(sigmoid) : softmaxRows(raw, rows, outputs);
    return NdArray.of(shares, [rows, outputs]);
  }

  protected override doPredictLogProba(X: Input): NdArray {
    const raw = this.raw(X);
    const rows = shapeOf(X)[0];
    const { outputs } = this.booster.model;
    const logSigmoid = (x: number) => -log(1 + exp(-x));
    if (outputs === 1) return NdArray.of(bothSides(raw, logSigmoid), [rows, 2]);
    const logs = SEPARATE.has(this.booster.loss) ? raw.map(logSigmoid) : subtractLogSums(raw, rows, outputs);
    return NdArray.of(logs, [rows, outputs]);
  }
}

/** What a function makes of the raw value with its sign turned, and of itself. */
function bothSides(raw: Float64Array, of: (x: number) => number): Float64Array {
  const out = new Float64Array(raw.length * 2);
  for (let row = 0; row < raw.length; row++) {
    out[2 * row] = of(-raw[row]!);
    out[2 * row + 1] = of(raw[row]!);
  }
  return out;
}

function numbered(outputs: number): NdArray {
  return NdArray.of(BigInt64Array.from({ length: Math.max(2, outputs) }, (_, label) => BigInt(label)));
}
