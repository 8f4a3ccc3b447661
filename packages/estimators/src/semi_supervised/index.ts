/**
 * `sklearn.semi_supervised`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/semi_supervised";
 * revive(bytes, { entries }).methods;
 */
export { semiSupervisedEntries as entries } from "./entries.ts";
export { LabelPropagation } from "./label_propagation.ts";
export { SelfTrainingClassifier } from "./self_training.ts";
