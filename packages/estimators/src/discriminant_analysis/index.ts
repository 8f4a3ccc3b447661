/**
 * `sklearn.discriminant_analysis`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/discriminant_analysis";
 * revive(bytes, { entries }).methods;
 */
export { discriminantAnalysisEntries as entries } from "./entries.ts";
export { LinearDiscriminantAnalysis } from "./linear.ts";
export { QuadraticDiscriminantAnalysis } from "./quadratic.ts";
