/** @module DummyClassifier and DummyRegressor, which start gradient boosting (`sklearn.dummy`). */

import { NdArray } from "@curtido/arrays";
import type { RandomState } from "@curtido/kernels";
import { Classifier, logOf } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, labelTable, takeLabels } from "../base/labels.ts";
import { randomSource } from "../base/random.ts";
import type { State } from "../base/state.ts";
import type { Version } from "../base/version.ts";

const STRATEGIES = ["prior", "most_frequent", "stratified", "uniform", "constant"] as const;
type Strategy = (typeof STRATEGIES)[number];

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

/** How one output is answered whatever a row holds. */
class DummyOutput {
  readonly classes: NdArray;
  private readonly strategy: Strategy;
  private readonly prior: Float64Array;
  /** The probabilities of every row, where no lots are drawn. */
  private readonly fixed: Float64Array;
  /** Whether probabilities are whole numbers. */
  private readonly counts: boolean;

  constructor(strategy: Strategy, classes: NdArray, prior: Float64Array, constant: unknown, version: Version) {
    this.strategy = strategy;
    this.counts = strategy === "stratified" && !version.atLeast(0, 21);
    this.classes = classes;
    this.prior = prior;
    this.fixed = fixedProbabilities(strategy, prior, classes, constant);
  }

  predict(rows: number, random: RandomState): NdArray {
    const chosen = new Int32Array(rows);
    if (this.strategy === "uniform") for (let row = 0; row < rows; row++) chosen[row] = random.below(this.prior.length);
    else if (this.strategy === "stratified")
      for (let row = 0; row < rows; row++) chosen[row] = random.outcome(this.prior);
    else chosen.fill(argmaxRows(this.fixed, 1, this.fixed.length)[0]!);
    return takeLabels(this.classes, chosen);
  }

  probabilities(rows: number, random: RandomState): NdArray {
    const width = this.prior.length;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      if (this.strategy === "stratified") out[row * width + random.outcome(this.prior)] = 1;
      else out.set(this.fixed, row * width);
    }
    // numpy's lots are counts; from 0.21 on they are made doubles.
    return this.counts ? int64s(out, [rows, width]) : NdArray.of(out, [rows, width]);
  }
}

/** Answers several outputs without looking at the rows. */
export class MultiDummyClassifier extends Estimator {
  override readonly classes_: readonly NdArray[];
  private readonly parts: readonly DummyOutput[];
  private readonly random: () => RandomState;

  constructor(state: State) {
    super(state);
    const strategy = strategyOf(state);
    const arrays = (name: string) =>
      state.list(name).map((value) => {
        const array = state.context.value(value);
        return array instanceof NdArray ? array : state.fail(name, "must hold a list per output");
      });
    this.classes_ = arrays("classes_");
    const constants = strategy === "constant" ? state.array("constant").flat() : [];
    const priors = arrays("class_prior_").map((prior) => prior.toFloat64());
    this.parts = this.classes_.map((classes, at) => {
      const prior = priors[at];
      if (prior?.length !== classes.size) return state.fail("class_prior_", "must have a number per class");
      return new DummyOutput(strategy, classes, prior, constants[at], state.version);
    });
    this.random = randomSource(state);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const random = this.random();
    return labelTable(
      this.parts.map((part) => part.predict(rows, random)),
      rows,
    );
  }
  protected doPredictProba(X: Input): NdArray[] {
    const random = this.random();
    return this.parts.map((part) => part.probabilities(shapeOf(X)[0], random));
  }
  protected doPredictLogProba(X: Input): NdArray[] {
    return this.doPredictProba(X).map(logOf);
  }
}

/** Answers without looking at the rows: always the same, or by lots, which a seed repeats. */
export class DummyClassifier extends Classifier {
  private readonly output: DummyOutput;
  private readonly random: () => RandomState;

  constructor(state: State) {
    super(state);
    const prior = state.floats("class_prior_", [this.classes_.size]);
    const constant = state.has("constant") ? state.plain("constant") : null;
    this.output = new DummyOutput(strategyOf(state), this.classes_, prior, constant, state.version);
    this.random = randomSource(state);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }

  protected doPredict(X: Input): NdArray {
    return this.output.predict(shapeOf(X)[0], this.random());
  }

  protected override doPredictProba(X: Input): NdArray {
    return this.output.probabilities(shapeOf(X)[0], this.random());
  }
}

/** `_strategy` is what the default of a release stood for. */
function strategyOf(state: State): Strategy {
  return state.oneOf(state.named("_strategy", "strategy"), STRATEGIES);
}

function fixedProbabilities(
  strategy: Strategy,
  prior: Float64Array,
  classes: NdArray,
  constant: unknown,
): Float64Array {
  if (strategy === "prior" || strategy === "stratified") return prior;
  if (strategy === "uniform") return new Float64Array(prior.length).fill(1 / prior.length);
  const out = new Float64Array(prior.length);
  const at = strategy === "constant" ? classes.flat().indexOf(constant) : argmaxRows(prior, 1, prior.length)[0]!;
  if (at >= 0) out[at] = 1;
  return out;
}
