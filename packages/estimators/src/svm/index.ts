/**
 * `sklearn.svm`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/svm";
 * revive(bytes, { entries }).methods;
 */
export { svmEntries as entries } from "./entries.ts";
export { OneClassSVM, SupportVectorClassifier, SupportVectorRegressor } from "./svm.ts";
