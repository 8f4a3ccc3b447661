/** @module EasyEnsembleClassifier: a bag of boosted trees, each on a balanced sample (`imblearn.ensemble`). */

import type { Method } from "../base/estimator.ts";
import { BaggingClassifier } from "../ensemble/bagging.ts";

/** The mean of its parts; releases before 0.10 asked a parameter, None unless it was given, whether it has scores. */
export class EasyEnsembleClassifier extends BaggingClassifier {
  override offers(method: Method): boolean {
    const unasked = this.state.has("base_estimator") && !this.state.given("base_estimator");
    return super.offers(method) && !(method === "decisionFunction" && unasked);
  }
}
