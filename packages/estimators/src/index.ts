/**
 * scikit-learn estimators, revived from pickles.
 *
 * @module
 */
export {
  type Card,
  type CardExample,
  type CardFeature,
  type CardInput,
  type CardLabels,
  type CardOutput,
  mergeCards,
  parseCard,
  readCard,
} from "./base/card.ts";
export { cardSchema } from "./base/card_table.ts";
export { type Cost, DEFAULT_LIMITS, type Limits } from "./base/cost.ts";
export {
  type EstimatorErrorCode,
  estimatorError,
  type FeatureProblem,
  featureError,
  MOST_PROBLEMS,
} from "./base/errors.ts";
export { Estimator } from "./base/estimator.ts";
export type { Input, Rows } from "./base/input.ts";
export {
  type DecisionPath,
  type InputRules,
  METHODS,
  type Method,
  type Neighbors,
  type RadiusNeighbors,
} from "./base/methods.ts";
export type { ReviveOptions } from "./base/options.ts";
export type { Downstream, Feature, FeatureShape, FeatureType, Horizon, Signature } from "./base/signature.ts";
export { type Extents, type Matrix, State } from "./base/state.ts";
export { UNKNOWN_VERSION, Version } from "./base/version.ts";
export { libraryOf } from "./library.ts";
export { nativeModel, revive, reviveModel } from "./load.ts";
export { type OwnCode, ownCode } from "./own/code.ts";
export type { OwnMethods } from "./own/estimator.ts";
export type { OwnAnswer, OwnRows } from "./own/rows.ts";
export { partAt } from "./parts/path.ts";
export { knownClasses, publicName } from "./registry.ts";
