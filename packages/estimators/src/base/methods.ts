/** @module The methods that estimators have, what they give, and what a subclass implements of them. */

import type { Csr, DataFrame, NdArray } from "@curtido/arrays";
import type { Input } from "./input.ts";

/** The inference methods, by scikit-learn's names in TypeScript's case. */
export const METHODS = [
  "predict",
  "predictProba",
  "predictLogProba",
  "decisionFunction",
  "transform",
  "inverseTransform",
  "scoreSamples",
  "kneighbors",
  "radiusNeighbors",
  "mahalanobis",
  "apply",
  "decisionPath",
  "stagedPredict",
  "stagedPredictProba",
  "stagedDecisionFunction",
  "predictStd",
  "predictCov",
  "predictComponents",
  "survivalFunction",
] as const;
export type Method = (typeof METHODS)[number];

/** What implements each method. */
export const HOOKS: Readonly<Record<Method, keyof MethodHooks>> = {
  predict: "doPredict",
  predictProba: "doPredictProba",
  predictLogProba: "doPredictLogProba",
  decisionFunction: "doDecisionFunction",
  transform: "doTransform",
  inverseTransform: "doInverseTransform",
  scoreSamples: "doScoreSamples",
  kneighbors: "doKneighbors",
  radiusNeighbors: "doRadiusNeighbors",
  mahalanobis: "doMahalanobis",
  apply: "doApply",
  decisionPath: "doDecisionPath",
  stagedPredict: "doStagedPredict",
  stagedPredictProba: "doStagedPredictProba",
  stagedDecisionFunction: "doStagedDecisionFunction",
  predictStd: "doPredictStd",
  predictCov: "doPredictCov",
  predictComponents: "doPredictComponents",
  survivalFunction: "doSurvivalFunction",
};

/** The neighbours of each row, nearest first. */
export interface Neighbors {
  /** `[rows, k]` */
  readonly distances: NdArray;
  /** `[rows, k]`, positions in the training data */
  readonly indices: NdArray;
}

/** The neighbours of each row within a radius: as many as there are. */
export interface RadiusNeighbors {
  /** Per row, in the order in which scikit-learn gives them. */
  readonly distances: readonly NdArray[];
  /** Positions in the training data, per row. */
  readonly indices: readonly NdArray[];
}

/** The nodes that each row goes through. */
export interface DecisionPath {
  /** `[rows, nodes]`: 1 where the row goes through the node. */
  readonly indicator: Csr;
  /** Where each tree's nodes begin, and how many there are altogether: tree `t` has the columns from `[t]` to `[t + 1]`. */
  readonly nNodesPtr: NdArray;
}

/** What a subclass implements: each takes rows that were checked, in the form that {@link InputRules} asks for. */
export interface MethodHooks {
  doPredict?(X: Input): NdArray;
  doPredictProba?(X: Input): NdArray | NdArray[];
  doPredictLogProba?(X: Input): NdArray | NdArray[];
  doDecisionFunction?(X: Input): NdArray;
  doTransform?(X: Input): NdArray | Csr | DataFrame;
  doInverseTransform?(X: Input): NdArray | Csr;
  doScoreSamples?(X: Input): NdArray;
  doKneighbors?(X: Input, k?: number): Neighbors;
  doRadiusNeighbors?(X: Input, radius?: number): RadiusNeighbors;
  doMahalanobis?(X: Input): NdArray;
  doApply?(X: Input): NdArray;
  doDecisionPath?(X: Input): DecisionPath;
  doStagedPredict?(X: Input): Iterable<NdArray>;
  doStagedPredictProba?(X: Input): Iterable<NdArray>;
  doStagedDecisionFunction?(X: Input): Iterable<NdArray>;
  doPredictStd?(X: Input): NdArray;
  doPredictCov?(X: Input): NdArray;
  doPredictComponents?(X: Input): DataFrame;
  doSurvivalFunction?(X: Input): DataFrame;
}

/** How an estimator wants its rows. */
export interface InputRules {
  /** `numbers`: an `NdArray` of float32 or float64 in C order. `any`: as they come, columns in order. */
  readonly kind: "numbers" | "any";
  /** Whether NaN passes. */
  readonly missing: boolean;
  /** Whether a {@link Csr} is taken as it is; else it is made dense. */
  readonly sparse: boolean;
  /** Whether infinities pass. */
  readonly infinite?: boolean;
}
