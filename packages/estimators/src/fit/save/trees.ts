/** @module Trees and forests as older releases pickle them. */

import { bytesOf, type DType, NdArray } from "@curtido/arrays";
import { type Dict, type Instance, Tuple } from "@curtido/pickle";
import type { LayoutChange, Layouts } from "./layout.ts";

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

/** Criteria before 1.0. */
const OLDEST_CRITERIA: Readonly<Record<string, string>> = { squared_error: "mse", absolute_error: "mae" };

/** No constraints, of trees and of what forests hand down to theirs. */
function withoutConstraints(state: Dict<unknown>): undefined {
  state.delete("monotonic_cst");
  const handed = state.get("estimator_params");
  if (handed instanceof Tuple)
    state.set("estimator_params", new Tuple(handed.items.filter((name) => name !== "monotonic_cst")));
  return undefined;
}

/** Forests had a second name for their tree, which nobody was to use any more. */
function withDeprecatedName(state: Dict<unknown>): undefined {
  state.set("base_estimator", "deprecated");
  return undefined;
}

function withBaseEstimator(state: Dict<unknown>): undefined {
  for (const [newer, older] of [
    ["estimator", "base_estimator"],
    ["estimator_", "base_estimator_"],
  ] as const) {
    if (!state.has(newer)) continue;
    state.set(older, state.get(newer));
    state.delete(newer);
  }
  return undefined;
}

/** The entropy had one name. */
function withoutLogLoss(state: Dict<unknown>): undefined {
  if (state.get("criterion") === "log_loss") state.set("criterion", "entropy");
  return undefined;
}

/** Names of criteria, a parameter that 1.0 lost, and the number of features under the name that predicting asked for. */
export function beforeOne(state: Dict<unknown>): undefined {
  const criterion = state.get("criterion") as string;
  state.set("criterion", OLDEST_CRITERIA[criterion] ?? criterion);
  state.set("min_impurity_split", null);
  if (state.has("n_features_in_")) state.set("n_features_", state.get("n_features_in_"));
  return undefined;
}

/** Trees knew `presort` until 0.24. */
export function withPresort(state: Dict<unknown>): undefined {
  state.set("presort", "deprecated");
  return undefined;
}

const SHARED: readonly LayoutChange[] = [
  { before: "1.4", change: withoutConstraints },
  { before: "1.1", change: withoutLogLoss },
  { before: "1.0", change: beforeOne },
];
const TREE: readonly LayoutChange[] = [...SHARED, { before: "0.24", change: withPresort }];
const FOREST: readonly LayoutChange[] = [
  ...SHARED,
  { before: "1.4", change: withDeprecatedName },
  { before: "1.2", change: withBaseEstimator },
];
/** Trees and forests; `sklearn.tree.Tree` got missing values, and shares instead of counts, with 1.3. */
export const TREE_LAYOUTS: Layouts = {
  "sklearn.tree.Tree": { changes: [{ before: "1.3", change: olderTree }] },
  "sklearn.tree.DecisionTreeClassifier": { changes: TREE },
  "sklearn.tree.DecisionTreeRegressor": { changes: TREE },
  "sklearn.tree.ExtraTreeClassifier": { changes: TREE },
  "sklearn.tree.ExtraTreeRegressor": { changes: TREE },
  "sklearn.ensemble.RandomForestClassifier": { changes: FOREST },
  "sklearn.ensemble.RandomForestRegressor": { changes: FOREST },
  "sklearn.ensemble.ExtraTreesClassifier": { changes: FOREST },
  "sklearn.ensemble.ExtraTreesRegressor": { changes: FOREST },
};
