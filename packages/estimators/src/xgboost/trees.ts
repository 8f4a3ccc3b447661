/** @module XGBoost's trees, walked in single precision. */

import type { FileNode } from "./node.ts";

/** Categories from this one on are in no set. */
const MOST_CATEGORIES = 2 ** 24;

/** One tree, checked: every walk from the root ends at a leaf. */
export class XgbTree {
  /** Numbers per leaf. */
  readonly width: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Uint8Array;
  /** Of a categorical split the categories that go right. */
  private readonly sets: ReadonlyMap<number, ReadonlySet<number>>;
  /** Values of leaves, and where each node's begin. */
  private readonly values: Float32Array;
  private readonly valueAt: Int32Array;

  constructor(node: FileNode, features: number, outputs: number) {
    const parameters = node.child("tree_param");
    this.width = Math.max(1, parameters.integer("size_leaf_vector", 0, 2 ** 31 - 1, 0));
    if (this.width !== 1 && this.width !== outputs)
      node.fail("tree_param.size_leaf_vector", `is ${this.width} for ${outputs} outputs`);
    this.left = node.integers("left_children", undefined, -1);
    const nodes = this.left.length;
    if (nodes < 1) node.fail("left_children", "is empty");
    this.right = node.integers("right_children", nodes, -1);
    this.threshold = node.singles("split_conditions", nodes);
    this.missingLeft = Uint8Array.from(node.integers("default_left", nodes, 0, 1));
    this.feature = node.integers("split_indices", nodes, 0);
    this.check(node, features);
    this.sets = readSets(node, nodes);
    [this.values, this.valueAt] = this.readLeaves(node);
  }

  /** No node is reached twice and none leads to the root, so no walk from the root comes back to where it was. */
  private check(node: FileNode, features: number): void {
    const { left, right, feature } = this;
    const seen = new Uint8Array(left.length);
    seen[0] = 1;
    for (let at = 0; at < left.length; at++) {
      if (left[at] === -1) continue;
      if (feature[at]! >= features)
        node.fail("split_indices", `holds ${feature[at]}, but there are ${features} features`);
      for (const [key, child] of [["left_children", left[at]!] as const, ["right_children", right[at]!] as const]) {
        if (child < 0 || child >= left.length) node.fail(key, `holds ${child}, but there are ${left.length} nodes`);
        if (seen[child] === 1) node.fail(key, `reaches node ${child} twice`);
        seen[child] = 1;
      }
    }
  }

  /** Values of trees with one number per leaf stand among the thresholds; others have a list of their own. */
  private readLeaves(node: FileNode): readonly [Float32Array, Int32Array] {
    const { left, right, width, threshold } = this;
    if (width === 1) return [threshold, Int32Array.from(left, (_, at) => at)];
    const apart = node.has("leaf_weights");
    const values = apart ? node.singles("leaf_weights") : node.singles("base_weights", left.length * width);
    const at = Int32Array.from(left, (child, index) => {
      if (child !== -1) return 0;
      // From release 3.1 the place of a leaf's values stands where a right child would.
      const leaf = apart ? right[index]! : index;
      if (leaf < 0 || (leaf + 1) * width > values.length) node.fail("leaf_weights", `does not hold leaf ${leaf}`);
      return leaf * width;
    });
    return [values, at];
  }

  /** The leaf of a row, whose values are single precision. */
  leafOf(X: Float32Array, from: number): number {
    const { left, right, feature, threshold, missingLeft } = this;
    let node = 0;
    while (left[node] !== -1) {
      const x = X[from + feature[node]!]!;
      let goesLeft: boolean;
      if (Number.isNaN(x)) goesLeft = missingLeft[node] === 1;
      else {
        const set = this.sets.size === 0 ? undefined : this.sets.get(node);
        goesLeft = set === undefined ? x < threshold[node]! : x < 0 || x >= MOST_CATEGORIES || !set.has(Math.trunc(x));
      }
      node = goesLeft ? left[node]! : right[node]!;
    }
    return node;
  }

  /** The `k`th value of a leaf. */
  value(leaf: number, k = 0): number {
    return this.values[this.valueAt[leaf]! + k]!;
  }

  /** Whether it has one number per leaf, and every split compares with a finite number. */
  get isPlain(): boolean {
    if (this.width !== 1 || this.sets.size > 0) return false;
    return this.threshold.every((each, node) => this.left[node] === -1 || Number.isFinite(each));
  }

  /** Whether any leaf's value is NaN. */
  get spoilt(): boolean {
    for (let node = 0; node < this.left.length; node++)
      if (this.left[node] === -1)
        for (let k = 0; k < this.width; k++) if (Number.isNaN(this.value(node, k))) return true;
    return false;
  }
}

function readSets(node: FileNode, nodes: number): ReadonlyMap<number, ReadonlySet<number>> {
  const sets = new Map<number, ReadonlySet<number>>();
  if (!node.has("categories_nodes")) return sets;
  const splits = node.integers("categories_nodes", undefined, 0, nodes - 1);
  if (splits.length === 0) return sets;
  const categories = node.integers("categories", undefined, 0, MOST_CATEGORIES);
  const starts = node.integers("categories_segments", splits.length, 0, categories.length);
  const sizes = node.integers("categories_sizes", splits.length, 0, categories.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > categories.length) node.fail("categories_sizes", `add up to ${total} of ${categories.length} categories`);
  splits.forEach((split, at) => {
    sets.set(split, new Set(categories.subarray(starts[at]!, starts[at]! + sizes[at]!)));
  });
  return sets;
}
