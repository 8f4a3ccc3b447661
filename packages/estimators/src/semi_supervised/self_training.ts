/** @module SelfTrainingClassifier: a classifier that labelled rows itself while it was fitted (`sklearn.semi_supervised`). */

import { Delegate } from "../base/delegate.ts";
import type { Method } from "../base/estimator.ts";
import type { State } from "../base/state.ts";

/** Answers as its last classifier does. */
export class SelfTrainingClassifier extends Delegate {
  constructor(state: State) {
    super(state, state.estimator(state.named("estimator_", "base_estimator_")));
    this.takeFeaturesOf(this.inner);
  }

  override offers(method: Method): boolean {
    return /^(predict|predictProba|predictLogProba|decisionFunction)$/.test(method) && super.offers(method);
  }
}
