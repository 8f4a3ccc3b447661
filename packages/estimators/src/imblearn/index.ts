/**
 * imbalanced-learn: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/imblearn";
 * revive(bytes, { entries }).methods;
 */

export { EasyEnsembleClassifier } from "./easy_ensemble.ts";
export { imblearnEntries as entries } from "./entries.ts";
export { Sampler, SamplingPipeline } from "./samplers.ts";
