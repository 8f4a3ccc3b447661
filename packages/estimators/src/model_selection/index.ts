/**
 * `sklearn.model_selection`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/model_selection";
 * revive(bytes, { entries }).methods;
 */
export { modelSelectionEntries as entries } from "./entries.ts";
export { Search } from "./search.ts";
export { ThresholdClassifier } from "./threshold.ts";
