import type { Stage } from "./stage.ts";
import { TreeShapeError } from "./types.ts";

/**
 * Checks a staged tree and measures it.
 *
 * Afterwards every child stands behind its parent (a tree that came in another order is reordered, with
 * `stage.origin` set), and `size[i]` is the number of nodes below and at node i. Linear time, no recursion.
 *
 * @throws {TreeShapeError} a child or feature out of range, a node reached twice or never, a NaN threshold
 */
export function checkShape(tree: number, stage: Stage, nFeatures: number, size: Int32Array): void {
  if (!isTreeInOrder(stage, size)) reorder(tree, stage);
  const { left, right, feature, threshold, nodeCount } = stage;
  for (let i = nodeCount - 1; i >= 0; i--) {
    const l = left[i]!;
    if (l === -1) {
      size[i] = 1;
      continue;
    }
    size[i] = 1 + size[l]! + size[right[i]!]!;
    if (feature[i]! >>> 0 >= nFeatures || threshold[i] !== threshold[i]) refuseSplit(tree, i, stage, nFeatures);
  }
}

/** Whether every node but the root is the child of exactly one node before it: then all hang on the root. */
function isTreeInOrder(stage: Stage, seen: Int32Array): boolean {
  const { left, right, nodeCount } = stage;
  seen.fill(0, 0, nodeCount);
  let leaves = 0;
  for (let i = 0; i < nodeCount; i++) {
    const l = left[i]!;
    if (l === -1) {
      leaves++;
      continue;
    }
    const r = right[i]!;
    if (l <= i || r <= i || l >= nodeCount || r >= nodeCount || l === r || seen[l] !== 0 || seen[r] !== 0) return false;
    seen[l] = 1;
    seen[r] = 1;
  }
  return 2 * leaves - 1 === nodeCount;
}

/** Puts the nodes into depth-first order, or says why they are no tree. */
function reorder(tree: number, stage: Stage): void {
  const { left, right, nodeCount } = stage;
  const order = new Int32Array(nodeCount);
  const position = new Int32Array(nodeCount).fill(-1);
  const stack = [0];
  let placed = 0;
  position[0] = 0;
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    position[i] = placed;
    order[placed++] = i;
    if (left[i] === -1) continue;
    for (const [side, child] of [["right", right[i]!] as const, ["left", left[i]!] as const]) {
      if (child < 1 || child >= nodeCount) {
        throw new TreeShapeError(tree, i, `${side} child ${child} is not in 1..${nodeCount - 1}`);
      }
      if (position[child] !== -1) throw new TreeShapeError(tree, i, `${side} child ${child} is reached twice`);
      position[child] = nodeCount;
      stack.push(child);
    }
  }
  if (placed !== nodeCount) throw new TreeShapeError(tree, position.indexOf(-1), "is not reached from the root");
  const child = (i: number): number => (i === -1 ? -1 : position[i]!);
  const { feature, threshold, missingLeft } = stage;
  const isLeaf = Uint8Array.from(order, (i) => (left[i] === -1 ? 1 : 0));
  const newLeft = Int32Array.from(order, (i) => child(left[i]!));
  const newRight = Int32Array.from(order, (i, k) => (isLeaf[k] === 1 ? -1 : child(right[i]!)));
  left.set(newLeft);
  right.set(newRight);
  feature.set(Int32Array.from(order, (i) => feature[i]!));
  threshold.set(Float64Array.from(order, (i) => threshold[i]!));
  missingLeft.set(Uint8Array.from(order, (i) => missingLeft[i]!));
  stage.origin = order;
}

function refuseSplit(tree: number, staged: number, stage: Stage, nFeatures: number): never {
  const node = stage.origin === undefined ? staged : stage.origin[staged]!;
  const feature = stage.feature[staged]!;
  if (feature >>> 0 >= nFeatures) {
    throw new TreeShapeError(tree, node, `feature ${feature} is not in 0..${nFeatures - 1}`);
  }
  throw new TreeShapeError(tree, node, "threshold is NaN");
}
