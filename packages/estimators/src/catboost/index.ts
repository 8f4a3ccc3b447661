/**
 * CatBoost: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/catboost";
 * revive(bytes, { entries }).methods;
 */
export { catboostEntries as entries } from "./entries.ts";
export { CatBoost, CatBoostClassifier, CatBoostRegressor } from "./estimators.ts";
export { CatModelError } from "./flatbuffer.ts";
