/** @module What the estimators of `sklearn.multiclass` ask of their binary parts. */

import { NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import type { State } from "../base/state.ts";

/** One score per row (`_predict_binary`): what a regressor predicts, a decision, or the probability of the second class. */
export function binaryScores(part: Estimator, X: Input): Float64Array {
  if (part.task() === "regression") return part.predict(X).toFloat64();
  if (part.offers("decisionFunction")) return part.decisionFunction(X).toFloat64();
  const proba = part.predictProba(X) as NdArray;
  const [rows, classes] = proba.shape as readonly [number, number];
  const data = proba.toFloat64();
  return Float64Array.from({ length: rows }, (_, row) => data[row * classes + 1]!);
}

/** Above which score a row belongs to the second class (`_threshold_for_binary_predict`). */
export function binaryThreshold(part: Estimator): number {
  return part.task() === "classification" && part.offers("decisionFunction") ? 0 : 0.5;
}

/** `_ConstantPredictor`: stands where training saw one class only. */
export class ConstantPredictor extends Estimator {
  private readonly value: number;

  constructor(state: State) {
    super(state);
    this.value = state.number("y_");
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override task(): "other" {
    return "other";
  }

  protected doPredict(X: Input): NdArray {
    return NdArray.of(new Float64Array(shapeOf(X)[0]).fill(this.value));
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.doPredict(X);
  }
  protected doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    return NdArray.of(
      Float64Array.from({ length: rows * 2 }, (_, at) => (at % 2 === 0 ? 1 - this.value : this.value)),
      [rows, 2],
    );
  }
}
