/**
 * `sklearn.tree`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/tree";
 * revive(bytes, { entries }).methods;
 */
export { treeEntries as entries } from "./entries.ts";
export { TreeClassifier, TreeRegressor, TreesEmbedding } from "./forest.ts";
