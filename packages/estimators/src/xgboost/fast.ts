/** @module XGBoost's trees on the engine of all forests: the same leaves, added in single precision in the same order. */

import { TreeEnsemble, type TreeSource } from "@curtido/kernels";
import type { XgbTree } from "./trees.ts";

const bits = new DataView(new ArrayBuffer(4));

/** The largest single-precision number below a finite one: `x < t` is `x <= below(t)`. */
function below(t: number): number {
  if (t === 0) return -(2 ** -149);
  bits.setFloat32(0, t);
  bits.setInt32(0, bits.getInt32(0) + (t > 0 ? -1 : 1));
  return bits.getFloat32(0);
}

/** Trees with one number per leaf and no sets of categories. */
export class FastTrees {
  private readonly trees: readonly XgbTree[];
  private readonly groups: Int32Array;
  private readonly features: number;
  private readonly outputs: number;
  /** By how many trees there are in it: a model may stop before its last one. */
  private readonly ensembles = new Map<number, TreeEnsemble>();

  private constructor(trees: readonly XgbTree[], groups: Int32Array, features: number, outputs: number) {
    this.trees = trees;
    this.groups = groups;
    this.features = features;
    this.outputs = outputs;
    this.ensembleOf(trees.length);
  }

  /** `undefined` where the trees are of another kind. */
  static of(trees: readonly XgbTree[], groups: Int32Array, features: number, outputs: number): FastTrees | undefined {
    if (trees.length === 0 || features === 0 || !trees.every((tree) => tree.isPlain)) return undefined;
    try {
      return new FastTrees(trees, groups, features, outputs);
    } catch (error) {
      // More than the engine takes: the trees are walked one by one.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  private ensembleOf(limit: number): TreeEnsemble {
    const known = this.ensembles.get(limit);
    if (known !== undefined) return known;
    const made = TreeEnsemble.prepare(
      this.trees.slice(0, limit).map((tree) => sourceOf(tree)),
      {
        nFeatures: this.features,
        outputs: this.outputs,
        outputOf: this.groups.subarray(0, limit),
        input: "float32",
        sum: "float32",
      },
    );
    this.ensembles.set(limit, made);
    return made;
  }

  /** Adds the first `limit` trees to rows of margins. */
  add(X: Float32Array, rows: number, out: Float32Array, limit: number): void {
    if (limit === 0) return;
    const sums = Float64Array.from(out);
    this.ensembleOf(Math.min(limit, this.trees.length)).addTo(Float64Array.from(X), rows, sums);
    out.set(sums);
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
