/** @module DummyClassifier and DummyRegressor, which start gradient boosting (`sklearn.dummy`). */

import { NdArray } from "@curtido/arrays";
import { Classifier, logOf } from "../base/classifier.ts";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";
import { interleave } from "../tree/forest.ts";

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

/** The same labels for every row of several outputs. */
export class MultiDummyClassifier extends Estimator {
  override readonly classes_: readonly NdArray[];
  private readonly parts: readonly Float64Array[];
  private readonly strategy: string;

  constructor(state: State) {
    super(state);
    this.strategy = state.string("strategy");
    const arrays = (name: string) =>
      state.list(name).map((value) => {
        const array = state.context.value(value);
        return array instanceof NdArray ? array : state.fail(name, "must hold a list per output");
      });
    this.classes_ = arrays("classes_");
    const constants = this.strategy === "constant" ? state.array("constant").flat() : [];
    this.parts = arrays("class_prior_").map((prior, at) =>
      chosenProbabilities(this.strategy, prior.toFloat64(), this.classes_[at]!, constants[at]),
    );
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  protected doPredict(X: Input): NdArray {
    refuseLots(this.strategy);
    const [rows] = shapeOf(X);
    const columns = this.parts.map((part, at) =>
      takeLabels(this.classes_[at]!, new Int32Array(rows).fill(argmaxRows(part, 1, part.length)[0]!)),
    );
    return interleave(columns, rows);
  }
  protected doPredictProba(X: Input): NdArray[] {
    return this.parts.map((part) => repeat(part, shapeOf(X)[0]));
  }
  protected doPredictLogProba(X: Input): NdArray[] {
    return this.doPredictProba(X).map(logOf);
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
    this.probabilities = chosenProbabilities(
      this.strategy,
      prior,
      this.classes_,
      state.has("constant") ? state.plain("constant") : null,
    );
  }

  protected override inputRules(): InputRules {
    return ANY;
  }

  protected doPredict(X: Input): NdArray {
    refuseLots(this.strategy);
    const best = argmaxRows(this.probabilities, 1, this.probabilities.length)[0]!;
    return takeLabels(this.classes_, new Int32Array(shapeOf(X)[0]).fill(best));
  }

  protected override doPredictProba(X: Input): NdArray {
    return repeat(this.probabilities, shapeOf(X)[0]);
  }
}

function repeat(row: Float64Array, rows: number): NdArray {
  const width = row.length;
  return NdArray.of(
    Float64Array.from({ length: rows * width }, (_, at) => row[at % width]!),
    [rows, width],
  );
}

function refuseLots(strategy: string): void {
  if (strategy !== "uniform" && strategy !== "stratified") return;
  throw estimatorError(
    "E_UNSUPPORTED",
    `DummyClassifier with strategy '${strategy}' draws lots, which cannot be repeated`,
  );
}

function chosenProbabilities(strategy: string, prior: Float64Array, classes: NdArray, constant: unknown): Float64Array {
  if (strategy === "prior") return prior;
  const out = new Float64Array(prior.length);
  const at = strategy === "constant" ? classes.flat().indexOf(constant) : argmaxRows(prior, 1, prior.length)[0]!;
  if (at >= 0) out[at] = 1;
  return out;
}
