/** @module Linear classifiers: the sign or the largest of linear scores, and probabilities made of them. */

import { type Csr, NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { expitInPlace, normalizeRows, softmaxRows, twoColumns } from "../base/math.ts";
import type { State } from "../base/state.ts";
import {
  agreeOnFeatures,
  isSingle,
  LINEAR_INPUT,
  type LinearWeights,
  linearScores,
  readLinear,
  typed,
} from "./linear.ts";

/** Every classifier whose decision is linear (`sklearn.linear_model._base.LinearClassifierMixin`). */
export class LinearClassifier extends Classifier {
  protected readonly weights: LinearWeights;

  constructor(state: State, classes?: NdArray) {
    super(state, classes);
    this.weights = readLinear(state);
    agreeOnFeatures(this, state, this.weights.features);
    const { targets } = this.weights;
    const expected = this.classes_.size === 2 ? [1, 2] : this.classes_.size === 1 ? [] : [this.classes_.size];
    if (!expected.includes(targets)) state.fail("coef_", `has ${targets} rows for ${this.classes_.size} classes`);
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }

  /** The weights, `[1, features]` for two classes, else `[classes, features]`. */
  get coef_(): NdArray {
    return NdArray.of(this.weights.coefficients, [this.weights.targets, this.weights.features]);
  }
  /** The offsets. */
  get intercept_(): NdArray {
    return NdArray.of(this.weights.intercepts);
  }

  /** Scores in double precision. */
  protected scores(X: NdArray | Csr): Float64Array {
    const scores = linearScores(X, this.weights);
    return this.weights.single && isSingle(X) ? scores.map(Math.fround) : scores;
  }

  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    const { targets, single } = this.weights;
    return typed(this.scores(X), targets === 1 ? [X.shape[0]!] : [X.shape[0]!, targets], X, single);
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    return this.labelsOf(this.doDecisionFunction(X));
  }

  /** `expit` of each score, normalised over more than two classes (`_predict_proba_lr`). */
  protected oneVersusRest(X: NdArray | Csr): NdArray {
    const { targets, single } = this.weights;
    const rows = X.shape[0]!;
    const positive = expitInPlace(this.scores(X));
    if (targets === 1) return typed(twoColumns(positive), [rows, 2], X, single);
    return typed(normalizeRows(positive, rows, targets, this.version.atLeast(1, 9)), [rows, targets], X, single);
  }
}

/** LogisticRegression and LogisticRegressionCV; which formula gives probabilities depends on the release that trained. */
export class FittedLogisticRegression extends LinearClassifier {
  private readonly multinomial: boolean;

  constructor(state: State) {
    super(state);
    this.multinomial = isMultinomial(state, this.classes_.size, this.weights.targets);
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    if (!this.multinomial) return this.oneVersusRest(X);
    const rows = X.shape[0]!;
    const { targets, single } = this.weights;
    const scores = this.scores(X);
    if (targets > 1) return typed(softmaxRows(scores, rows, targets), [rows, targets], X, single);
    const both = new Float64Array(rows * 2);
    for (let row = 0; row < rows; row++) {
      both[2 * row] = -scores[row]!;
      both[2 * row + 1] = scores[row]!;
    }
    return typed(softmaxRows(both, rows, 2), [rows, 2], X, single);
  }
}

/** `LogisticRegression.predict_proba` of scikit-learn 0.17 to 1.9. */
function isMultinomial(state: State, classes: number, targets: number): boolean {
  const { version } = state;
  if (version.atLeast(1, 8) && !state.given("multi_class")) return classes > 2;
  const mode = state.has("multi_class") ? state.plain("multi_class") : "auto";
  if (!version.atLeast(0, 20)) return targets > 1 && mode !== "ovr";
  if (mode === "ovr" || mode === "warn") return false;
  if (mode === "multinomial") return true;
  if (version.atLeast(1, 8)) return classes > 2;
  const solver = state.plain("solver");
  const single =
    solver === "liblinear" || (solver === "newton-cholesky" && version.atLeast(1, 2) && !version.atLeast(1, 6));
  return classes > 2 && !single;
}

/** SGDClassifier: probabilities for the losses that have them. */
export class SGDClassifier extends LinearClassifier {
  private readonly loss: string;

  constructor(state: State) {
    super(state);
    this.loss = state.string("loss");
  }

  override offers(method: Method): boolean {
    if (method === "predictProba" || method === "predictLogProba")
      return ["log", "log_loss", "modified_huber"].includes(this.loss);
    return super.offers(method);
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    if (this.loss !== "modified_huber") return this.oneVersusRest(X);
    const rows = X.shape[0]!;
    const { targets, single } = this.weights;
    const clipped = this.scores(X).map((score) => (Math.min(1, Math.max(-1, score)) + 1) / 2);
    if (targets === 1) return NdArray.of(twoColumns(clipped), [rows, 2]);
    return typed(normalizeRows(clipped, rows, targets, true), [rows, targets], X, single);
  }
}

/** RidgeClassifier: its labels are kept by a LabelBinarizer; several labels at once when it was fitted so. */
export class RidgeClassifier extends LinearClassifier {
  private readonly several: boolean;

  constructor(state: State) {
    super(state, state.has("classes_") ? state.array("classes_") : state.child("_label_binarizer").array("classes_"));
    const type = state.given("_label_binarizer") ? state.child("_label_binarizer").plain("y_type_") : undefined;
    // Before 1.0 the largest score won all the same.
    this.several = String(type).startsWith("multilabel") && state.version.atLeast(1, 0);
  }

  override outputs(): number {
    return this.several ? this.weights.targets : 1;
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    if (!this.several) return super.doPredict(X);
    const scores = Int32Array.from(this.scores(X), (score) => (score > 0 ? 1 : 0));
    return int64s(scores, [X.shape[0]!, this.weights.targets]);
  }
}

/** SGDOneClassSVM: inside is 1, outside -1. */
export class SGDOneClassSVM extends Estimator {
  private readonly weights: LinearWeights;
  private readonly offset: number;

  constructor(state: State) {
    super(state);
    this.weights = readLinear(state, "coef_", "none");
    this.offset = state.number("offset_");
    agreeOnFeatures(this, state, this.weights.features);
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }
  override task(): "outlier detection" {
    return "outlier detection";
  }

  protected doScoreSamples(X: NdArray | Csr): NdArray {
    return NdArray.of(linearScores(X, this.weights), [X.shape[0]!]);
  }
  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    return NdArray.of(
      linearScores(X, this.weights).map((score) => score - this.offset),
      [X.shape[0]!],
    );
  }
  protected doPredict(X: NdArray | Csr): NdArray {
    const scores = this.doDecisionFunction(X).data as Float64Array;
    return NdArray.of(Int32Array.from(scores, (score) => (score >= 0 ? 1 : -1)));
  }
}
