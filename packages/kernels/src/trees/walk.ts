import { featureMask, goesRight, leafMask, type PackedTrees, stepMask } from "./packed.ts";

/** A row as the walks read it: already rounded to float32 where the trees ask for it. */
export type FloatRow = Float32Array | Float64Array;

/** The unit of the leaf that a row falls into, from the unit of a root. */
export function findLeaf(trees: PackedTrees, root: number, row: FloatRow, first: number): number {
  return trees.wide ? findWide(trees, root, row, first) : findNarrow(trees, root, row, first);
}

function findNarrow({ words, floats }: PackedTrees, root: number, row: FloatRow, first: number): number {
  let node = root;
  for (;;) {
    const word = words[2 * node + 1]!;
    const step = word & stepMask;
    if (step === 0) return node;
    const x = row[first + ((word >>> 20) & featureMask)]!;
    const right = x > floats[2 * node]! || (Number.isNaN(x) && word >= goesRight);
    node += right ? step + 1 : step;
  }
}

function findWide({ words, doubles }: PackedTrees, root: number, row: FloatRow, first: number): number {
  let node = root;
  for (;;) {
    const step = words[2 * node + 3]!;
    if (step === 0) return node;
    const word = words[2 * node + 2]!;
    const x = row[first + (word & 0x7fffffff)]!;
    const right = x > doubles[node]! || (Number.isNaN(x) && word >= goesRight);
    node += right ? step + 2 : step;
  }
}

/** The number that a leaf bears: see {@link PackedTrees}. */
function leafNumber({ wide, words }: PackedTrees, leaf: number): number {
  const low = words[2 * leaf]!;
  return wide ? low : low & leafMask;
}

/** Adds the leaves of every row to `out`, tree after tree: the reference of all other walks. */
export function addLeaves(trees: PackedTrees, x: FloatRow, n: number, out: Float64Array): void {
  const { nFeatures, outputs, treeCount, roots, targets } = trees;
  for (let row = 0; row < n; row++) {
    const first = row * nFeatures;
    const to = row * outputs;
    for (let t = 0; t < treeCount; t++) {
      addLeaf(trees, t, findLeaf(trees, roots[t]!, x, first), out, to + targets[t]!);
    }
  }
}

function addLeaf(trees: PackedTrees, tree: number, leaf: number, out: Float64Array, to: number): void {
  const { doubles, width, single } = trees;
  const from = trees.values[tree]! + leafNumber(trees, leaf) * width;
  for (let j = 0; j < width; j++) {
    const sum = out[to + j]! + doubles[from + j]!;
    out[to + j] = single ? Math.fround(sum) : sum;
  }
}

/**
 * The node of the source that each leaf of a tree was, at the leaf's distance from the root.
 *
 * Packed nodes are visited in depth-first order, which numbers them as they were staged.
 */
export function leafNodes(trees: PackedTrees, tree: number): Int32Array {
  const { wide, words, roots } = trees;
  const root = roots[tree]!;
  // A tree that was given before lies before this one.
  let next = tree + 1;
  while (next < roots.length && roots[next]! <= root) next++;
  const units = (roots[next] ?? trees.end) - root;
  const origin = trees.origins[tree];
  const nodes = new Int32Array(units);
  const open = [root];
  let visited = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = visited++;
    const step = wide ? words[2 * at + 3]! : words[2 * at + 1]! & stepMask;
    if (step !== 0) open.push(at + step + (wide ? 2 : 1), at + step);
    else nodes[at - root] = origin === undefined ? node : origin[node]!;
  }
  return nodes;
}
