/**
 * `sklearn.mixture`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/mixture";
 * revive(bytes, { entries }).methods;
 */
export { mixtureEntries as entries } from "./entries.ts";
export { BayesianGaussianMixture, GaussianMixture } from "./gaussian.ts";
export { GMM, VariationalGMM } from "./legacy.ts";
