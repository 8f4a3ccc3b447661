/** @module IsolationForest: how few splits it takes to set a row apart (`sklearn.ensemble._iforest`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { pow, type TreeEnsemble } from "@curtido/kernels";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import type { Version } from "../base/version.ts";
import { BEYOND_CACHE, readTrees, toDoubles } from "../tree/forest.ts";
import { depthsOf, eachOnce, prepareTrees, type Tree, withFeatures } from "../tree/tree.ts";

const EULER_GAMMA = 0.5772156649015329;

/** Mean depth of a leaf in a random tree over `n` rows, as each release had it (Liu, Ting and Zhou 2008, equation 1). */
function meanDepth(n: number, version: Version): number {
  if (n <= 1) return version.atLeast(0, 21) ? 0 : 1;
  if (n === 2 && version.atLeast(0, 21)) return 1;
  if (!version.atLeast(0, 19)) return 2 * (log(n) + 0.5772156649) - (2 * (n - 1)) / n;
  return 2 * (log(n - 1) + EULER_GAMMA) - (2 * (n - 1)) / n;
}

/** IsolationForest: outliers are -1, all others 1. */
export class IsolationForest extends Estimator {
  private readonly ensemble: TreeEnsemble;
  /** What the mean depth of a row is compared with. */
  private readonly normal: number;
  private readonly offset: number;
  /** A decision at or below it (below it, from 0.20 on) is an outlier. */
  private readonly threshold: number;

  constructor(state: State) {
    super(state);
    const { version } = this;
    const trees = readTrees(state);
    if (trees.length === 0) state.fail("estimators_", "is empty");
    if (state.given("n_features_")) this.n_features_in_ ??= state.integer("n_features_");
    this.ensemble = prepareDepths(state, trees, (this.n_features_in_ ??= trees[0]!.features));
    const late = version.atLeast(1, 3) && state.given("_max_samples");
    this.normal = meanDepth(state.integer(late ? "_max_samples" : "max_samples_", undefined, 1), version);
    this.offset = version.atLeast(0, 20) ? state.number("offset_") : -0.5;
    this.threshold = readThreshold(state);
  }

  protected override inputRules(): InputRules {
    const missing = this.version.atLeast(1, 6);
    return { kind: "numbers", missing, infinite: missing, sparse: false };
  }
  override task(): "outlier detection" {
    return "outlier detection";
  }
  override get gathers(): boolean {
    return this.ensemble.nodeCount > BEYOND_CACHE;
  }
  override offers(method: Method): boolean {
    return method === "scoreSamples" ? this.version.atLeast(0, 20) : super.offers(method);
  }

  private scores(X: NdArray | Csr): Float64Array {
    const rows = X.shape[0]!;
    const out = new Float64Array(rows);
    this.ensemble.addTo(toDoubles(X as NdArray), rows, out);
    const { treeCount } = this.ensemble;
    for (let row = 0; row < rows; row++) out[row] = -pow(2, -this.relative(out[row]!, treeCount));
    return out;
  }

  /** The depth of a row in the trees, as a multiple of what it is on average. */
  private relative(total: number, trees: number): number {
    if (!this.version.atLeast(0, 21)) return total / trees / this.normal;
    const denominator = trees * this.normal;
    return denominator === 0 && this.version.atLeast(1, 0) ? 1 : total / denominator;
  }

  protected doScoreSamples(X: NdArray): NdArray {
    return NdArray.of(this.scores(X));
  }
  protected doDecisionFunction(X: NdArray): NdArray {
    return NdArray.of(this.scores(X).map((score) => score - this.offset));
  }
  protected doPredict(X: NdArray): NdArray {
    const { threshold } = this;
    const strict = this.version.atLeast(0, 20);
    const decisions = this.doDecisionFunction(X).data as Float64Array;
    return int64s(Int32Array.from(decisions, (value) => ((strict ? value < threshold : value <= threshold) ? -1 : 1)));
  }
}

function readThreshold(state: State): number {
  const { version } = state;
  if (!version.atLeast(0, 20)) return state.number("threshold_");
  const old = !version.atLeast(0, 22) && state.plain("behaviour") === "old";
  return old ? state.number("_threshold_") : 0;
}

/** Trees whose leaves hold the depth of a row that ends in them. */
function prepareDepths(state: State, trees: readonly Tree[], features: number): TreeEnsemble {
  const { version } = state;
  const subsets = state.has("estimators_features_") ? state.list("estimators_features_") : [];
  const whole = trees.map((tree, at) => {
    if (tree.outputs !== 1 || tree.classes !== 1) state.fail(`estimators_[${at}]`, "is no regression tree");
    if (tree.features === features) return tree;
    const name = `estimators_features_[${at}]`;
    const columns = Int32Array.from(state.floatsFrom(subsets[at], name, [tree.features]));
    if (columns.some((column) => column < 0 || column >= features))
      state.fail(name, "names a column that is not there");
    return withFeatures(tree, columns, features);
  });
  const depthOf = eachOnce(depthsOf);
  const samplesOf = eachOnce((tree: Tree) => tree.nodes.field("n_node_samples").toFloat64());
  const depths = trees.map((tree) => depthOf(tree));
  const samples = trees.map((tree) => samplesOf(tree));
  return prepareTrees(whole, {
    mapLeaf: (tree, node, values) => {
      const rest = meanDepth(samples[tree]![node]!, version);
      const depth = depths[tree]![node]!;
      // Releases from 0.21 on count nodes, and take one off at the end.
      values[0] = version.atLeast(0, 21) ? depth + 1 + rest - 1 : depth + rest;
    },
  });
}
