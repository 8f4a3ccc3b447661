/** @module SVC, NuSVC, SVR, NuSVR, OneClassSVM (`sklearn.svm._base`, `_classes`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { coupleProbabilities, SupportMachine, sigmoid } from "./machine.ts";

const INPUT: InputRules = { kind: "numbers", missing: false, sparse: true };
const LEAST_PROBABILITY = 1e-7;

/** SVC and NuSVC. */
export class SupportVectorClassifier extends Classifier {
  private readonly machine: SupportMachine;
  private readonly present: number;
  private readonly oneVersusRest: boolean;
  private readonly breakTies: boolean;
  private readonly probA: Float64Array;
  private readonly probB: Float64Array;

  constructor(state: State) {
    super(state);
    // Classes whose rows all weighed nothing are missing: libsvm numbers those that are left.
    const kept = state.array(state.named("_n_support", "n_support_")).size;
    this.present = Math.min(this.classes_.size, kept < 2 ? 2 : kept);
    this.machine = new SupportMachine(state, this.present);
    agreeOnFeatures(this, state, this.machine.features, "support_vectors_");
    this.oneVersusRest = state.plain("decision_function_shape") === "ovr";
    this.breakTies = state.boolean("break_ties", false) && this.oneVersusRest && this.classes_.size > 2;
    const pairs = (this.classes_.size * (this.classes_.size - 1)) / 2;
    const [a, b] = [state.named("_probA", "probA_"), state.named("_probB", "probB_")];
    const whole = this.present === this.classes_.size;
    const has = whole && state.plain("probability") === true && state.given(a) && state.floats(a).length > 0;
    this.probA = has ? state.floats(a, [pairs]) : new Float64Array(0);
    this.probB = has ? state.floats(b, [pairs]) : new Float64Array(0);
  }

  protected override inputRules(): InputRules {
    return INPUT;
  }
  override offers(method: Method): boolean {
    if (method === "predictProba" || method === "predictLogProba") return this.probA.length > 0;
    if (method === "decisionFunction" && this.present !== this.classes_.size) return false;
    return super.offers(method);
  }

  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const values = this.machine.pairValues(X);
    const classes = this.classes_.size;
    if (classes === 2)
      return NdArray.of(
        values.map((value) => -value),
        [rows],
      );
    const pairs = (classes * (classes - 1)) / 2;
    if (!this.oneVersusRest) return NdArray.of(values, [rows, pairs]);
    return NdArray.of(
      this.version.atLeast(0, 21)
        ? restScores(values, rows, classes)
        : oldRestScores(values, rows, classes, this.version.atLeast(0, 18) ? 1 : -1),
      [rows, classes],
    );
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const classes = this.present;
    if (this.breakTies) return this.labelsOf(this.doDecisionFunction(X));
    const { votes } = countVotes(this.machine.pairValues(X), rows, classes);
    return takeLabels(this.classes_, argmaxRows(votes, rows, classes));
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const classes = this.classes_.size;
    const values = this.machine.pairValues(X);
    const out = new Float64Array(rows * classes);
    const against = new Float64Array(classes * classes);
    const pairs = this.probA.length;
    for (let row = 0; row < rows; row++) {
      let pair = 0;
      for (let i = 0; i < classes; i++) {
        for (let j = i + 1; j < classes; j++, pair++) {
          const p = sigmoid(values[row * pairs + pair]!, this.probA[pair]!, this.probB[pair]!);
          against[i * classes + j] = Math.min(Math.max(p, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
          against[j * classes + i] = 1 - against[i * classes + j]!;
        }
      }
      out.set(coupleProbabilities(against, classes), row * classes);
    }
    return NdArray.of(out, [rows, classes]);
  }
}

/** How many pairs each class wins; a value of exactly 0 goes to the second class of the pair. */
function countVotes(
  values: Float64Array,
  rows: number,
  classes: number,
): { votes: Float64Array; confidences: Float64Array } {
  const pairs = (classes * (classes - 1)) / 2;
  const votes = new Float64Array(rows * classes);
  const confidences = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    let pair = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++, pair++) {
        const value = values[row * pairs + pair]!;
        votes[row * classes + (value > 0 ? i : j)]! += 1;
        confidences[row * classes + i]! += value;
        confidences[row * classes + j]! -= value;
      }
    }
  }
  return { votes, confidences };
}

/** `_ovr_decision_function`: there a value of 0 is the first class's. */
function restVotes(
  values: Float64Array,
  rows: number,
  classes: number,
): { votes: Float64Array; confidences: Float64Array } {
  return countVotes(
    values.map((value) => (value === 0 ? Number.MIN_VALUE : value)),
    rows,
    classes,
  );
}

function restScores(values: Float64Array, rows: number, classes: number): Float64Array {
  const { votes, confidences } = restVotes(values, rows, classes);
  return votes.map((vote, at) => vote + confidences[at]! / (3 * (Math.abs(confidences[at]!) + 1)));
}

/** Before 0.21 the scale came from the largest score of the whole batch, and 0.17 had the sign of the scores wrong. */
function oldRestScores(values: Float64Array, rows: number, classes: number, sign: number): Float64Array {
  const { votes, confidences } = restVotes(values, rows, classes);
  const most = confidences.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (confidences.every((value) => value === confidences[0])) return votes;
  const scale = (sign * (0.5 - 2 ** -52)) / most;
  return votes.map((vote, at) => vote + confidences[at]! * scale);
}

/** SVR and NuSVR. */
export class SupportVectorRegressor extends Estimator {
  private readonly machine: SupportMachine;

  constructor(state: State) {
    super(state);
    this.machine = new SupportMachine(state, 0);
    agreeOnFeatures(this, state, this.machine.features, "support_vectors_");
  }
  protected override inputRules(): InputRules {
    return INPUT;
  }
  override offers(method: Method): boolean {
    return method === "decisionFunction" ? !this.version.atLeast(0, 19) : super.offers(method);
  }
  protected doPredict(X: NdArray | Csr): NdArray {
    return NdArray.of(this.machine.values(X));
  }
  /** Releases before 0.19 had it for regressors too. */
  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    return NdArray.of(this.machine.values(X), [X.shape[0]!, 1]);
  }
}

/** OneClassSVM: inside is 1, outside -1. */
export class OneClassSVM extends Estimator {
  private readonly machine: SupportMachine;
  private readonly offset: number | undefined;

  constructor(state: State) {
    super(state);
    this.machine = new SupportMachine(state, 0);
    agreeOnFeatures(this, state, this.machine.features, "support_vectors_");
    this.offset = state.given("offset_") ? state.number("offset_") : undefined;
  }
  protected override inputRules(): InputRules {
    return INPUT;
  }
  override task(): "outlier detection" {
    return "outlier detection";
  }
  override offers(method: Method): boolean {
    return method === "scoreSamples" ? this.offset !== undefined : super.offers(method);
  }
  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    return NdArray.of(this.machine.values(X), this.version.atLeast(0, 20) ? [rows] : [rows, 1]);
  }
  protected doScoreSamples(X: NdArray | Csr): NdArray {
    return NdArray.of(this.machine.values(X).map((value) => value + this.offset!));
  }
  protected doPredict(X: NdArray | Csr): NdArray {
    const sides = Int32Array.from(this.machine.values(X), (value) => (value > 0 ? 1 : -1));
    // Before 0.19 they were libsvm's own numbers.
    return this.version.atLeast(0, 19) ? int64s(sides) : NdArray.of(Float64Array.from(sides));
  }
}
