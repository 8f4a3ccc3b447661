/** @module How states differed in older releases of scikit-learn, class by class. */

import type { Dict, Global, Instance } from "@curtido/pickle";
import { BOOSTING_CHANGES } from "./boosting.ts";
import { CLUSTER_CHANGES } from "./clusters.ts";
import { COMPOSE_CHANGES } from "./compose.ts";
import { HIST_GRADIENT_BOOSTING_CHANGES } from "./hist_gradient_boosting.ts";
import { LINEAR_MODEL_CHANGES } from "./linear_model.ts";
import { NEIGHBORS_CHANGES } from "./neighbors.ts";
import { NEURAL_NETWORK_CHANGES } from "./neural_network.ts";
import { SEARCH_CHANGES } from "./search.ts";
import { SVM_CHANGES } from "./svm.ts";
import { TREE_CHANGES } from "./trees.ts";

/** What a class's state was before a release. */
export interface LayoutChange {
  /** The first release with the newer layout: `"1.3"`. */
  readonly before: string;
  /**
   * Turns the newer layout into the older one. `state` may be changed in place: it is a copy, perhaps of an estimator
   * that is not fitted.
   *
   * @returns an object to put in the place of `made`, where a change of the state is not enough
   */
  readonly change: (state: Dict<unknown>, made: Instance) => Instance | Global | undefined;
}

/** The changes of one class, newest first; by `module.name`, as scikit-learn 1.9.1 has it. */
export type LayoutChanges = Readonly<Record<string, readonly LayoutChange[]>>;

/** All changes that are known. */
export const LAYOUT_CHANGES: LayoutChanges = {
  ...BOOSTING_CHANGES,
  ...COMPOSE_CHANGES,
  ...CLUSTER_CHANGES,
  ...HIST_GRADIENT_BOOSTING_CHANGES,
  ...LINEAR_MODEL_CHANGES,
  ...NEURAL_NETWORK_CHANGES,
  ...NEIGHBORS_CHANGES,
  ...SEARCH_CHANGES,
  ...SVM_CHANGES,
  ...TREE_CHANGES,
};
