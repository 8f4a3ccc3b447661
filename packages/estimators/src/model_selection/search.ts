/** @module Searches over parameters: they answer with their best estimator (`sklearn.model_selection._search`). */

import { Delegate, NOT_FORWARDED } from "../base/delegate.ts";
import type { Method } from "../base/estimator.ts";
import type { State } from "../base/state.ts";

/** GridSearchCV and its relatives; without `refit` there is nobody to answer. */
export class Search extends Delegate {
  constructor(state: State) {
    const inner = state.given("best_estimator_") ? state.estimator("best_estimator_") : undefined;
    super(state, inner);
    this.takeFeaturesOf(inner);
  }

  override offers(method: Method): boolean {
    if (NOT_FORWARDED.has(method)) return false;
    return method === "scoreSamples" ? this.version.atLeast(0, 24) && super.offers(method) : super.offers(method);
  }
}
