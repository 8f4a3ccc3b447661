/** @module Boosting step by step: the sums after each stage. */

import type { RawTree } from "@curtido/kernels";

/**
 * The sums after each stage, `[rows, outputs]`, each a table of its own.
 *
 * @param out where they start, `[rows, outputs]`; changed
 * @param added what a tree adds to a row; trees come stage after stage and output after output within one
 */
export function* stagedSums(
  out: Float64Array,
  rows: number,
  outputs: number,
  trees: number,
  added: (row: number, tree: number) => number,
): Generator<Float64Array> {
  for (let tree = 0; tree < trees; tree++) {
    const output = tree % outputs;
    for (let row = 0; row < rows; row++) out[row * outputs + output]! += added(row, tree);
    if (output === outputs - 1) yield out.slice();
  }
}

/** What leads from the leaves that rows end in, `[rows, trees]`, to what each tree adds. */
export function valuesAtLeaves(
  trees: readonly RawTree[],
  leaves: Int32Array,
  scale = 1,
): (row: number, tree: number) => number {
  const values = trees.map(nodeValues);
  return (row, tree) => values[tree]![leaves[row * trees.length + tree]!]! * scale;
}

/** The one value of each node. */
function nodeValues({ nodeCount, value, valueOffset = 0, valueStride = 8, layout }: RawTree): Float64Array {
  if (value instanceof Float64Array) return value;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Float64Array.from({ length: nodeCount }, (_, node) =>
    view.getFloat64(valueOffset + node * valueStride, layout.littleEndian),
  );
}

/** Each element of an iterable, changed. */
export function* mapped<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item);
}
