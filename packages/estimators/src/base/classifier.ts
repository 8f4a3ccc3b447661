/** @module What classifiers share: labels and the logarithm of probabilities. */

import { NdArray } from "@curtido/arrays";
import { Estimator } from "./estimator.ts";
import type { Input } from "./input.ts";
import { argmaxRows, takeLabels } from "./labels.ts";
import { log } from "./math.ts";
import type { State } from "./state.ts";

/** A classifier with one output, whose labels are `classes_`. */
export abstract class Classifier extends Estimator {
  override readonly classes_: NdArray;

  constructor(state: State, classes = state.array("classes_")) {
    super(state);
    if (classes.ndim !== 1 || classes.size === 0) state.fail("classes_", "must be a list of labels");
    this.classes_ = classes;
  }

  /** `doPredictProba` of the subclass; `undefined` when it has none. */
  protected doPredictProba?(X: Input): NdArray;

  override offers(method: Parameters<Estimator["offers"]>[0]): boolean {
    return method === "predictLogProba" ? this.offers("predictProba") : super.offers(method);
  }

  protected doPredictLogProba(X: Input): NdArray {
    return logOf(this.doPredictProba!(X));
  }

  /** The labels of the largest score of each row; of the sign when there is one score. */
  protected labelsOf(scores: NdArray): NdArray {
    const data = scores.toFloat64();
    const rows = scores.shape[0]!;
    if (scores.ndim === 1)
      return takeLabels(
        this.classes_,
        Int32Array.from(data, (score) => (score > 0 ? 1 : 0)),
      );
    return takeLabels(this.classes_, argmaxRows(data, rows, scores.shape[1]!));
  }
}

/** The natural logarithm of every element, in the dtype of the array. */
export function logOf(array: NdArray): NdArray {
  const { data } = array;
  if (data instanceof Float32Array) return NdArray.of(Float32Array.from(data, log), array.shape);
  return NdArray.of(Float64Array.from(array.toFloat64(), log), array.shape);
}
