/**
 * `sklearn.kernel_ridge`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/kernel_ridge";
 * revive(bytes, { entries }).methods;
 */
export { kernelRidgeEntries as entries } from "./entries.ts";
export { KernelRidge } from "./kernel_ridge.ts";
