/**
 * `sklearn.dummy`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/dummy";
 * revive(bytes, { entries }).methods;
 */

export { DummyClassifier, DummyRegressor, MultiDummyClassifier } from "./dummy.ts";
export { dummyEntries as entries } from "./entries.ts";
