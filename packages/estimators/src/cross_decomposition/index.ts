/**
 * `sklearn.cross_decomposition`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/cross_decomposition";
 * revive(bytes, { entries }).methods;
 */
export { crossDecompositionEntries as entries } from "./entries.ts";
export { PLS, PLSSVD } from "./pls.ts";
