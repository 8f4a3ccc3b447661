/**
 * mlxtend: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/mlxtend";
 * revive(bytes, { entries }).methods;
 */

export { ColumnSelector, SameTable, TransactionEncoder } from "./columns.ts";
export { mlxtendEntries as entries } from "./entries.ts";
export { StackingClassifier, StackingRegressor } from "./stacking.ts";
export { EnsembleVoteClassifier } from "./vote.ts";
