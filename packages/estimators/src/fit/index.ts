/**
 * Training: the same parameters, data and seed give the model that scikit-learn 1.9.1 gives, and its pickle.
 *
 * @module
 */
export { ColumnTransformer, type Part } from "./compose/column_transformer.ts";
export * from "./ensemble/forest.ts";
export { SimpleImputer } from "./impute/simple.ts";
export { LinearRegression, Ridge } from "./linear_model/linear.ts";
export * from "./metrics/metrics.ts";
export { crossValScore, type Score } from "./model_selection/cross_val.ts";
export * from "./model_selection/split.ts";
export { GaussianNB } from "./naive_bayes/gaussian.ts";
export { KNeighborsClassifier, KNeighborsRegressor } from "./neighbors/neighbors.ts";
export { Pipeline, type Step } from "./pipeline/pipeline.ts";
export { OneHotEncoder, OrdinalEncoder } from "./preprocessing/encoders.ts";
export { MinMaxScaler, StandardScaler } from "./preprocessing/scalers.ts";
export { releaseOf, WRITABLE_RELEASES } from "./save/release.ts";
export { type Fitted, type Given, type PickleOptions, pickled, Trainer, WRITTEN_VERSION } from "./trainer.ts";
export {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  ExtraTreeClassifier,
  ExtraTreeRegressor,
} from "./tree/decision_tree.ts";
export type { FitOptions } from "./weights.ts";
