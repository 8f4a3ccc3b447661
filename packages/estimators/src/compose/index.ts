/**
 * `sklearn.compose`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/compose";
 * revive(bytes, { entries }).methods;
 */

export { FittedColumnTransformer } from "./column_transformer.ts";
export { RemainderColumns } from "./columns.ts";
export { composeEntries as entries } from "./entries.ts";
export { TransformedTargetRegressor } from "./target.ts";
