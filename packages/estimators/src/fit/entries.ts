/** @module Every class that can be fitted, one row each: what it is for, and how it differs when it is written. */

import { publicNameOf } from "../base/classes.ts";
import type { FitTask, Given, Trainer, TrainerSpec } from "./base/trainer.ts";
import { KMEANS, KMeans } from "./cluster/kmeans.ts";
import { COLUMN_TRANSFORMER, ColumnTransformer } from "./compose/column_transformer.ts";
import { PCA, PCA_SPEC } from "./decomposition/pca.ts";
import {
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  FORESTS,
  RandomForestClassifier,
  RandomForestRegressor,
} from "./ensemble/forest.ts";
import {
  BOOSTED,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
} from "./ensemble/gradient_boosting/estimators.ts";
import {
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from "./ensemble/hist_gradient_boosting/estimators.ts";
import { HIST_CLASSIFIER, HIST_REGRESSOR } from "./ensemble/hist_gradient_boosting/parameters.ts";
import { SIMPLE, SimpleImputer } from "./impute/simple.ts";
import { ELASTIC, ElasticNet, LASSO, Lasso } from "./linear_model/elastic_net.ts";
import { LINEAR, LinearRegression } from "./linear_model/linear.ts";
import { LOGISTIC, LogisticRegression } from "./linear_model/logistic.ts";
import { RIDGE, Ridge } from "./linear_model/ridge.ts";
import { GRID_SEARCH, GridSearchCV } from "./model_selection/grid_search.ts";
import { GAUSSIAN, GaussianNB } from "./naive_bayes/gaussian.ts";
import { KNeighborsClassifier, KNeighborsRegressor, NEIGHBORS } from "./neighbors/neighbors.ts";
import { MLPClassifier, MLPRegressor, PERCEPTRONS } from "./neural_network/perceptron.ts";
import { PIPELINE, Pipeline } from "./pipeline/pipeline.ts";
import { ONE_HOT, OneHotEncoder, ORDINAL, OrdinalEncoder } from "./preprocessing/encoders.ts";
import { MIN_MAX, MinMaxScaler, STANDARD, StandardScaler } from "./preprocessing/scalers.ts";
import type { Layout } from "./save/layout.ts";
import { LAYOUTS } from "./save/layouts.ts";
import { NU_SVC_SPEC, NuSVC, SVC, SVC_SPEC } from "./svm/classifiers.ts";
import { NU_SVR_SPEC, NuSVR, SVR, SVR_SPEC } from "./svm/regressors.ts";
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  ExtraTreeClassifier,
  ExtraTreeRegressor,
  TREES,
} from "./tree/decision_tree.ts";

/** A class that can be fitted; compositions are made with more than parameters. */
export type TrainerClass = new (given: never) => Trainer;

/** What there is to say of a class that can be fitted. */
export interface FitEntry {
  /** Its public Python name, under which its row of inference stands too. */
  readonly name: string;
  /** The name alone: `Ridge`. */
  readonly shortName: string;
  readonly Class: new (given: Given) => Trainer;
  readonly task: FitTask;
  /** Whether it draws random numbers, so that a seed repeats what it does. */
  readonly draws: boolean;
  /** Whether its numpy code changes a copy of the rows in place. */
  readonly changesInPlace: boolean;
  /** How it is written for older releases. */
  readonly layout: Layout;
}

function entry(spec: TrainerSpec, Class: TrainerClass): FitEntry {
  const name = publicNameOf(spec.module, spec.name);
  return {
    name,
    shortName: spec.name,
    Class: Class as unknown as FitEntry["Class"],
    task: spec.task,
    draws: Object.hasOwn(spec.parameters, "randomState"),
    changesInPlace: spec.changesInPlace ?? false,
    layout: LAYOUTS[name] ?? {},
  };
}

/** The rows, simple classes first. */
export const FIT_ENTRIES: readonly FitEntry[] = [
  entry(LINEAR, LinearRegression),
  entry(RIDGE, Ridge),
  entry(LASSO, Lasso),
  entry(ELASTIC, ElasticNet),
  entry(LOGISTIC, LogisticRegression),
  entry(GAUSSIAN, GaussianNB),
  entry(NEIGHBORS.KNeighborsClassifier, KNeighborsClassifier),
  entry(NEIGHBORS.KNeighborsRegressor, KNeighborsRegressor),
  entry(TREES.DecisionTreeClassifier, DecisionTreeClassifier),
  entry(TREES.DecisionTreeRegressor, DecisionTreeRegressor),
  entry(TREES.ExtraTreeClassifier, ExtraTreeClassifier),
  entry(TREES.ExtraTreeRegressor, ExtraTreeRegressor),
  entry(FORESTS.RandomForestClassifier, RandomForestClassifier),
  entry(FORESTS.RandomForestRegressor, RandomForestRegressor),
  entry(FORESTS.ExtraTreesClassifier, ExtraTreesClassifier),
  entry(FORESTS.ExtraTreesRegressor, ExtraTreesRegressor),
  entry(BOOSTED.GradientBoostingClassifier, GradientBoostingClassifier),
  entry(BOOSTED.GradientBoostingRegressor, GradientBoostingRegressor),
  entry(HIST_CLASSIFIER, HistGradientBoostingClassifier),
  entry(HIST_REGRESSOR, HistGradientBoostingRegressor),
  entry(SVC_SPEC, SVC),
  entry(SVR_SPEC, SVR),
  entry(NU_SVC_SPEC, NuSVC),
  entry(NU_SVR_SPEC, NuSVR),
  entry(PERCEPTRONS.MLPClassifier, MLPClassifier),
  entry(PERCEPTRONS.MLPRegressor, MLPRegressor),
  entry(KMEANS, KMeans),
  entry(PCA_SPEC, PCA),
  entry(STANDARD, StandardScaler),
  entry(MIN_MAX, MinMaxScaler),
  entry(SIMPLE, SimpleImputer),
  entry(ONE_HOT, OneHotEncoder),
  entry(ORDINAL, OrdinalEncoder),
  entry(PIPELINE, Pipeline),
  entry(COLUMN_TRANSFORMER, ColumnTransformer),
  entry(GRID_SEARCH, GridSearchCV),
];
