import { Delegate } from "../base/delegate.ts";
import type { Entries } from "../base/entry.ts";
import type { State } from "../base/state.ts";

/** FrozenEstimator: an estimator that is not fitted again; it answers as the one inside. */
class FrozenEstimator extends Delegate {
  constructor(state: State) {
    super(state, state.estimator("estimator"));
    this.takeFeaturesOf(this.inner);
  }
}

/** Frozen estimators. */
export const frozenEntries: Entries = [
  { name: "sklearn.frozen.FrozenEstimator", revive: (state) => new FrozenEstimator(state) },
];
