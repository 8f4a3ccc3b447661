/**
 * `sklearn.ensemble`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/ensemble";
 * revive(bytes, { entries }).methods;
 */
import { type Entries, family } from "../base/entry.ts";
import { treeEntries } from "../tree/entries.ts";
import { ensembleEntries } from "./entries.ts";

export { AdaBoostClassifier, AdaBoostRegressor } from "./adaboost.ts";
export { BaggingClassifier, BaggingRegressor } from "./bagging.ts";
export { FittedGradientBoostingClassifier, FittedGradientBoostingRegressor } from "./gradient_boosting.ts";
export { OldStart } from "./gradient_loss.ts";
export { FittedHistGradientBoostingClassifier, FittedHistGradientBoostingRegressor } from "./hist_gradient_boosting.ts";
export { IsolationForest } from "./isolation_forest.ts";
export { Stacking } from "./stacking.ts";
export { VotingClassifier, VotingRegressor } from "./voting.ts";

/** Ensembles, with the trees that most of them are made of. */
export const entries: Entries = family(ensembleEntries, treeEntries);
