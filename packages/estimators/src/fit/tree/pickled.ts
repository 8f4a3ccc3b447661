/** @module A grown tree as `sklearn.tree._tree.Tree` is pickled, in the layout of 1.3 and later. */

import { type DType, float64, int64, NdArray } from "@curtido/arrays";
import type { GrownTree } from "@curtido/kernels";
import { Dict, Global, Instance } from "@curtido/pickle";

const uint8: DType = { kind: "u", itemsize: 1, littleEndian: true };

/** The fields of a node, 8 bytes each. */
const FIELDS = [
  ["left_child", int64],
  ["right_child", int64],
  ["feature", int64],
  ["threshold", float64],
  ["impurity", float64],
  ["n_node_samples", int64],
  ["weighted_n_node_samples", float64],
  ["missing_go_to_left", uint8],
] as const;
const NODE: DType = {
  kind: "V",
  itemsize: 8 * FIELDS.length,
  littleEndian: true,
  fields: FIELDS.map(([name, dtype], at) => ({ name, dtype, offset: 8 * at })),
};

/**
 * The inert tree.
 *
 * @param features - how many features a row has
 */
export function decisionTreeInstance(tree: GrownTree, features: number): Instance {
  const { count, depth, records, values, outputs } = tree;
  const made = new Instance(
    new Global("sklearn.tree._tree", "Tree"),
    [features, NdArray.of(BigInt64Array.of(BigInt(outputs)), [1], int64), 1],
    "reduce",
  );
  made.states.push(
    new Dict<unknown>([
      ["max_depth", depth],
      ["node_count", count],
      ["nodes", NdArray.fromBytes(records, NODE, [count])],
      ["values", NdArray.of(values, [count, 1, outputs])],
    ]),
  );
  return made;
}
