/**
 * `sklearn.feature_selection`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/feature_selection";
 * revive(bytes, { entries }).methods;
 */
export { featureSelectionEntries as entries } from "./entries.ts";
export { EliminatingSelector, Selector } from "./selectors.ts";
