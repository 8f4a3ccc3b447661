/** @module DummyClassifier and DummyRegressor, which start gradient boosting (`sklearn.dummy`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };

/** The same numbers for every row. */
export class DummyRegressor extends Estimator {
  private readonly constant: Float64Array;

  constructor(state: State) {
    super(state);
    this.constant = state.floats("constant_");
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override outputs(): number {
    return this.constant.length;
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const width = this.constant.length;
    const out = Float64Array.from({ length: rows * width }, (_, at) => this.constant[at % width]!);
    return NdArray.of(out, width === 1 ? [rows] : [rows, width]);
  }
}

/** The same label and probabilities for every row; strategies that draw lots cannot be repeated and are refused. */
export class DummyClassifier extends Classifier {
  private readonly probabilities: Float64Array;
  private readonly strategy: string;

  constructor(state: State) {
    super(state);
    this.strategy = state.string("strategy");
    const prior = state.floats("class_prior_", [this.classes_.size]);
    this.probabilities = this.strategy === "prior" ? prior : oneHot(prior.length, this.chosen(state, prior));
  }

  private chosen(state: State, prior: Float64Array): number {
    if (this.strategy === "most_frequent") return argmaxRows(prior, 1, prior.length)[0]!;
    if (this.strategy === "constant") return this.classes_.flat().indexOf(state.plain("constant"));
    return -1;
  }

  protected override inputRules(): InputRules {
    return ANY;
  }

  protected doPredict(X: Input): NdArray {
    if (this.strategy === "uniform" || this.strategy === "stratified") {
      throw estimatorError("E_UNSUPPORTED", `DummyClassifier with strategy '${this.strategy}' draws lots, which cannot be repeated`);
    }
    const best = argmaxRows(this.probabilities, 1, this.probabilities.length)[0]!;
    return takeLabels(this.classes_, new Int32Array(shapeOf(X)[0]).fill(best));
  }

  protected override doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const width = this.probabilities.length;
    return NdArray.of(Float64Array.from({ length: rows * width }, (_, at) => this.probabilities[at % width]!), [rows, width]);
  }
}

function oneHot(length: number, at: number): Float64Array {
  const out = new Float64Array(length);
  if (at >= 0) out[at] = 1;
  return out;
}
