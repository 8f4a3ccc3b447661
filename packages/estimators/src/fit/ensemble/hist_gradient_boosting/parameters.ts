/** @module The parameters of histogram-based gradient boosting in scikit-learn 1.9.1. */

import { float } from "@curtido/pickle";
import {
  anything,
  flag,
  int,
  none,
  type ParameterTable,
  parameter,
  randomState,
  real,
  word,
} from "../../base/parameters.ts";
import type { TrainerSpec } from "../../base/trainer.ts";
import { classWeight } from "../../base/weights.ts";
import { SCORES } from "./stopping.ts";

const MODULE = "sklearn.ensemble._hist_gradient_boosting.gradient_boosting";
/** Bins of a feature at most, without that of missing values. */
const MOST_BINS = 255;
const ITERATIONS_END = 1_000_000;

function sharedParameters(scores: readonly string[]): ParameterTable {
  return {
    learningRate: parameter(float(0.1), real(0, Number.POSITIVE_INFINITY, true)),
    maxIter: parameter(100, int(1, ITERATIONS_END)),
    maxLeafNodes: parameter(31, int(2), none),
    maxDepth: parameter(null, none, int(1)),
    minSamplesLeaf: parameter(20, int(1)),
    l2Regularization: parameter(float(0), real(0)),
    maxFeatures: parameter(float(1), real(0, 1, true)),
    maxBins: parameter(MOST_BINS, int(2, MOST_BINS)),
    categoricalFeatures: parameter("from_dtype", anything),
    monotonicCst: parameter(null, anything),
    interactionCst: parameter(null, anything),
    warmStart: parameter(false, flag),
    earlyStopping: parameter("auto", word("auto"), flag),
    scoring: parameter("loss", word(...scores), none),
    validationFraction: parameter(float(0.1), int(1), real(0, 1 - Number.EPSILON, true), none),
    nIterNoChange: parameter(10, int(1)),
    tol: parameter(float(1e-7), real(0)),
    verbose: parameter(0, int(0), flag),
    randomState,
  };
}

/** HistGradientBoostingClassifier */
export const HIST_CLASSIFIER: TrainerSpec = {
  module: MODULE,
  name: "HistGradientBoostingClassifier",
  task: "classification",
  parameters: {
    loss: parameter("log_loss", word("log_loss")),
    ...sharedParameters(SCORES.classifier),
    classWeight,
  },
};

/** HistGradientBoostingRegressor */
export const HIST_REGRESSOR: TrainerSpec = {
  module: MODULE,
  name: "HistGradientBoostingRegressor",
  task: "regression",
  parameters: {
    loss: parameter("squared_error", word("squared_error", "absolute_error", "gamma", "poisson", "quantile")),
    quantile: parameter(null, real(0, 1), none),
    ...sharedParameters(SCORES.regressor),
  },
};
