/** @module A grown tree as `sklearn.tree._tree.Tree` is pickled, in the layout of 1.3 and later. */

import { type DType, float64, int64, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance } from "@curtido/pickle";
import type { GrownTree } from "./grow.ts";

const uint8: DType = { kind: "u", itemsize: 1, littleEndian: true };

/** The fields of a node: what {@link GrownTree} calls it, and how it lies in the record of 64 bytes. */
const FIELDS = [
  ["left_child", "left", int64],
  ["right_child", "right", int64],
  ["feature", "feature", int64],
  ["threshold", "threshold", float64],
  ["impurity", "impurity", float64],
  ["n_node_samples", "samples", int64],
  ["weighted_n_node_samples", "weight", float64],
  ["missing_go_to_left", "missingLeft", uint8],
] as const;
const ITEM_SIZE = 64;
const NODE: DType = {
  kind: "V",
  itemsize: ITEM_SIZE,
  littleEndian: true,
  fields: FIELDS.map(([name, , dtype], at) => ({ name, dtype, offset: 8 * at })),
};

/**
 * The inert tree.
 *
 * @param features - how many features a row has
 * @param classes - how many classes there are; 1 for regression
 */
export function treeInstance(tree: GrownTree, features: number, classes: number): Instance {
  const count = tree.left.length;
  const made = new Instance(
    new Global("sklearn.tree._tree", "Tree"),
    [features, NdArray.of(BigInt64Array.of(BigInt(classes)), [1], int64), 1],
    "reduce",
  );
  made.states.push(
    new Dict<unknown>([
      ["max_depth", tree.depth],
      ["node_count", count],
      ["nodes", NdArray.fromBytes(records(tree), NODE, [count])],
      ["values", NdArray.of(tree.values, [count, 1, tree.width])],
    ]),
  );
  return made;
}

function records(tree: GrownTree): Uint8Array {
  const bytes = new Uint8Array(tree.left.length * ITEM_SIZE);
  const view = new DataView(bytes.buffer);
  FIELDS.forEach(([, name, dtype], at) => {
    const list = tree[name];
    for (let node = 0; node < list.length; node++) {
      const place = node * ITEM_SIZE + 8 * at;
      if (dtype.kind === "f") view.setFloat64(place, list[node]!, true);
      else if (dtype.kind === "i") view.setBigInt64(place, BigInt(list[node]!), true);
      else view.setUint8(place, list[node]!);
    }
  });
  return bytes;
}
