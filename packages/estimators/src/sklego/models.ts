/** @module Estimators around estimators of scikit-lego: Thresholder, ZeroInflatedRegressor, EstimatorTransformer (`sklego.meta`). */

import { DataFrame, NdArray } from "@curtido/arrays";
import { Delegate, featuresOfAll } from "../base/delegate.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { asTable, type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** Thresholder: the second class above a probability of one's own. */
export class Thresholder extends Delegate {
  declare readonly classes_: NdArray;
  private readonly threshold: number;

  constructor(state: State) {
    super(state, state.estimator("estimator_"));
    this.takeFeaturesOf(this.inner);
    this.threshold = state.number("threshold");
    if (state.given("classes_")) this.classes_ = state.array("classes_", [2]);
  }

  override offers(method: Method): boolean {
    return (method === "predict" || method === "predictProba") && super.offers("predictProba");
  }
  protected override doPredict(X: Input): NdArray {
    const shares = (this.inner!.predictProba(X) as NdArray).toFloat64();
    const [rows] = shapeOf(X);
    return takeLabels(
      this.classes_,
      Int32Array.from({ length: rows }, (_, row) => Number(shares[2 * row + 1]! > this.threshold)),
    );
  }
}

/** ZeroInflatedRegressor: 0, where a classifier says so, else what a regressor says. */
export class ZeroInflatedRegressor extends Estimator {
  private readonly classifier: Estimator;
  private readonly regressor: Estimator;

  constructor(state: State) {
    super(state);
    this.classifier = state.estimator("classifier_");
    this.regressor = state.estimator("regressor_");
    this.takeFeaturesOf(this.classifier);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll([this.classifier, this.regressor], downstream);
  }
  protected doPredict(X: Input): NdArray {
    const some = this.classifier.predict(X).flat();
    const values = this.regressor.predict(X).toFloat64();
    return NdArray.of(values.map((value, row) => (some[row] === 0 || some[row] === false ? 0 : value)));
  }
}

const FUNCTIONS: Readonly<Record<string, Method>> = {
  predict: "predict",
  predict_proba: "predictProba",
  decision_function: "decisionFunction",
  predict_log_proba: "predictLogProba",
};

/** EstimatorTransformer: what an estimator answers, as columns for the next step. */
export class EstimatorTransformer extends Estimator {
  private readonly inner: Estimator;
  private readonly several: boolean;
  private readonly method: "predict" | "predictProba" | "decisionFunction" | "predictLogProba";

  constructor(state: State) {
    super(state);
    this.inner = state.estimator("estimator_");
    const method = FUNCTIONS[state.string("predict_func", "predict")];
    if (method === undefined || !this.inner.offers(method))
      throw state.fail("predict_func", "is no answer that it has");
    this.method = method as EstimatorTransformer["method"];
    this.several = state.has("multi_output_") && state.boolean("multi_output_");
    this.takeFeaturesOf(this.inner);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.inner.features(downstream);
  }
  protected doTransform(X: Input): NdArray {
    const answer = this.inner[this.method](
      X instanceof DataFrame && this.inner.feature_names_in_ === undefined ? asTable(X) : X,
    ) as NdArray;
    if (answer.ndim > 1 && !this.several)
      return this.state.fail(
        "multi_output_",
        "is False, but each row has several answers: scikit-lego puts them below each other",
      );
    return answer.ndim === 1 ? NdArray.of(answer.toC().data, [answer.size, 1], answer.dtype) : answer;
  }
}
