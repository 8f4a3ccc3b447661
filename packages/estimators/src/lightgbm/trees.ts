/** @module Walks LightGBM's trees, in the order and the precision of its predictor. */

import { TreeEnsemble, type TreeSource } from "@curtido/kernels";
import type { LinearLeaves, ModelText, TextTree } from "./text.ts";

/** What LightGBM takes for zero: its single-precision 1e-35. */
const ZERO = Math.fround(1e-35);

/** Kinds of missing values, bits 2-3 of a decision. */
const MISSING_ZERO = 1;
const MISSING_NAN = 2;

/** All trees of a model, laid out once in flat arrays; inner node n of tree t is at `nodeStart[t] + n`, and so are leaves. */
export class TextForest {
  readonly outputs: number;
  readonly features: number;
  /** Trees that predict: those of the best iteration where training stopped early. */
  readonly count: number;
  private readonly nodeStart: Int32Array;
  private readonly leafStart: Int32Array;
  private readonly feature: Int32Array;
  private readonly threshold: Float64Array;
  private readonly decision: Uint8Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly value: Float64Array;
  private readonly sets: readonly { readonly boundaries: Int32Array; readonly words: Uint32Array }[];
  private readonly linear: readonly (LinearLeaves | undefined)[];
  /** The same sums on the engine of all forests, where every split is one that it knows. */
  private readonly fast: TreeEnsemble | undefined;

  /** @param iterations how many iterations predict; all of them when it is 0 or more than there are */
  constructor(text: ModelText, iterations: number) {
    this.outputs = text.outputs;
    this.features = text.features;
    const all = text.trees.length;
    this.count = iterations > 0 ? Math.min(all, iterations * text.outputs) : all;
    const trees = text.trees.slice(0, this.count);
    this.nodeStart = starts(trees, (tree) => tree.left.length);
    this.leafStart = starts(trees, (tree) => tree.leaves);
    const nodes = this.nodeStart[this.count]!;
    this.feature = joined(trees, (tree) => tree.feature, new Int32Array(nodes));
    this.threshold = joined(trees, (tree) => tree.threshold, new Float64Array(nodes));
    this.decision = joined(trees, (tree) => tree.decision, new Uint8Array(nodes));
    this.left = joined(trees, (tree) => tree.left, new Int32Array(nodes));
    this.right = joined(trees, (tree) => tree.right, new Int32Array(nodes));
    this.value = joined(trees, (tree) => tree.value, new Float64Array(this.leafStart[this.count]!));
    this.sets = trees.map(({ boundaries, words }) => ({ boundaries, words }));
    this.linear = trees.map((tree) => tree.linear);
    this.fast = engineOf(trees, this.features, this.outputs);
  }

  /** How many iterations predict. */
  get iterations(): number {
    return this.count / this.outputs;
  }

  /** The leaf of tree `t` that a row falls into. */
  leafOf(t: number, X: Float64Array, from: number): number {
    const base = this.nodeStart[t]!;
    if (base === this.nodeStart[t + 1]!) return 0;
    const { feature, threshold, decision, left, right } = this;
    let node = 0;
    while (node >= 0) {
      const at = base + node;
      const type = decision[at]!;
      const x = X[from + feature[at]!]!;
      const goesLeft = (type & 1) === 0 ? numeric(x, type, threshold[at]!) : this.inSet(t, threshold[at]!, x);
      node = goesLeft ? left[at]! : right[at]!;
    }
    return ~node;
  }

  /** What tree `t` says about a row. */
  private outputOf(t: number, X: Float64Array, from: number): number {
    const leaf = this.leafOf(t, X, from);
    const constant = this.value[this.leafStart[t]! + leaf]!;
    const linear = this.linear[t];
    if (linear === undefined) return constant;
    let sum = linear.constant[leaf]!;
    for (let k = linear.starts[leaf]!; k < linear.starts[leaf + 1]!; k++) {
      const x = X[from + linear.feature[k]!]!;
      if (Number.isNaN(x)) return constant;
      sum += linear.coefficient[k]! * x;
    }
    return sum;
  }

  /** Whether a category is in the set of a split; missing, negative and unknown ones are not. */
  private inSet(t: number, set: number, x: number): boolean {
    if (!(x > -1 && x < 2 ** 31)) return false;
    const category = Math.trunc(x);
    const { boundaries, words } = this.sets[t]!;
    const word = boundaries[set]! + (category >> 5);
    return word < boundaries[set + 1]! && ((words[word]! >>> (category & 31)) & 1) === 1;
  }

  /** Adds all trees up in their order, from 0: `[rows, outputs]`. */
  sums(X: Float64Array, rows: number): Float64Array {
    const out = new Float64Array(rows * this.outputs);
    if (this.fast !== undefined) {
      this.fast.addTo(X, rows, out);
      return out;
    }
    for (let row = 0; row < rows; row++) {
      const to = row * this.outputs;
      for (let t = 0; t < this.count; t++) out[to + (t % this.outputs)]! += this.outputOf(t, X, row * this.features);
    }
    return out;
  }

  /** The leaf of each tree, `[rows, trees]`. */
  leaves(X: Float64Array, rows: number): Int32Array {
    const out = new Int32Array(rows * this.count);
    for (let row = 0; row < rows; row++)
      for (let t = 0; t < this.count; t++) out[row * this.count + t] = this.leafOf(t, X, row * this.features);
    return out;
  }
}

/** The engine of all forests; `undefined` where the trees are of another kind, or more than it takes. */
function engineOf(trees: readonly TextTree[], nFeatures: number, outputs: number): TreeEnsemble | undefined {
  if (trees.length === 0 || nFeatures === 0 || !trees.every(isPlain)) return undefined;
  const outputOf = Int32Array.from(trees, (_, t) => t % outputs);
  try {
    return TreeEnsemble.prepare(trees.map(sourceOf), { nFeatures, outputs, outputOf, input: "float64" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether all splits compare numbers, and 0 is not among the missing values. */
function isPlain(tree: TextTree): boolean {
  if (tree.linear !== undefined || tree.threshold.some(Number.isNaN)) return false;
  return tree.decision.every((type) => (type & 1) === 0 && type >> 2 !== MISSING_ZERO);
}

/** Inner nodes first, then leaves; where missing values stand for 0 they go where 0 goes. */
function sourceOf(tree: TextTree): TreeSource {
  const inner = tree.left.length;
  const nodes = inner + tree.leaves;
  const child = (node: number) => (node >= 0 ? node : inner + ~node);
  const left = new Int32Array(nodes).fill(-1);
  const right = new Int32Array(nodes).fill(-1);
  const missingLeft = new Uint8Array(nodes);
  const value = new Float64Array(nodes);
  const [feature, threshold] = [new Int32Array(nodes), new Float64Array(nodes)];
  for (let node = 0; node < inner; node++) {
    left[node] = child(tree.left[node]!);
    right[node] = child(tree.right[node]!);
    feature[node] = tree.feature[node]!;
    threshold[node] = tree.threshold[node]!;
    missingLeft[node] = Number(numeric(Number.NaN, tree.decision[node]!, tree.threshold[node]!));
  }
  value.set(tree.value, inner);
  return { nodeCount: nodes, left, right, feature, threshold, missingLeft, value };
}

function numeric(x: number, type: number, threshold: number): boolean {
  const missing = type >> 2;
  const value = Number.isNaN(x) && missing !== MISSING_NAN ? 0 : x;
  const absent = missing === MISSING_ZERO ? Math.abs(value) <= ZERO : Number.isNaN(value);
  return absent ? (type & 2) !== 0 : value <= threshold;
}

/** Values that LightGBM takes for zero become zero, in place: its predictor skips them in dense rows. */
export function flushZeros(X: Float64Array): Float64Array {
  for (let at = 0; at < X.length; at++) if (Math.abs(X[at]!) <= ZERO) X[at] = 0;
  return X;
}

function starts(trees: readonly TextTree[], size: (tree: TextTree) => number): Int32Array {
  const out = new Int32Array(trees.length + 1);
  trees.forEach((tree, t) => {
    out[t + 1] = out[t]! + size(tree);
  });
  return out;
}

function joined<T extends Int32Array | Float64Array | Uint8Array>(
  trees: readonly TextTree[],
  part: (tree: TextTree) => T,
  out: T,
): T {
  let at = 0;
  for (const tree of trees) {
    out.set(part(tree), at);
    at += part(tree).length;
  }
  return out;
}
