import type { Stage } from "./stage.ts";
import { TreeShapeError } from "./types.ts";

/**
 * Puts staged nodes into depth-first order, left before right, or says why they are no tree.
 *
 * Linear time, no recursion. `stage.origin` then says where each node was.
 *
 * @throws {TreeShapeError} a child or feature out of range, a node reached twice or never, a NaN threshold
 */
export function reorder(tree: number, stage: Stage, nFeatures: number): void {
  const order = depthFirst(tree, stage, nFeatures);
  const { left, right, feature, threshold, missingLeft, nodeCount } = stage;
  const position = new Int32Array(nodeCount);
  for (let k = 0; k < nodeCount; k++) position[order[k]!] = k;
  const isLeaf = (i: number): boolean => left[i] === -1;
  const newLeft = Int32Array.from(order, (i) => (isLeaf(i) ? -1 : position[left[i]!]!));
  const newRight = Int32Array.from(order, (i) => (isLeaf(i) ? -1 : position[right[i]!]!));
  left.set(newLeft);
  right.set(newRight);
  feature.set(Int32Array.from(order, (i) => feature[i]!));
  threshold.set(Float64Array.from(order, (i) => threshold[i]!));
  missingLeft.set(Uint8Array.from(order, (i) => missingLeft[i]!));
  stage.origin = order;
}

function depthFirst(tree: number, stage: Stage, nFeatures: number): Int32Array {
  const { left, right, feature, threshold, nodeCount } = stage;
  const order = new Int32Array(nodeCount);
  const reached = new Uint8Array(nodeCount);
  const open = [0];
  let placed = 0;
  reached[0] = 1;
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    order[placed++] = i;
    if (left[i] === -1) continue;
    if (feature[i]! >>> 0 >= nFeatures) {
      throw new TreeShapeError(tree, i, `feature ${feature[i]} is not in 0..${nFeatures - 1}`);
    }
    if (Number.isNaN(threshold[i])) throw new TreeShapeError(tree, i, "threshold is NaN");
    open.push(claim(tree, i, "right", right[i]!, reached), claim(tree, i, "left", left[i]!, reached));
  }
  if (placed !== nodeCount) throw new TreeShapeError(tree, reached.indexOf(0), "is not reached from the root");
  return order;
}

function claim(tree: number, node: number, side: string, child: number, reached: Uint8Array): number {
  if (child < 1 || child >= reached.length) {
    throw new TreeShapeError(tree, node, `${side} child ${child} is not in 1..${reached.length - 1}`);
  }
  if (reached[child] !== 0) throw new TreeShapeError(tree, node, `${side} child ${child} is reached twice`);
  reached[child] = 1;
  return child;
}
