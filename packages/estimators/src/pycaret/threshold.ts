/** @module CustomProbabilityThresholdClassifier: 1 from a probability of one's own on (`pycaret.internal.meta_estimators`). */

import type { NdArray } from "@curtido/arrays";
import { Delegate } from "../base/delegate.ts";
import { int64s } from "../base/dtypes.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";

/** Answers as its classifier does, but for where it draws the line between two classes. */
export class CustomProbabilityThresholdClassifier extends Delegate {
  private readonly threshold: number;

  constructor(state: State) {
    super(state, state.estimator("classifier_"));
    this.takeFeaturesOf(this.inner);
    this.threshold = state.number("probability_threshold", 0.5);
  }

  protected override doPredict(X: Input): NdArray {
    if (this.inner?.offers("predictProba") !== true) return super.doPredict(X);
    const shares = this.inner.predictProba(X) as NdArray;
    const [rows, classes] = shares.shape as readonly [number, number];
    if (classes !== 2) return this.state.fail("classifier_", `tells ${classes} classes apart, not 2`);
    const data = shares.toFloat64();
    return int64s(Int32Array.from({ length: rows }, (_, row) => Number(data[2 * row + 1]! >= this.threshold)));
  }
}
