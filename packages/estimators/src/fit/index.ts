/**
 * Training: the same parameters, data and seed give the model that scikit-learn 1.9.1 gives, and its pickle.
 *
 * @module
 */

export { RandomState } from "@curtido/kernels";
export { rowsAt, type Table, type Target } from "./base/data.ts";
export { type Fitted, type Given, inertFor, type PickleOptions, Trainer, withNote } from "./base/trainer.ts";
export type { FitOptions } from "./base/weights.ts";
export { KMeans } from "./cluster/kmeans.ts";
export { type ColumnPart, ColumnTransformer } from "./compose/column_transformer.ts";
export { PCA } from "./decomposition/pca.ts";
export * from "./ensemble/forest.ts";
export { GradientBoostingClassifier, GradientBoostingRegressor } from "./ensemble/gradient_boosting/estimators.ts";
export {
  type HistFitOptions,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from "./ensemble/hist_gradient_boosting/estimators.ts";
export { FIT_ENTRIES, type FitEntry } from "./entries.ts";
export { SimpleImputer } from "./impute/simple.ts";
export { ElasticNet, Lasso } from "./linear_model/elastic_net.ts";
export { LinearRegression } from "./linear_model/linear.ts";
export { LogisticRegression } from "./linear_model/logistic.ts";
export { Ridge } from "./linear_model/ridge.ts";
export * from "./metrics/metrics.ts";
export { crossValScore } from "./model_selection/cross_val.ts";
export { type FittedSearch, GridSearchCV, type ParameterGrid, type Tried } from "./model_selection/grid_search.ts";
export { SCORING, type Score } from "./model_selection/scoring.ts";
export * from "./model_selection/split.ts";
export { GaussianNB } from "./naive_bayes/gaussian.ts";
export { KNeighborsClassifier, KNeighborsRegressor } from "./neighbors/neighbors.ts";
export { MLPClassifier, MLPRegressor } from "./neural_network/perceptron.ts";
export { type ComposeOptions, type ComposePart, compose } from "./parts/compose.ts";
export { Pipeline, type Step } from "./pipeline/pipeline.ts";
export { OneHotEncoder, OrdinalEncoder } from "./preprocessing/encoders.ts";
export { MinMaxScaler, StandardScaler } from "./preprocessing/scalers.ts";
export { convertRelease, releaseOf, WRITABLE_RELEASES, WRITTEN_VERSION } from "./save/release.ts";
export { NuSVC, SVC } from "./svm/classifiers.ts";
export { NuSVR, SVR } from "./svm/regressors.ts";
export {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  ExtraTreeClassifier,
  ExtraTreeRegressor,
} from "./tree/decision_tree.ts";
