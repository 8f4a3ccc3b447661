/**
 * `sklearn.pipeline`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/pipeline";
 * revive(bytes, { entries }).methods;
 */
export { pipelineEntries as entries } from "./entries.ts";
export { FittedPipeline } from "./pipeline.ts";
export { FeatureUnion } from "./union.ts";
