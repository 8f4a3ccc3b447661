/** @module The parameters of multi-layer perceptrons. */

import { float, Tuple } from "@curtido/pickle";
import { flag, int, type ParameterTable, parameter, randomState, real, sizes, word } from "../base/parameters.ts";

const ENDLESS = Number.POSITIVE_INFINITY;
/** The greatest real number below 1. */
const BELOW_ONE = 1 - 2 ** -53;

/** The parameters of a perceptron; those of labels have one loss, which nobody may set. */
export function perceptronParameters(isClassifier: boolean): ParameterTable {
  return {
    loss: isClassifier ? parameter("log_loss", word()) : parameter("squared_error", word("squared_error", "poisson")),
    hiddenLayerSizes: parameter(new Tuple([100]), int(1), sizes),
    activation: parameter("relu", word("identity", "logistic", "tanh", "relu")),
    solver: parameter("adam", word("lbfgs", "sgd", "adam")),
    alpha: parameter(float(1e-4), real(0)),
    batchSize: parameter("auto", word("auto"), int(1)),
    learningRate: parameter("constant", word("constant", "invscaling", "adaptive")),
    learningRateInit: parameter(float(1e-3), real(0, ENDLESS, true)),
    powerT: parameter(float(0.5), real(0)),
    maxIter: parameter(200, int(1)),
    shuffle: parameter(true, flag),
    randomState,
    tol: parameter(float(1e-4), real(0)),
    verbose: parameter(false, word(), int(0, 0)),
    warmStart: parameter(false, word()),
    momentum: parameter(float(0.9), real(0, 1)),
    nesterovsMomentum: parameter(true, flag),
    earlyStopping: parameter(false, flag),
    validationFraction: parameter(float(0.1), real(0, BELOW_ONE)),
    beta1: parameter(float(0.9), real(0, BELOW_ONE)),
    beta2: parameter(float(0.999), real(0, BELOW_ONE)),
    epsilon: parameter(float(1e-8), real(0, ENDLESS, true)),
    nIterNoChange: parameter(10, int(1), real(ENDLESS, ENDLESS)),
    maxFun: parameter(15_000, int(1)),
  };
}
