/** @module XGBoost's trees on the engine of all forests: the same leaves, added in single precision in the same order. */

import { TreeEnsemble, type TreeSource } from "@curtido/kernels";
import type { XgbTree } from "./trees.ts";

/** Numbers that are kept between the walk and the sum, 4 MB: enough rows at once for the engine to walk them in blocks. */
const MOST_KEPT = 1 << 19;

const bits = new DataView(new ArrayBuffer(4));

/** The largest single-precision number below a finite one: `x < t` is `x <= below(t)`. */
function below(t: number): number {
  if (t === 0) return -(2 ** -149);
  bits.setFloat32(0, t);
  bits.setInt32(0, bits.getInt32(0) + (t > 0 ? -1 : 1));
  return bits.getFloat32(0);
}

/** Trees with one number per leaf and no sets of categories: every tree says its number, then they are added up. */
export class FastTrees {
  private readonly ensemble: TreeEnsemble;
  private readonly groups: Int32Array;
  private readonly count: number;
  private kept = new Float64Array(0);

  private constructor(trees: readonly XgbTree[], groups: Int32Array, features: number) {
    this.count = trees.length;
    this.groups = groups;
    const outputOf = Int32Array.from(trees, (_, t) => t);
    const options = { nFeatures: features, outputs: trees.length, outputOf, input: "float32" } as const;
    this.ensemble = TreeEnsemble.prepare(
      trees.map((tree) => sourceOf(tree)),
      options,
    );
  }

  /** `undefined` where the trees are of another kind. */
  static of(trees: readonly XgbTree[], groups: Int32Array, features: number): FastTrees | undefined {
    if (trees.length === 0 || features === 0 || !trees.every((tree) => tree.isPlain)) return undefined;
    try {
      return new FastTrees(trees, groups, features);
    } catch (error) {
      // More than the engine takes: the trees are walked one by one.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Adds the first `limit` trees to rows of `outputs` margins. */
  add(X: Float32Array, rows: number, out: Float32Array, outputs: number, limit: number): void {
    const { count, groups, ensemble } = this;
    const width = ensemble.nFeatures;
    const step = Math.max(1, Math.floor(MOST_KEPT / count));
    if (this.kept.length < Math.min(rows, step) * count) this.kept = new Float64Array(Math.min(rows, step) * count);
    const { kept } = this;
    const table = new Float64Array(X);
    for (let row = 0; row < rows; row += step) {
      const block = Math.min(step, rows - row);
      kept.fill(0, 0, block * count);
      ensemble.addTo(table.subarray(row * width, (row + block) * width), block, kept);
      for (let k = 0; k < block; k++) {
        const to = (row + k) * outputs;
        if (outputs === 1) {
          let sum = out[to]!;
          for (let t = 0; t < limit; t++) sum = Math.fround(sum + kept[k * count + t]!);
          out[to] = sum;
        } else for (let t = 0; t < limit; t++) out[to + groups[t]!]! += kept[k * count + t]!;
      }
    }
  }
}

/** The nodes that a walk can reach, numbered anew. */
function sourceOf(tree: XgbTree): TreeSource {
  const order = [0];
  const [left, right, feature, threshold, missingLeft, value]: number[][] = [[], [], [], [], [], []];
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    const split = tree.left[node] !== -1;
    left!.push(split ? order.length : -1);
    right!.push(split ? order.length + 1 : -1);
    if (split) order.push(tree.left[node]!, tree.right[node]!);
    feature!.push(split ? tree.feature[node]! : 0);
    threshold!.push(split ? below(tree.threshold[node]!) : 0);
    missingLeft!.push(tree.missingLeft[node]!);
    value!.push(split ? 0 : tree.value(node));
  }
  return {
    nodeCount: order.length,
    left: left!,
    right: right!,
    feature: feature!,
    threshold: threshold!,
    missingLeft: missingLeft!,
    value: value!,
  };
}
