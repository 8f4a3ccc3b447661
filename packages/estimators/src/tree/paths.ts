/** @module The nodes that rows go through (`decision_path`). */

import { Csr, int64 } from "@curtido/arrays";
import { int64s } from "../base/dtypes.ts";
import type { DecisionPath } from "../base/estimator.ts";
import type { Tree } from "./tree.ts";

/** The parent of each node; -1 for the root. */
function parentsOf({ nodes, nodeCount }: Tree): Int32Array {
  const [left, right] = [nodes.field("left_child").toFloat64(), nodes.field("right_child").toFloat64()];
  const parents = new Int32Array(nodeCount).fill(-1);
  for (let node = 0; node < nodeCount; node++) {
    if (left[node] === -1) continue;
    parents[left[node]!] = node;
    parents[right[node]!] = node;
  }
  return parents;
}

/**
 * The nodes from the roots to the leaves that rows end in.
 *
 * @param leaves `[rows, trees]`
 */
export function decisionPath(trees: readonly Tree[], leaves: Int32Array, rows: number): DecisionPath {
  const parents = trees.map(parentsOf);
  const starts = new Int32Array(trees.length + 1);
  trees.forEach((tree, at) => (starts[at + 1] = starts[at]! + tree.nodeCount));
  const indptr = new Int32Array(rows + 1);
  const indices: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let tree = 0; tree < trees.length; tree++) {
      const path: number[] = [];
      for (let node = leaves[row * trees.length + tree]!; node >= 0; node = parents[tree]![node]!) path.push(node);
      path.sort((a, b) => a - b);
      for (const node of path) indices.push(starts[tree]! + node);
    }
    indptr[row + 1] = indices.length;
  }
  const ones = new Float64Array(indices.length).fill(1);
  const shape = [rows, starts[trees.length]!] as const;
  return { indicator: new Csr(shape, indptr, Int32Array.from(indices), ones, int64), nNodesPtr: int64s(starts) };
}
