/**
 * @module Prunes a tree by minimal cost complexity (Breiman, Friedman, Olshen, Stone 1984), with the order of sums and of
 * ties of scikit-learn 1.9.1's `tree/_tree.pyx`.
 */

import type { GrownTree } from "@curtido/kernels";
import { Nodes } from "./nodes.ts";

const RECORD = 64;

/**
 * The subtree with the largest cost complexity that is no more than `alpha`.
 *
 * @param alpha - `ccp_alpha`; 0 keeps the tree as it is
 */
export function pruned(tree: GrownTree, alpha: number): GrownTree {
  if (alpha === 0) return tree;
  return subtree(tree, new Pruner(tree).leaves(alpha));
}

class Pruner {
  private readonly nodes: Nodes;
  private readonly count: number;
  private readonly parent: Int32Array;
  /** Whether a node is a leaf of the subtree, is a split of it, or is in it at all. */
  private readonly isLeaf: Uint8Array;
  private readonly isSplit: Uint8Array;
  private readonly isThere: Uint8Array;
  /** Leaves below a node. */
  private readonly below: Int32Array;
  /** The cost of a node as a leaf, and of the leaves below it. */
  private readonly own: Float64Array;
  private readonly branch: Float64Array;

  constructor(tree: GrownTree) {
    const { count } = tree;
    const nodes = new Nodes(tree);
    this.nodes = nodes;
    this.count = count;
    this.parent = new Int32Array(count).fill(-1);
    this.isLeaf = Uint8Array.from({ length: count }, (_, node) => (nodes.left(node) < 0 ? 1 : 0));
    this.isSplit = this.isLeaf.map((leaf) => 1 - leaf);
    this.isThere = new Uint8Array(count).fill(1);
    this.below = new Int32Array(count);
    this.branch = new Float64Array(count);
    const total = nodes.weight(0);
    this.own = Float64Array.from({ length: count }, (_, node) => (nodes.weight(node) * nodes.impurity(node)) / total);
    for (let node = 0; node < count; node++) {
      if (this.isLeaf[node] === 1) continue;
      this.parent[nodes.left(node)] = node;
      this.parent[nodes.right(node)] = node;
    }
    for (let node = 0; node < count; node++) if (this.isLeaf[node] === 1) this.bubble(node);
  }

  /** Adds a leaf to all that is above it. */
  private bubble(leaf: number): void {
    const cost = this.own[leaf]!;
    this.branch[leaf] = cost;
    for (let node = this.parent[leaf]!; node >= 0; node = this.parent[node]!) {
      this.branch[node]! += cost;
      this.below[node]!++;
    }
  }

  /** Which nodes are the leaves of the pruned tree. */
  leaves(alpha: number): Uint8Array {
    while (this.isSplit[0] === 1) {
      const [weakest, least] = this.weakest();
      if (alpha < least) break;
      this.cut(weakest);
    }
    return this.isLeaf;
  }

  /** The split that costs least to give up, for each leaf that goes with it. */
  private weakest(): readonly [node: number, alpha: number] {
    let best = 0;
    let least = Number.MAX_VALUE;
    for (let node = 0; node < this.count; node++) {
      if (this.isSplit[node] === 0) continue;
      const alpha = (this.own[node]! - this.branch[node]!) / (this.below[node]! - 1);
      if (alpha < least) {
        least = alpha;
        best = node;
      }
    }
    return [best, least];
  }

  /** Makes a split a leaf. */
  private cut(node: number): void {
    const waiting = [node];
    while (waiting.length > 0) {
      const next = waiting.pop()!;
      if (this.isThere[next] === 0) continue;
      this.isSplit[next] = 0;
      this.isLeaf[next] = 0;
      this.isThere[next] = 0;
      if (this.nodes.left(next) >= 0) waiting.push(this.nodes.left(next), this.nodes.right(next));
    }
    this.isLeaf[node] = 1;
    this.isThere[node] = 1;
    const fewer = this.below[node]! - 1;
    this.below[node] = 0;
    const more = this.own[node]! - this.branch[node]!;
    this.branch[node] = this.own[node]!;
    for (let above = this.parent[node]!; above >= 0; above = this.parent[above]!) {
      this.below[above]! -= fewer;
      this.branch[above]! += more;
    }
  }
}

/** The nodes down to `leaves`, numbered anew: parent, left, right. */
function subtree(tree: GrownTree, leaves: Uint8Array): GrownTree {
  const { outputs } = tree;
  const nodes = new Nodes(tree);
  const kept: number[] = [];
  const places: number[] = [];
  const waiting = [{ node: 0, level: 0, place: -1 }];
  let depth = 0;
  while (waiting.length > 0) {
    const { node, level, place } = waiting.pop()!;
    const number = kept.push(node) - 1;
    places.push(place);
    if (level > depth) depth = level;
    if (leaves[node] === 1) continue;
    waiting.push({ node: nodes.right(node), level: level + 1, place: 2 * number + 1 });
    waiting.push({ node: nodes.left(node), level: level + 1, place: 2 * number });
  }
  const records = new Uint8Array(kept.length * RECORD);
  const values = new Float64Array(kept.length * outputs);
  const view = new DataView(records.buffer);
  kept.forEach((node, number) => {
    records.set(tree.records.subarray(node * RECORD, (node + 1) * RECORD), number * RECORD);
    values.set(tree.values.subarray(node * outputs, (node + 1) * outputs), number * outputs);
    if (leaves[node] === 1) writeLeaf(view, number * RECORD);
    const place = places[number]!;
    if (place >= 0) view.setBigInt64((place >> 1) * RECORD + 8 * (place & 1), BigInt(number), true);
  });
  return { depth, count: kept.length, records, values, outputs };
}

function writeLeaf(view: DataView, at: number): void {
  view.setBigInt64(at, -1n, true);
  view.setBigInt64(at + 8, -1n, true);
  view.setBigInt64(at + 16, -2n, true);
  view.setFloat64(at + 24, -2, true);
  view.setUint8(at + 56, 0);
}
