/**
 * `sklearn.naive_bayes`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/naive_bayes";
 * revive(bytes, { entries }).methods;
 */

export { CategoricalNB } from "./categorical.ts";
export { naiveBayesEntries as entries } from "./entries.ts";
export { DiscreteNB, FittedGaussianNB } from "./naive_bayes.ts";
