/**
 * `sklearn.linear_model`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/linear_model";
 * revive(bytes, { entries }).methods;
 */

export { BayesianRegressor } from "./bayesian.ts";
export {
  FittedLogisticRegression,
  LinearClassifier,
  RidgeClassifier,
  SGDClassifier,
  SGDOneClassSVM,
} from "./classifiers.ts";
export { linearModelEntries as entries } from "./entries.ts";
export { FlatLinearRegressor, GeneralizedLinearRegressor, LinearRegressor } from "./linear.ts";
export { RANSACRegressor } from "./ransac.ts";
