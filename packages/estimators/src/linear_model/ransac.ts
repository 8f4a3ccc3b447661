/** @module RANSACRegressor: a regressor fitted without the outliers (`sklearn.linear_model._ransac`). */

import { Delegate } from "../base/delegate.ts";
import type { Method } from "../base/estimator.ts";
import type { State } from "../base/state.ts";

/** Predicts as the regressor that it found does. */
export class RANSACRegressor extends Delegate {
  constructor(state: State) {
    super(state, state.estimator("estimator_"));
    this.takeFeaturesOf(this.inner);
  }

  override offers(method: Method): boolean {
    return method === "predict" && super.offers(method);
  }
}
