/**
 * scikit-lego: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/sklego";
 * revive(bytes, { entries }).methods;
 */

export { ColumnCapper, IdentityTransformer, IntervalEncoder, NamedColumns } from "./columns.ts";
export { sklegoEntries as entries } from "./entries.ts";
export { EstimatorTransformer, Thresholder, ZeroInflatedRegressor } from "./models.ts";
