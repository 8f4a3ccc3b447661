/** @module One tree or many: decision trees, random forests, extra trees (`sklearn.tree._classes`, `sklearn.ensemble._forest`). */

import { type Csr, isNumeric, NdArray } from "@curtido/arrays";
import type { TreeEnsemble } from "@curtido/kernels";
import { logOf } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { type DecisionPath, Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { argmaxRows, labelTable, takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";
import { decisionPath } from "./paths.ts";
import { eachOnce, meanImportances, prepareTrees, type Tree } from "./tree.ts";

/** The trees of an estimator: its own, or those of its parts. */
export function readTrees(state: State): readonly Tree[] {
  if (!state.has("estimators_")) return [state.part("tree_") as Tree];
  const treeOf = eachOnce((value, at) => state.childFrom(value, `estimators_[${at}]`).part("tree_") as Tree);
  return state.list("estimators_").map((value, at) => treeOf(value, at));
}

/** From so many nodes on, 8 bytes each, a walk leaves a core's own cache at nearly every step. */
export const BEYOND_CACHE = 1 << 17;

/** What trees and forests share: rows are compared as float32, NaN goes where training sent it. */
abstract class TreeModel extends Estimator {
  protected readonly trees: readonly Tree[];
  protected readonly ensemble: TreeEnsemble;
  protected readonly shape: Tree;
  private readonly missing: boolean;

  /**
   * @param normalize - whether leaves hold weights of classes, not their shares
   * @param random - whether its class splits at random unless it is told otherwise (the "extra" trees)
   */
  constructor(state: State, normalize: boolean, random: boolean) {
    super(state);
    this.trees = readTrees(state);
    this.shape = this.trees[0] ?? state.fail("estimators_", "is empty");
    this.n_features_in_ ??= this.shape.features;
    if (this.n_features_in_ !== this.shape.features)
      state.fail("tree_", `has ${this.shape.features} features, not ${this.n_features_in_}`);
    this.ensemble = prepareTrees(this.trees, normalize ? { mapLeaf: normalizer(this.shape) } : {});
    this.missing = allowsMissing(state, random, this.shape.classes === 1);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: this.missing, sparse: false };
  }

  override outputs(): number {
    return this.shape.outputs;
  }

  override get gathers(): boolean {
    return this.ensemble.nodeCount > BEYOND_CACHE;
  }

  /** How much each feature counts, summing to 1. */
  get feature_importances_(): Float64Array {
    return meanImportances(this.trees, true);
  }

  /** The mean over the trees of their leaves' values, `[rows, outputs * classes]`. */
  protected means(X: NdArray): Float64Array {
    const rows = X.shape[0]!;
    const out = new Float64Array(rows * this.ensemble.outputs);
    this.ensemble.addTo(toDoubles(X), rows, out);
    const count = this.trees.length;
    if (count > 1 || this.isForest()) for (let at = 0; at < out.length; at++) out[at]! /= count;
    return out;
  }

  protected isForest(): boolean {
    return this.state.has("estimators_");
  }

  /** The leaf that each row ends in, `[rows, trees]`. */
  private leaves(X: NdArray): Int32Array {
    const rows = X.shape[0]!;
    const leaves = new Int32Array(rows * this.trees.length);
    this.ensemble.apply(toDoubles(X), rows, leaves);
    return leaves;
  }

  protected doApply(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    return int64s(this.leaves(X), this.isForest() ? [rows, this.trees.length] : [rows]);
  }

  override offers(method: Method): boolean {
    return method === "decisionPath" ? this.version.atLeast(0, 18) : super.offers(method);
  }
  protected doDecisionPath(X: NdArray): DecisionPath {
    return decisionPath(this.trees, this.leaves(X), X.shape[0]!);
  }
}

/** A table as doubles: float32 values are theirs exactly. */
export function toDoubles(X: NdArray): Float64Array {
  return X.data instanceof Float64Array ? X.data : X.toFloat64();
}

/** Divides a leaf's values by their sum, output by output, as releases up to 1.3 did when they predicted. */
function normalizer({ outputs, classes }: Tree): (tree: number, node: number, values: Float64Array) => void {
  return (_tree, _node, values) => {
    for (let output = 0; output < outputs; output++) {
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += values[output * classes + k]!;
      const divisor = sum === 0 ? 1 : sum;
      for (let k = 0; k < classes; k++) values[output * classes + k]! /= divisor;
    }
  };
}

/** `allow_nan` of scikit-learn's tags: trees take missing values from 1.3 on, forests from 1.4, random splits from 1.6. */
function allowsMissing(state: State, extra: boolean, regression: boolean): boolean {
  const { version } = state;
  const forest = state.has("estimators_");
  const random = forest ? extra : state.plain("splitter") === "random";
  if (!version.atLeast(1, random ? 6 : forest ? 4 : 3)) return false;
  if (extra && !random && version.atLeast(1, 6) && !(version.minor === 6 && regression)) return false;
  const supported = ["gini", "entropy", "log_loss", "squared_error", "friedman_mse", "poisson"];
  if (version.atLeast(1, 9)) supported.push("absolute_error");
  return supported.includes(String(state.has("criterion") ? state.plain("criterion") : "gini"));
}

/** DecisionTreeRegressor, ExtraTreeRegressor, RandomForestRegressor, ExtraTreesRegressor. */
export class TreeRegressor extends TreeModel {
  constructor(state: State, random: boolean) {
    super(state, false, random);
    if (this.shape.classes !== 1) state.fail("tree_", "is the tree of a classifier");
  }

  protected doPredict(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    return NdArray.of(this.means(X), this.shape.outputs === 1 ? [rows] : [rows, this.shape.outputs]);
  }
}

/** DecisionTreeClassifier, ExtraTreeClassifier, RandomForestClassifier, ExtraTreesClassifier; with one output or several. */
export class TreeClassifier extends TreeModel {
  override readonly classes_: NdArray | readonly NdArray[];
  private readonly lists: readonly NdArray[];

  constructor(state: State, random: boolean) {
    super(state, !state.version.atLeast(1, 4), random);
    this.lists = readClasses(state, this.shape.outputs);
    this.classes_ = this.lists.length === 1 ? this.lists[0]! : this.lists;
    if (
      this.lists.length !== this.shape.outputs ||
      this.lists.some((list, output) => list.size !== this.shape.counts[output])
    )
      state.fail("classes_", `does not hold the ${this.shape.counts.join(", ")} labels that the trees tell apart`);
  }

  protected doPredict(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const { outputs, classes } = this.shape;
    const means = this.means(X);
    if (outputs === 1) return takeLabels(this.lists[0]!, argmaxRows(means, rows, classes));
    const columns = this.lists.map((list, output) =>
      takeLabels(list, argmaxRows(this.probabilities(means, rows, output), rows, list.size)),
    );
    const table = labelTable(columns, rows);
    // Before 0.21 all labels came as doubles.
    const doubles = !this.version.atLeast(0, 21) && isNumeric(table.dtype);
    return doubles ? NdArray.of(table.toFloat64(), table.shape) : table;
  }

  protected doPredictProba(X: NdArray): NdArray | NdArray[] {
    const rows = X.shape[0]!;
    const means = this.means(X);
    const all = this.lists.map((list, output) =>
      NdArray.of(this.probabilities(means, rows, output), [rows, list.size]),
    );
    return all.length === 1 ? all[0]! : all;
  }

  protected doPredictLogProba(X: NdArray): NdArray | NdArray[] {
    const proba = this.doPredictProba(X);
    return Array.isArray(proba) ? proba.map(logOf) : logOf(proba);
  }

  /** One output's part of the means; the trees reserve as many classes as the richest output has. */
  private probabilities(means: Float64Array, rows: number, output: number): Float64Array {
    const { outputs, classes } = this.shape;
    const width = this.lists[output]!.size;
    if (outputs === 1 && width === classes) return means;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const from = (row * outputs + output) * classes;
      for (let k = 0; k < width; k++) out[row * width + k] = means[from + k]!;
    }
    return out;
  }
}

/** `classes_`: the labels of one output, or a list of labels per output. */
function readClasses(state: State, outputs: number): readonly NdArray[] {
  if (outputs === 1 && !Array.isArray(state.raw("classes_"))) return [state.array("classes_", [undefined])];
  return state.list("classes_").map((value, at) => {
    const list = state.context.value(value);
    return list instanceof NdArray && list.ndim === 1
      ? list
      : state.fail(`classes_[${at}]`, "must be a list of labels");
  });
}

/** RandomTreesEmbedding: the leaves of each row, one-hot. */
export class TreesEmbedding extends TreeModel {
  private readonly encoder: Estimator;

  constructor(state: State) {
    super(state, false, false);
    this.encoder = state.estimator("one_hot_encoder_");
  }

  protected doTransform(X: NdArray): NdArray | Csr {
    return this.encoder.transformed(this.doApply(X)) as Csr;
  }
}
