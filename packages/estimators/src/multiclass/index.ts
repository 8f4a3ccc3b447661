/**
 * `sklearn.multiclass`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/multiclass";
 * revive(bytes, { entries }).methods;
 */

export { ConstantPredictor } from "./binary.ts";
export { multiclassEntries as entries } from "./entries.ts";
export { OneVsOneClassifier } from "./one_vs_one.ts";
export { OneVsRestClassifier } from "./one_vs_rest.ts";
export { OutputCodeClassifier } from "./output_code.ts";
