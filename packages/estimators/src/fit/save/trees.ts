/** @module Trees as releases before 1.3 pickle them. */

import { bytesOf, type DType, NdArray } from "@curtido/arrays";
import type { Dict, Instance } from "@curtido/pickle";
import type { LayoutChanges } from "./changes.ts";

/** Nodes of 1.3 and later have 64 bytes, of which the last 8 say where missing values go. */
const NEW_SIZE = 64;
const OLD_SIZE = 56;

/** `nodes` without where missing values go. */
function olderNodes(nodes: NdArray): NdArray {
  const count = nodes.size;
  const from = bytesOf(nodes);
  const bytes = new Uint8Array(count * OLD_SIZE);
  for (let node = 0; node < count; node++) {
    bytes.set(from.subarray(node * NEW_SIZE, node * NEW_SIZE + OLD_SIZE), node * OLD_SIZE);
  }
  const fields = nodes.dtype.fields!.slice(0, -1);
  const dtype: DType = { kind: "V", itemsize: OLD_SIZE, littleEndian: true, fields };
  return NdArray.fromBytes(bytes, dtype, [count]);
}

/** Weights of classes instead of their shares. */
function countsOf(values: NdArray, nodes: NdArray): NdArray {
  const shares = values.toFloat64();
  const bytes = bytesOf(nodes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = shares.length / nodes.size;
  const counts = shares.map((share, at) => share * view.getFloat64(Math.floor(at / width) * NEW_SIZE + 48, true));
  return NdArray.of(counts, values.shape);
}

function olderTree(state: Dict<unknown>, made: Instance): undefined {
  const nodes = state.get("nodes") as NdArray;
  const values = state.get("values") as NdArray;
  const [, classes] = made.args as readonly [unknown, NdArray];
  const isClassifier = Number(classes.flat()[0]) > 1;
  if (isClassifier) state.set("values", countsOf(values, nodes));
  state.set("nodes", olderNodes(nodes));
  return undefined;
}

/** `sklearn.tree._tree.Tree`, 1.3: missing values, and shares instead of counts. */
export const TREE_CHANGES: LayoutChanges = {
  "sklearn.tree._tree.Tree": [{ before: "1.3", change: olderTree }],
};
