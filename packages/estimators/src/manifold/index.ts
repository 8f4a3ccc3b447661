/**
 * `sklearn.manifold`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/manifold";
 * revive(bytes, { entries }).methods;
 */
export { manifoldEntries as entries } from "./entries.ts";
export { Isomap } from "./isomap.ts";
export { LocallyLinearEmbedding } from "./locally_linear.ts";
