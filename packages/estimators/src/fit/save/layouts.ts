/** @module The layouts of all classes, by their public names. */

import { BOOSTING_LAYOUTS } from "./boosting.ts";
import { CLUSTER_LAYOUTS } from "./clusters.ts";
import { COMPOSE_LAYOUTS } from "./compose.ts";
import { HIST_GRADIENT_BOOSTING_LAYOUTS } from "./hist_gradient_boosting.ts";
import type { Layouts } from "./layout.ts";
import { LINEAR_MODEL_LAYOUTS } from "./linear_model.ts";
import { NEIGHBORS_LAYOUTS } from "./neighbors.ts";
import { NEURAL_NETWORK_LAYOUTS } from "./neural_network.ts";
import { PREPROCESSING_LAYOUTS } from "./preprocessing.ts";
import { SEARCH_LAYOUTS } from "./search.ts";
import { SVM_LAYOUTS } from "./svm.ts";
import { TREE_LAYOUTS } from "./trees.ts";

/** All layouts that are known. */
export const LAYOUTS: Layouts = {
  ...BOOSTING_LAYOUTS,
  ...CLUSTER_LAYOUTS,
  ...COMPOSE_LAYOUTS,
  ...HIST_GRADIENT_BOOSTING_LAYOUTS,
  ...LINEAR_MODEL_LAYOUTS,
  ...NEIGHBORS_LAYOUTS,
  ...NEURAL_NETWORK_LAYOUTS,
  ...PREPROCESSING_LAYOUTS,
  ...SEARCH_LAYOUTS,
  ...SVM_LAYOUTS,
  ...TREE_LAYOUTS,
};
