/** @module Stacking: a final estimator over the answers of others (`sklearn.ensemble._stacking`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Delegate, NOT_FORWARDED } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import { type Downstream, type FeatureShape, mergeFeatures } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "./adaboost.ts";

const METHODS: Readonly<Record<string, Method>> = {
  predict_proba: "predictProba",
  decision_function: "decisionFunction",
  predict: "predict",
};

/** StackingClassifier and StackingRegressor. */
export class Stacking extends Delegate {
  private readonly estimators: readonly Estimator[];
  private readonly stackMethods: readonly Method[];
  private readonly passthrough: boolean;
  private readonly binary: boolean;
  private readonly answers: NdArray | undefined;

  constructor(state: State) {
    super(state, state.estimator("final_estimator_"));
    this.estimators = readEstimators(state);
    this.stackMethods = state
      .list("stack_method_")
      .map((name) => METHODS[String(name)] ?? state.fail("stack_method_", `names '${String(name)}'`));
    if (this.stackMethods.length < this.estimators.length)
      state.fail("stack_method_", "has fewer methods than there are estimators");
    this.passthrough = state.boolean("passthrough", false);
    this.answers = readLabels(state);
    this.binary = this.answers?.size === 2;
    if (this.answers !== undefined) (this as { classes_?: NdArray }).classes_ = this.answers;
    this.takeFeaturesOf(this.estimators[0]);
  }

  override offers(method: Method): boolean {
    return (
      method === "transform" ||
      (method !== "inverseTransform" && !NOT_FORWARDED.has(method) && super.offers(method) && this.hasMethod(method))
    );
  }

  /** scikit-learn's stacking never forwarded the logarithm, nor scores. */
  private hasMethod(method: Method): boolean {
    return method !== "predictLogProba" && method !== "scoreSamples";
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const inner = { missing: !this.passthrough || downstream.missing };
    return this.estimators.map((estimator) => estimator.features(inner)).reduce(mergeFeatures, []);
  }

  protected override prepare(X: Input): NdArray | Csr {
    const [rows] = shapeOf(X);
    const blocks: (NdArray | Csr)[] = this.estimators.flatMap((estimator, at) => {
      const method = this.stackMethods[at]!;
      const answer = estimator[method as "predictProba"](X);
      if (Array.isArray(answer)) return answer.map((table) => lastColumns(table));
      if (answer.ndim === 1) return [answer.reshape([rows, 1])];
      return [method === "predictProba" && this.binary ? lastColumns(answer) : answer];
    });
    if (!this.passthrough) return hstack(blocks, rows);
    return hstack([...blocks, asTable(X)], rows, X instanceof Csr);
  }

  protected override doTransform(X: Input): NdArray | Csr {
    return this.prepare(X);
  }

  protected override doPredict(X: Input): NdArray {
    const answer = super.doPredict(X);
    return this.answers === undefined ? answer : takeLabels(this.answers, answer.toFloat64());
  }
}

/** All columns but the first, which the others determine. */
function lastColumns(table: NdArray): NdArray {
  const [rows, columns] = table.shape as readonly [number, number];
  const data = table.toFloat64();
  const width = columns - 1;
  return NdArray.of(
    Float64Array.from({ length: rows * width }, (_, at) => data[Math.floor(at / width) * columns + 1 + (at % width)]!),
    [rows, width],
  );
}

/** A classifier's final estimator answers with positions among these. */
function readLabels(state: State): NdArray | undefined {
  const name = state.named("_label_encoder", "_le");
  if (!state.given(name)) return undefined;
  return state.child(name).array("classes_", [undefined]);
}
