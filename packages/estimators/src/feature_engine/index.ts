/**
 * feature-engine: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/feature_engine";
 * revive(bytes, { entries }).methods;
 */

export { featureEngineEntries as entries } from "./entries.ts";
export { Worker } from "./table.ts";
export { SklearnTransformerWrapper } from "./wrapper.ts";
