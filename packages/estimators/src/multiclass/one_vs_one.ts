/** @module OneVsOneClassifier: one binary classifier per pair of classes, which vote (`sklearn.multiclass`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { featuresOfAll } from "../base/delegate.ts";
import type { Estimator, InputRules, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "../ensemble/adaboost.ts";
import { binaryScores, binaryThreshold } from "./binary.ts";

const EPSILON = 2 ** -52;

/** Votes count, confidences decide between equal ones. */
export class OneVsOneClassifier extends Classifier {
  private readonly parts: readonly Estimator[];

  constructor(state: State) {
    super(state);
    this.parts = readEstimators(state);
    const classes = this.classes_.size;
    if (classes < 2 || this.parts.length !== (classes * (classes - 1)) / 2)
      state.fail("estimators_", `holds ${this.parts.length} estimators for ${classes} classes`);
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }
  override offers(method: Method): boolean {
    return method !== "predictLogProba" && super.offers(method);
  }

  /** Votes and confidences per class, `[rows, classes]` (`_ovr_decision_function`). */
  private scores(X: Input): Float64Array {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    const votes = new Float64Array(rows * classes);
    const confidences = new Float64Array(rows * classes);
    let at = 0;
    for (let first = 0; first < classes; first++) {
      for (let second = first + 1; second < classes; second++, at++) {
        const part = this.parts[at]!;
        const chosen = part.predict(X).toFloat64();
        const scores = binaryScores(part, X);
        for (let row = 0; row < rows; row++) {
          confidences[row * classes + first]! -= scores[row]!;
          confidences[row * classes + second]! += scores[row]!;
          if (chosen[row] === 0) votes[row * classes + first]! += 1;
          else if (chosen[row] === 1) votes[row * classes + second]! += 1;
        }
      }
    }
    return this.version.atLeast(0, 21) ? addBounded(votes, confidences) : addScaled(votes, confidences);
  }

  protected doDecisionFunction(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    const scores = this.scores(X);
    if (classes > 2 || !this.version.atLeast(0, 19)) return NdArray.of(scores, [rows, classes]);
    return NdArray.of(Float64Array.from({ length: rows }, (_, row) => scores[2 * row + 1]!));
  }

  protected doPredict(X: Input): NdArray {
    const scores = this.doDecisionFunction(X);
    if (scores.ndim > 1) return this.labelsOf(scores);
    const threshold = this.version.atLeast(1, 1) ? binaryThreshold(this.parts[0]!) : 0;
    return takeLabels(
      this.classes_,
      Int32Array.from(scores.data as Float64Array, (score) => (score > threshold ? 1 : 0)),
    );
  }
}

/** Each confidence is brought between -1/3 and 1/3. */
function addBounded(votes: Float64Array, confidences: Float64Array): Float64Array {
  return votes.map((vote, at) => {
    const confidence = confidences[at]!;
    return vote + confidence / (3 * (Math.abs(confidence) + 1));
  });
}

/** Before 0.21 the largest confidence of all rows together was brought to 1/2. */
function addScaled(votes: Float64Array, confidences: Float64Array): Float64Array {
  const most = confidences.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const least = confidences.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (most === least) return votes;
  const scale = (0.5 - EPSILON) / Math.max(Math.abs(most), Math.abs(least));
  return votes.map((vote, at) => vote + confidences[at]! * scale);
}
