/** @module GradientBoosting*: a start, plus the leaves of regression trees times the learning rate (`sklearn.ensemble._gb`). */

import { NdArray } from "@curtido/arrays";
import type { TreeEnsemble } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type Method } from "../base/estimator.ts";
import { takeLabels } from "../base/labels.ts";
import { expit } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { toDoubles } from "../tree/forest.ts";
import { eachOnce, meanImportances, prepareTrees, type Tree } from "../tree/tree.ts";
import { binaryProbabilities, lossName, multiProbabilities, type RawStart, readStart } from "./gradient_loss.ts";
import { mapped, stagedSums, valuesAtLeaves } from "./staged.ts";

/** The trees of all stages, stage after stage and class after class within one. */
class Stages {
  readonly outputs: number;
  readonly trees: readonly Tree[];
  private readonly ensemble: TreeEnsemble;
  private readonly start: RawStart;
  private readonly rate: number;

  constructor(state: State, classifier: boolean) {
    const grid = state.array("estimators_", [undefined, undefined]);
    this.outputs = grid.shape[1]!;
    const treeOf = eachOnce((value: unknown, at) => {
      const place = `estimators_[${Math.floor(at / this.outputs)}][${at % this.outputs}]`;
      return state.childFrom(value, place).part("tree_") as Tree;
    });
    this.trees = grid.flat().map((value, at) => treeOf(value, at));
    const outputOf = Int32Array.from(this.trees, (_, at) => at % this.outputs);
    this.rate = state.number("learning_rate");
    this.ensemble = prepareTrees(this.trees, { scale: this.rate, outputs: this.outputs, outputOf });
    this.start = readStart(state, this.outputs, classifier);
  }

  get features(): number {
    return this.ensemble.nFeatures;
  }

  /** `[rows, K]`; the start sees the rows as the trees do, in float32. */
  raw(X: NdArray): Float64Array {
    const out = this.begin(X);
    this.ensemble.addTo(toDoubles(X), X.shape[0]!, out);
    return out;
  }

  /** {@link raw} after each stage. */
  staged(X: NdArray): Iterable<Float64Array> {
    const rows = X.shape[0]!;
    const raw = this.trees.map((tree) => tree.raw);
    const added = valuesAtLeaves(raw, this.leaves(X), this.rate);
    return stagedSums(this.begin(X), rows, this.outputs, raw.length, added);
  }

  private begin(X: NdArray): Float64Array {
    const rows = X.shape[0]!;
    const rounded = X.data instanceof Float32Array ? X : NdArray.of(Float32Array.from(X.data as Float64Array), X.shape);
    const out = this.start(rounded);
    if (out.length !== rows * this.outputs) {
      throw estimatorError(
        "E_STATE",
        `'init_' gives ${out.length} numbers for ${rows} rows and ${this.outputs} outputs`,
        { path: "init_" },
      );
    }
    return out;
  }

  private leaves(X: NdArray): Int32Array {
    const leaves = new Int32Array(X.shape[0]! * this.trees.length);
    this.ensemble.apply(toDoubles(X), X.shape[0]!, leaves);
    return leaves;
  }

  /** Leaves as doubles, `[rows, stages, K]`. */
  apply(X: NdArray): Float64Array {
    return Float64Array.from(this.leaves(X));
  }
}

/** GradientBoostingRegressor. */
export class FittedGradientBoostingRegressor extends Estimator {
  private readonly stages: Stages;

  constructor(state: State) {
    super(state);
    this.stages = new Stages(state, false);
    this.n_features_in_ ??= this.stages.features;
    if (this.n_features_in_ !== this.stages.features)
      state.fail("estimators_", `have ${this.stages.features} features, not ${this.n_features_in_}`);
  }

  /** How much each feature counts, summing to 1. */
  get feature_importances_(): Float64Array {
    return meanImportances(this.stages.trees, !this.version.atLeast(0, 21));
  }

  override offers(method: Method): boolean {
    return method === "decisionFunction" ? !this.version.atLeast(0, 19) : super.offers(method);
  }

  protected doPredict(X: NdArray): NdArray {
    return NdArray.of(this.stages.raw(X));
  }
  protected doStagedPredict(X: NdArray): Iterable<NdArray> {
    return mapped(this.stages.staged(X), (raw) => NdArray.of(raw));
  }
  /** Releases before 0.19 had it for regressors too. */
  protected doDecisionFunction(X: NdArray): NdArray {
    return NdArray.of(this.stages.raw(X));
  }
  protected doApply(X: NdArray): NdArray {
    return NdArray.of(this.stages.apply(X), [X.shape[0]!, this.stages.trees.length]);
  }
}

/** GradientBoostingClassifier. */
export class FittedGradientBoostingClassifier extends Classifier {
  private readonly stages: Stages;
  private readonly exponential: boolean;

  constructor(state: State) {
    super(state);
    this.stages = new Stages(state, true);
    this.exponential = lossName(state) === "exponential";
    this.n_features_in_ ??= this.stages.features;
    if (this.n_features_in_ !== this.stages.features)
      state.fail("estimators_", `have ${this.stages.features} features, not ${this.n_features_in_}`);
    const expected = this.classes_.size === 2 ? 1 : Math.max(this.classes_.size, 2);
    if (this.stages.outputs !== expected)
      state.fail("estimators_", `grow ${this.stages.outputs} trees per stage for ${this.classes_.size} classes`);
  }

  /** How much each feature counts, summing to 1. */
  get feature_importances_(): Float64Array {
    return meanImportances(this.stages.trees, !this.version.atLeast(0, 21));
  }

  protected doDecisionFunction(X: NdArray): NdArray {
    const { outputs } = this.stages;
    return NdArray.of(this.stages.raw(X), outputs === 1 ? [X.shape[0]!] : [X.shape[0]!, outputs]);
  }

  protected override doPredictProba(X: NdArray): NdArray {
    return this.probabilities(this.stages.raw(X), X.shape[0]!);
  }

  private probabilities(raw: Float64Array, rows: number): NdArray {
    if (this.stages.outputs === 1) return binaryProbabilities(raw, this.exponential);
    return multiProbabilities(raw, rows, this.stages.outputs, this.version.atLeast(1, 4));
  }

  protected doPredict(X: NdArray): NdArray {
    return this.labels(this.stages.raw(X), X.shape[0]!);
  }

  /** One column stays one: Python gives raw scores as they are here. */
  protected doStagedDecisionFunction(X: NdArray): Iterable<NdArray> {
    const { outputs } = this.stages;
    return mapped(this.stages.staged(X), (raw) => NdArray.of(raw, [X.shape[0]!, outputs]));
  }
  protected doStagedPredictProba(X: NdArray): Iterable<NdArray> {
    return mapped(this.stages.staged(X), (raw) => this.probabilities(raw, X.shape[0]!));
  }
  protected doStagedPredict(X: NdArray): Iterable<NdArray> {
    return mapped(this.stages.staged(X), (raw) => this.labels(raw, X.shape[0]!));
  }

  private labels(raw: Float64Array, rows: number): NdArray {
    if (this.stages.outputs > 1) return this.labelsOf(NdArray.of(raw, [rows, this.stages.outputs]));
    // Up to 1.3 the larger probability won, so that a raw score of 0 was the first class.
    const inclusive = this.exponential || this.version.atLeast(1, 4);
    const positive = (score: number) => (inclusive ? score >= 0 : expit(score) > 0.5);
    return takeLabels(
      this.classes_,
      Int32Array.from(raw, (score) => (positive(score) ? 1 : 0)),
    );
  }

  protected doApply(X: NdArray): NdArray {
    const { outputs, trees } = this.stages;
    return NdArray.of(this.stages.apply(X), [X.shape[0]!, trees.length / outputs, outputs]);
  }
}
