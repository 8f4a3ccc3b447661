/** @module Joins the entries of all families: from a Python class, however a release spells its module, to what revives it. */

import { explainFile } from "@curtido/arrays";
import { Classes, publicNameOf } from "./base/classes.ts";
import type { Entries } from "./base/entry.ts";
import { calibrationEntries } from "./calibration/entries.ts";
import { catboostEntries } from "./catboost/entries.ts";
import { categoryEncodersEntries } from "./category_encoders/entries.ts";
import { clusterEntries } from "./cluster/entries.ts";
import { composeEntries } from "./compose/entries.ts";
import { covarianceEntries } from "./covariance/entries.ts";
import { crossDecompositionEntries } from "./cross_decomposition/entries.ts";
import { decompositionEntries } from "./decomposition/entries.ts";
import { discriminantAnalysisEntries } from "./discriminant_analysis/entries.ts";
import { dummyEntries } from "./dummy/entries.ts";
import { ensembleEntries } from "./ensemble/entries.ts";
import { featureEngineEntries } from "./feature_engine/entries.ts";
import { featureExtractionEntries } from "./feature_extraction/entries.ts";
import { featureSelectionEntries } from "./feature_selection/entries.ts";
import { frozenEntries } from "./frozen/entries.ts";
import { gaussianProcessEntries } from "./gaussian_process/entries.ts";
import { gensimEntries } from "./gensim/entries.ts";
import { imblearnEntries } from "./imblearn/entries.ts";
import { imputeEntries } from "./impute/entries.ts";
import { isotonicEntries } from "./isotonic/entries.ts";
import { kerasEntries } from "./keras/entries.ts";
import { kernelApproximationEntries } from "./kernel_approximation/entries.ts";
import { kernelRidgeEntries } from "./kernel_ridge/entries.ts";
import { lifelinesEntries } from "./lifelines/entries.ts";
import { lightgbmEntries } from "./lightgbm/entries.ts";
import { linearModelEntries } from "./linear_model/entries.ts";
import { manifoldEntries } from "./manifold/entries.ts";
import { mixtureEntries } from "./mixture/entries.ts";
import { mlxtendEntries } from "./mlxtend/entries.ts";
import { modelSelectionEntries } from "./model_selection/entries.ts";
import { multiclassEntries } from "./multiclass/entries.ts";
import { multioutputEntries } from "./multioutput/entries.ts";
import { naiveBayesEntries } from "./naive_bayes/entries.ts";
import { neighborsEntries } from "./neighbors/entries.ts";
import { neuralNetworkEntries } from "./neural_network/entries.ts";
import { nltkEntries } from "./nltk/entries.ts";
import { toldOf } from "./own/stub.ts";
import { pickModel } from "./parts/pick.ts";
import { pipelineEntries } from "./pipeline/entries.ts";
import { preprocessingEntries } from "./preprocessing/entries.ts";
import { prophetEntries } from "./prophet/entries.ts";
import { pycaretEntries } from "./pycaret/entries.ts";
import { randomProjectionEntries } from "./random_projection/entries.ts";
import { semiSupervisedEntries } from "./semi_supervised/entries.ts";
import { sklearnPandasEntries } from "./sklearn_pandas/entries.ts";
import { sklegoEntries } from "./sklego/entries.ts";
import { statsmodelsEntries } from "./statsmodels/entries.ts";
import { surpriseEntries } from "./surprise/entries.ts";
import { svmEntries } from "./svm/entries.ts";
import { treeEntries } from "./tree/entries.ts";
import { xgboostEntries } from "./xgboost/entries.ts";

const families: readonly Entries[] = [
  semiSupervisedEntries,
  sklegoEntries,
  sklearnPandasEntries,
  surpriseEntries,
  mixtureEntries,
  mlxtendEntries,
  kernelApproximationEntries,
  kerasEntries,
  kernelRidgeEntries,
  randomProjectionEntries,
  covarianceEntries,
  featureExtractionEntries,
  multioutputEntries,
  multiclassEntries,
  calibrationEntries,
  catboostEntries,
  categoryEncodersEntries,
  discriminantAnalysisEntries,
  dummyEntries,
  ensembleEntries,
  featureEngineEntries,
  isotonicEntries,
  clusterEntries,
  decompositionEntries,
  naiveBayesEntries,
  neighborsEntries,
  neuralNetworkEntries,
  nltkEntries,
  svmEntries,
  frozenEntries,
  gaussianProcessEntries,
  gensimEntries,
  crossDecompositionEntries,
  manifoldEntries,
  composeEntries,
  featureSelectionEntries,
  imblearnEntries,
  imputeEntries,
  lifelinesEntries,
  lightgbmEntries,
  linearModelEntries,
  modelSelectionEntries,
  pipelineEntries,
  preprocessingEntries,
  pycaretEntries,
  prophetEntries,
  statsmodelsEntries,
  treeEntries,
  xgboostEntries,
];

/** Every class that is known. */
export const CLASSES: Classes = new Classes(families, { tell: toldOf, explain: explainFile, pick: pickModel });

/** Every public name that is known. */
export const knownClasses: readonly string[] = CLASSES.all.map(({ name }) => name).sort();

/**
 * The public name of a class that a file names, whichever private module its release kept it in; `undefined` when no entry
 * has it.
 *
 * @example
 * publicName("sklearn.linear_model.base", "LinearRegression"); // "sklearn.linear_model.LinearRegression"
 */
export function publicName(module: string, name: string): string | undefined {
  return CLASSES.find(module, name) === undefined ? undefined : publicNameOf(module, name);
}
