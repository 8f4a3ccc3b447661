/** @module Estimators that say something of the rows of training only: clusterings, embeddings. */

import { Estimator, LEARNED } from "./estimator.ts";
import type { Signature } from "./signature.ts";

/** How many attributes a message lists. */
const MOST_LISTED = 12;

/** An estimator that has no method for new rows in scikit-learn either; what it found is in its `attributes`. */
export class WithoutMethods extends Estimator {
  override task(): Signature["task"] {
    return this.state.has("labels_") || this.state.has("row_labels_") ? "clustering" : "other";
  }

  override instead(): string {
    const found = this.state.keys.filter(
      (name) => LEARNED.test(name) && !/^(n_features|feature_names)_in_$/.test(name),
    );
    const learned =
      found.length === 0
        ? "it was not fitted"
        : `what it found in training can be read: ${found.slice(0, MOST_LISTED).join(", ")}`;
    return `scikit-learn's ${this.className} has no method for new rows either; ${learned}`;
  }
}
