/**
 * `sklearn.impute`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/impute";
 * revive(bytes, { entries }).methods;
 */
export { imputeEntries as entries } from "./entries.ts";
export { IterativeImputer } from "./iterative.ts";
export { KNNImputer } from "./knn.ts";
export { FittedSimpleImputer, MissingIndicator } from "./simple.ts";
