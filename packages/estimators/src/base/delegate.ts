/** @module An estimator that answers with another one. */

import type { Csr, DataFrame, NdArray } from "@curtido/arrays";
import {
  type DecisionPath,
  Estimator,
  type InputRules,
  type Method,
  type Neighbors,
  type RadiusNeighbors,
} from "./estimator.ts";
import type { Input } from "./input.ts";
import { type Downstream, type FeatureShape, mergeFeatures, type Signature } from "./signature.ts";
import type { State } from "./state.ts";

/** Methods that pipelines, searches and stacks do not forward. */
export const NOT_FORWARDED: ReadonlySet<Method> = new Set([
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
]);

/** What several estimators that are given the same rows ask of them together. */
export function featuresOfAll(parts: readonly Estimator[], downstream: Downstream): readonly FeatureShape[] {
  return parts.map((part) => part.features(downstream)).reduce(mergeFeatures, []);
}

/**
 * Forwards every method to `inner` after `prepare` changed the rows: a search to its best estimator, a pipeline to its last
 * step.
 */
export abstract class Delegate extends Estimator {
  /** Who answers. */
  protected readonly inner: Estimator | undefined;
  declare readonly classes_?: NdArray | readonly NdArray[];

  constructor(state: State, inner: Estimator | undefined) {
    super(state);
    this.inner = inner;
    if (inner?.classes_ !== undefined) this.classes_ = inner.classes_;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  /** What reaches the inner estimator. */
  protected prepare(X: Input): Input {
    return X;
  }

  override offers(method: Method): boolean {
    return this.inner?.offers(method) ?? false;
  }
  override get gathers(): boolean {
    return this.inner?.gathers ?? false;
  }
  override task(): Signature["task"] {
    return this.inner?.task() ?? "other";
  }
  override outputs(): number {
    return this.inner?.outputs() ?? 1;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.inner?.features(downstream) ?? [];
  }

  protected doPredict(X: Input): NdArray {
    return this.inner!.predict(this.prepare(X));
  }
  protected doPredictProba(X: Input): NdArray | NdArray[] {
    return this.inner!.predictProba(this.prepare(X));
  }
  protected doPredictLogProba(X: Input): NdArray | NdArray[] {
    return this.inner!.predictLogProba(this.prepare(X));
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.inner!.decisionFunction(this.prepare(X));
  }
  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    return this.inner!.transform(this.prepare(X));
  }
  protected doInverseTransform(X: Input): NdArray | Csr {
    return this.inner!.inverseTransform(X);
  }
  protected doScoreSamples(X: Input): NdArray {
    return this.inner!.scoreSamples(this.prepare(X));
  }
  protected doKneighbors(X: Input, k?: number): Neighbors {
    return this.inner!.kneighbors(this.prepare(X), k);
  }
  protected doRadiusNeighbors(X: Input, radius?: number): RadiusNeighbors {
    return this.inner!.radiusNeighbors(this.prepare(X), radius);
  }
  protected doMahalanobis(X: Input): NdArray {
    return this.inner!.mahalanobis(this.prepare(X));
  }
  protected doApply(X: Input): NdArray {
    return this.inner!.apply(this.prepare(X));
  }
  protected doDecisionPath(X: Input): DecisionPath {
    return this.inner!.decisionPath(this.prepare(X));
  }
  protected doStagedPredict(X: Input): Iterable<NdArray> {
    return this.inner!.stagedPredict(this.prepare(X));
  }
  protected doStagedPredictProba(X: Input): Iterable<NdArray> {
    return this.inner!.stagedPredictProba(this.prepare(X));
  }
  protected doStagedDecisionFunction(X: Input): Iterable<NdArray> {
    return this.inner!.stagedDecisionFunction(this.prepare(X));
  }
  protected doPredictStd(X: Input): NdArray {
    return this.inner!.predictStd(this.prepare(X));
  }
  protected doPredictCov(X: Input): NdArray {
    return this.inner!.predictCov(this.prepare(X));
  }
}
