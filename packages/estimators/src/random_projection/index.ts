/**
 * `sklearn.random_projection`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/random_projection";
 * revive(bytes, { entries }).methods;
 */
export { randomProjectionEntries as entries } from "./entries.ts";
export { RandomProjection } from "./random_projection.ts";
