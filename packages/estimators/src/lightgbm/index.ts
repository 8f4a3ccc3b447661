/**
 * LightGBM: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/lightgbm";
 * revive(bytes, { entries }).methods;
 */
export { lightgbmEntries as entries } from "./entries.ts";
export { LGBMClassifier, LGBMRegressor, LightGBMBooster } from "./estimators.ts";
