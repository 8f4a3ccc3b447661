/** @module HistGradientBoosting*: missing values and categories go where training sent them. */

import { Csr, NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { type Input, toNumbers } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import { exp } from "../base/math.ts";
import { type Downstream, type FeatureShape, featuresAlike } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { toDoubles } from "../tree/forest.ts";
import { binaryProbabilities, multiProbabilities } from "./gradient_loss.ts";
import { type HistTree, HistTrees, type KnownCategories } from "./hist_trees.ts";
import { mapped } from "./staged.ts";

/** What the classifier and the regressor share. */
class Booster {
  readonly outputs: number;
  private readonly trees: HistTrees;
  private readonly baseline: Float64Array;
  private readonly preprocessor: Estimator | undefined;
  private readonly width: number;

  constructor(state: State, features: number) {
    const stages = state.list("_predictors").map((stage, at) => {
      if (!Array.isArray(stage)) return state.fail(`_predictors[${at}]`, "must be a list of trees");
      return stage.map((value, k) => state.partFrom(value, `_predictors[${at}][${k}]`) as HistTree);
    });
    this.outputs = stages[0]?.length ?? 1;
    if (stages.some((stage) => stage.length !== this.outputs))
      state.fail("_predictors", "has stages of different lengths");
    this.baseline = state.floats("_baseline_prediction");
    if (this.baseline.length !== 1 && this.baseline.length !== this.outputs)
      state.fail("_baseline_prediction", `does not hold ${this.outputs} numbers`);
    this.preprocessor = state.given("_preprocessor") ? state.estimator("_preprocessor") : undefined;
    this.width = features;
    this.trees = new HistTrees(stages.flat(), features, this.outputs, knownCategories(state, features));
  }

  /** What a row may hold: what the encoder of categories says, numbers otherwise. */
  features(): readonly FeatureShape[] {
    const number: FeatureShape = { type: "number", missing: true };
    const inner = this.preprocessor?.features({ missing: true });
    return featuresAlike(this.width, number).map((_, at) => {
      const shape = inner?.[at];
      if (shape === undefined || shape.type === "any") return number;
      return { ...shape, missing: true, ...(shape.categories === undefined ? {} : { closed: false }) };
    });
  }

  /** `[rows, K]` */
  raw(X: Input, names: (column: number) => string): Float64Array {
    const { table, rows, out } = this.begin(X, names);
    this.trees.addTo(table, rows, out);
    return out;
  }

  /** {@link raw} after each stage. */
  staged(X: Input, names: (column: number) => string): Iterable<Float64Array> {
    const { table, rows, out } = this.begin(X, names);
    return this.trees.staged(table, rows, out);
  }

  /** Rows as the trees take them, and the baseline. */
  private begin(X: Input, names: (column: number) => string): { table: Float64Array; rows: number; out: Float64Array } {
    const encoded = this.preprocessor === undefined ? X : this.preprocessor.transformed(X);
    const dense = encoded instanceof Csr ? encoded.toDense() : encoded;
    const table = toNumbers(dense, { missing: true, infinite: true, names });
    const rows = table.shape[0]!;
    const { baseline, outputs } = this;
    const out = new Float64Array(rows * outputs);
    for (let at = 0; at < out.length; at++) out[at] = baseline[baseline.length === 1 ? 0 : at % outputs]!;
    return { table: toDoubles(table), rows, out };
  }
}

/** From the bin mapper: the categories that training saw, as bits. */
function knownCategories(state: State, features: number): KnownCategories {
  const name = state.named("_bin_mapper", "bin_mapper_");
  if (!state.given(name)) return [];
  const mapper = state.child(name);
  if (!mapper.given("is_categorical_")) return [];
  const flags = mapper.floats("is_categorical_", [features]);
  const thresholds = mapper.list("bin_thresholds_");
  return Array.from(flags, (flag, at) => {
    if (flag === 0) return undefined;
    const values = state.context.value(thresholds[at]);
    if (!(values instanceof NdArray)) return mapper.fail("bin_thresholds_", "must hold arrays of categories");
    const words = new Uint32Array(8);
    for (const value of values.toFloat64()) words[(Math.trunc(value) & 255) >> 5]! |= 1 << (Math.trunc(value) & 31);
    return words;
  });
}

const ANY: InputRules = { kind: "any", missing: true, sparse: false };

function featureCount(estimator: Estimator, state: State): number {
  estimator.n_features_in_ ??= state.integer(state.named("_n_features", "n_features_"));
  return estimator.n_features_in_;
}

/** HistGradientBoostingRegressor; counts and positive targets come back through the exponential. */
export class FittedHistGradientBoostingRegressor extends Estimator {
  private readonly booster: Booster;
  private readonly logLink: boolean;

  constructor(state: State) {
    super(state);
    this.booster = new Booster(state, featureCount(this, state));
    this.logLink = ["poisson", "gamma"].includes(state.string("loss"));
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.features();
  }

  override offers(method: Method): boolean {
    return method === "stagedPredict" ? this.version.atLeast(0, 24) : super.offers(method);
  }

  protected doPredict(X: Input): NdArray {
    return this.linked(this.booster.raw(X, (column) => this.featureName(column)));
  }
  protected doStagedPredict(X: Input): Iterable<NdArray> {
    return mapped(
      this.booster.staged(X, (column) => this.featureName(column)),
      (raw) => this.linked(raw),
    );
  }

  private linked(raw: Float64Array): NdArray {
    return NdArray.of(this.logLink ? raw.map(exp) : raw);
  }
}

/** HistGradientBoostingClassifier. */
export class FittedHistGradientBoostingClassifier extends Classifier {
  private readonly booster: Booster;

  constructor(state: State) {
    super(state);
    this.booster = new Booster(state, featureCount(this, state));
    const expected = this.classes_.size === 2 ? 1 : Math.max(this.classes_.size, 2);
    if (this.booster.outputs !== expected)
      state.fail("_predictors", `grow ${this.booster.outputs} trees per stage for ${this.classes_.size} classes`);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.features();
  }
  override offers(method: Method): boolean {
    if (method.startsWith("staged")) return this.version.atLeast(0, 24);
    return method === "predictLogProba" ? false : super.offers(method);
  }

  protected doDecisionFunction(X: Input): NdArray {
    return this.scored(this.booster.raw(X, (column) => this.featureName(column)));
  }
  protected doStagedDecisionFunction(X: Input): Iterable<NdArray> {
    return mapped(
      this.booster.staged(X, (column) => this.featureName(column)),
      (raw) => this.scored(raw),
    );
  }

  private scored(raw: Float64Array): NdArray {
    const { outputs } = this.booster;
    return NdArray.of(raw, outputs === 1 ? [raw.length] : [raw.length / outputs, outputs]);
  }

  protected override doPredictProba(X: Input): NdArray {
    return this.probabilities(this.doDecisionFunction(X));
  }
  protected doStagedPredictProba(X: Input): Iterable<NdArray> {
    return mapped(this.doStagedDecisionFunction(X), (scores) => this.probabilities(scores));
  }

  private probabilities(scores: NdArray): NdArray {
    const raw = scores.data as Float64Array;
    if (scores.ndim === 1) return binaryProbabilities(raw, false);
    return multiProbabilities(raw, scores.shape[0]!, this.booster.outputs, this.version.atLeast(1, 1));
  }

  protected doPredict(X: Input): NdArray {
    return this.labels(this.doDecisionFunction(X));
  }
  protected doStagedPredict(X: Input): Iterable<NdArray> {
    return mapped(this.doStagedDecisionFunction(X), (scores) => this.labels(scores));
  }

  private labels(scores: NdArray): NdArray {
    if (scores.ndim === 1)
      return takeLabels(
        this.classes_,
        Int32Array.from(scores.data as Float64Array, (score) => (score > 0 ? 1 : 0)),
      );
    return this.labelsOf(scores);
  }
}
