import type { RawField, RawTree, TreeOptions, TreeSource } from "../src/index.ts";

export interface PlainTree extends TreeSource {
  left: number[];
  right: number[];
  feature: number[];
  threshold: number[];
  missingLeft?: number[] | undefined;
  value: number[];
}

/** The leaf that a row falls into, by the definition. */
export function leafOf(tree: TreeSource, row: readonly number[], input: TreeOptions["input"]): number {
  let node = 0;
  while (tree.left[node] !== -1) {
    const x = input === "float32" ? Math.fround(row[tree.feature[node]!]!) : row[tree.feature[node]!]!;
    const left = Number.isNaN(x) ? tree.missingLeft?.[node] === 1 : x <= tree.threshold[node]!;
    node = left ? tree.left[node]! : tree.right[node]!;
  }
  return node;
}

/** What `addTo` must give, by the definition. */
export function expectedSum(
  trees: readonly TreeSource[],
  rows: readonly number[][],
  out: Float64Array,
  { input, outputs, outputOf, sum = "float64" }: TreeOptions,
): Float64Array {
  const result = out.slice();
  const add = (at: number, value: number) => {
    const exact = result[at]! + value;
    result[at] = sum === "float32" ? Math.fround(exact) : exact;
  };
  rows.forEach((row, r) => {
    trees.forEach((tree, t) => {
      const leaf = leafOf(tree, row, input);
      if (outputOf) add(r * outputs + outputOf[t]!, tree.value[leaf]!);
      else for (let j = 0; j < outputs; j++) add(r * outputs + j, tree.value[leaf * outputs + j]!);
    });
  });
  return result;
}

/** Renumbers the nodes of a tree: node i becomes node `to[i]`; 0 stays 0. */
export function renumber(tree: PlainTree, to: readonly number[], width: number): PlainTree {
  const moved = <T>(values: readonly T[]): T[] => {
    const result: T[] = [];
    for (const [i, value] of values.entries()) result[to[i]!] = value;
    return result;
  };
  const child = (i: number): number => (i === -1 ? -1 : to[i]!);
  const groups = to.map((_, i) => tree.value.slice(i * width, (i + 1) * width));
  return {
    nodeCount: tree.nodeCount,
    left: moved(tree.left.map(child)),
    right: moved(tree.right.map(child)),
    feature: moved(tree.feature),
    threshold: moved(tree.threshold),
    missingLeft: tree.missingLeft && moved(tree.missingLeft),
    value: moved(groups).flat(),
  };
}

/** A chain of `depth` splits, each with a leaf on the left. */
export function chain(depth: number): PlainTree {
  const tree: PlainTree = { nodeCount: 2 * depth + 1, left: [], right: [], feature: [], threshold: [], value: [] };
  for (let i = 0; i < tree.nodeCount; i++) {
    const split = i % 2 === 0 && i < 2 * depth;
    tree.left.push(split ? i + 1 : -1);
    tree.right.push(split ? i + 2 : -1);
    tree.feature.push(split ? 0 : -2);
    tree.threshold.push(split ? i / 2 : -2);
    tree.value.push(i);
  }
  return tree;
}

const sizes = { i4: 4, u4: 4, i8: 8, u8: 8, u1: 1, f4: 4, f8: 8 } as const;

/** Writes a tree as node records, the way a structured numpy array holds them. */
export function toRecords(
  tree: PlainTree,
  layout: { stride: number; littleEndian: boolean; int: "i4" | "i8" | "u4" | "u8"; missing: boolean; shift: number },
): RawTree {
  const { stride, littleEndian, int, missing, shift } = layout;
  const at = (k: number): RawField => ({ offset: k * sizes[int], type: int });
  const threshold: RawField = { offset: 3 * sizes[int], type: "f8" };
  const missingLeft: RawField = { offset: threshold.offset + 8, type: "u1" };
  const bytes = new Uint8Array(shift + tree.nodeCount * stride);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, value: number): void => {
    if (int === "i8" || int === "u8") view.setBigInt64(offset, BigInt(value), littleEndian);
    else view.setInt32(offset, value, littleEndian);
  };
  const value = new Uint8Array(shift + 8 * tree.value.length);
  const values = new DataView(value.buffer);
  for (const [i, v] of tree.value.entries()) values.setFloat64(shift + 8 * i, v, littleEndian);
  for (let i = 0; i < tree.nodeCount; i++) {
    const start = shift + i * stride;
    for (const [k, from] of [tree.left, tree.right, tree.feature].entries()) put(start + at(k).offset, from[i]!);
    view.setFloat64(start + threshold.offset, tree.threshold[i]!, littleEndian);
    if (missing) bytes[start + missingLeft.offset] = tree.missingLeft?.[i] ?? 0;
  }
  return {
    nodeCount: tree.nodeCount,
    bytes: bytes.subarray(shift),
    layout: {
      stride,
      littleEndian,
      left: at(0),
      right: at(1),
      feature: at(2),
      threshold,
      missingLeft: missing ? missingLeft : undefined,
    },
    value: value.subarray(shift),
  };
}
