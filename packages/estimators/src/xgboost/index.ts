/**
 * XGBoost: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/xgboost";
 * revive(bytes, { entries }).methods;
 */
export { xgboostEntries as entries } from "./entries.ts";
export { XGBClassifier, XGBoostBooster, XGBRegressor } from "./estimators.ts";
