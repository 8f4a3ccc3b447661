/**
 * `sklearn.neural_network`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/neural_network";
 * revive(bytes, { entries }).methods;
 */

export { BernoulliRBM } from "./boltzmann.ts";
export { neuralNetworkEntries as entries } from "./entries.ts";
export { FittedMLPClassifier, FittedMLPRegressor } from "./perceptron.ts";
