/** @module lifelines' curves without covariates: what they give at a time (`KaplanMeierFitter`, `WeibullFitter` ...). */

import { NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { exp } from "../base/math.ts";
import type { FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { type Curve, curvesOf, lastBefore } from "./frames.ts";
import type { Lifetime } from "./survival.ts";

/** A curve over time: a row is a `time`, or a number alone. */
abstract class Univariate extends Estimator {
  constructor(state: State) {
    super(state);
    this.feature_names_in_ = ["time"];
    this.n_features_in_ = 1;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }
  override features(): readonly FeatureShape[] {
    return [{ type: "number", missing: false }];
  }
  override task(): Signature["task"] {
    return "regression";
  }

  /** The value at a time. */
  protected abstract at(time: number): number;

  protected doPredict(X: NdArray): NdArray {
    return NdArray.of(X.toFloat64().map((time) => this.at(time)));
  }
}

/** Steps between the times of training: the last one counts; before the first there is none. */
export class StepCurve extends Univariate {
  private readonly curve: Curve;

  constructor(state: State) {
    super(state);
    const name = state.string("_estimation_method", state.string("_estimate_name", ""));
    this.curve = curvesOf(state, name)[0]?.curve ?? state.fail(name, "has no column");
  }

  protected override at(time: number): number {
    return this.curve.values[lastBefore(this.curve.times, time)] ?? Number.NaN;
  }
}

/** The probability to survive a time, of a distribution that was fitted. */
export class LifetimeCurve extends Univariate {
  private readonly lifetime: Lifetime;
  private readonly parameters: readonly number[];

  constructor(state: State, lifetime: Lifetime) {
    super(state);
    this.lifetime = lifetime;
    this.parameters = lifetime.names.map((name) => state.number(name));
  }

  protected override at(time: number): number {
    return exp(-this.lifetime.hazard(time, this.parameters));
  }
}
