/** @module scikit-learn's fitted trees as they are pickled (`sklearn.tree._tree.Tree`), and their layout for the kernels. */

import { type DType, type NdArray, reviveNumpy } from "@curtido/arrays";
import {
  type RawField,
  type RawLayout,
  type RawTree,
  TreeEnsemble,
  type TreeOptions,
  TreeShapeError,
} from "@curtido/kernels";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";

/** A tree, checked but not yet walked. */
export interface Tree {
  readonly features: number;
  readonly outputs: number;
  /** Values per node and output: the most classes of any output, 1 for regression. */
  readonly classes: number;
  /** Classes of each output. */
  readonly counts: readonly number[];
  readonly nodeCount: number;
  readonly nodes: NdArray;
  readonly raw: RawTree;
  /** Where it stands in the file. */
  readonly path: string;
}

const TYPES: Readonly<Record<string, RawField["type"]>> = {
  i4: "i4",
  u4: "u4",
  i8: "i8",
  u8: "u8",
  u1: "u1",
  b1: "u1",
  i1: "u1",
  f4: "f4",
  f8: "f8",
};

/** One field of a structured dtype, for the kernels; `undefined` when it is not there. */
export function rawField(state: State, dtype: DType, name: string): RawField | undefined {
  const field = dtype.fields?.find((each) => each.name === name);
  if (field === undefined) return undefined;
  const type = TYPES[`${field.dtype.kind}${field.dtype.itemsize}`];
  if (type === undefined) return state.fail("nodes", `has a field '${name}' of an unexpected type`);
  return { offset: field.offset, type };
}

/** {@link rawField} that must be there. */
export function requiredField(state: State, dtype: DType, name: string): RawField {
  return rawField(state, dtype, name) ?? state.fail("nodes", `has no field '${name}'`);
}

/** Whether all numbers of a record lie with the little end first. */
export function isLittleEndian(dtype: DType): boolean {
  return dtype.fields?.every((field) => field.dtype.littleEndian || field.dtype.itemsize === 1) ?? true;
}

/** `Tree(n_features, n_classes, n_outputs)` with its state. */
export function readTree(state: State): Tree {
  const [features, classes, outputs] = state.instance.args;
  const counts = reviveNumpy(classes)?.toFloat64();
  if (
    typeof features !== "number" ||
    typeof outputs !== "number" ||
    counts === undefined ||
    counts.length !== outputs ||
    outputs < 1
  ) {
    return state.fail("tree", "was made with unexpected arguments");
  }
  const most = counts.reduce((a, b) => Math.max(a, b));
  const nodes = state.array("nodes", [undefined]);
  const nodeCount = nodes.size;
  if (nodeCount < 1 || state.integer("node_count") !== nodeCount)
    state.fail("nodes", `does not hold ${state.plain("node_count")} nodes`);
  const values = state.array(state.named("values", "value"), [nodeCount, outputs, most]);
  if (values.dtype.kind !== "f") state.fail("values", "must hold floats");
  const { dtype } = nodes;
  const layout: RawLayout = {
    stride: dtype.itemsize,
    littleEndian: isLittleEndian(dtype),
    left: requiredField(state, dtype, "left_child"),
    right: requiredField(state, dtype, "right_child"),
    feature: requiredField(state, dtype, "feature"),
    threshold: requiredField(state, dtype, "threshold"),
    missingLeft: rawField(state, dtype, "missing_go_to_left"),
  };
  const plain =
    values.dtype.itemsize === 8 && values.order === "C" && values.dtype.littleEndian === layout.littleEndian;
  const value = plain && values.raw !== undefined ? values.raw : values.toFloat64();
  const bytes = nodes.raw ?? state.fail("nodes", "holds no records");
  return {
    features,
    outputs,
    classes: most,
    counts: Array.from(counts),
    nodeCount,
    nodes,
    raw: { nodeCount, bytes, layout, value },
    path: state.path,
  };
}

/** A function that looks at each object once, however often it is asked: a file may name a tree a million times. */
export function eachOnce<A, B>(of: (value: A, at: number) => B): (value: A, at?: number) => B {
  const known = new Map<A, B>();
  return (value, at = 0) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const made = of(value, at);
    known.set(value, made);
    return made;
  };
}

/** Trees of one shape, prepared for walking. */
export function prepareTrees(
  trees: readonly Tree[],
  options: Omit<TreeOptions, "nFeatures" | "outputs" | "input"> & { readonly outputs?: number } = {},
): TreeEnsemble {
  const [first] = trees;
  if (first === undefined) throw estimatorError("E_STATE", "an ensemble has no trees", { path: "estimators_" });
  const odd = trees.find(
    (tree) => tree.features !== first.features || tree.outputs !== first.outputs || tree.classes !== first.classes,
  );
  if (odd !== undefined)
    throw estimatorError("E_STATE", `'${odd.path}' has another shape than the first tree`, { path: odd.path });
  const outputs = options.outputs ?? first.outputs * first.classes;
  const prepare = (raw: readonly RawTree[]) =>
    TreeEnsemble.prepare(raw, { ...options, nFeatures: first.features, outputs, input: "float32" });
  try {
    return prepareOr(trees, prepare);
  } catch (error) {
    if (!(error instanceof TreeShapeError)) throw error;
    const path = trees[error.tree]!.path;
    throw estimatorError("E_STATE", `'${path}.nodes[${error.node}]': ${error.problem}`, { path }, error);
  }
}

/** Tries the trees as they are; where fitting on missing values left a threshold NaN, with nothing below that threshold. */
function prepareOr(trees: readonly Tree[], prepare: (raw: readonly RawTree[]) => TreeEnsemble): TreeEnsemble {
  try {
    return prepare(trees.map((tree) => tree.raw));
  } catch (error) {
    if (!(error instanceof TreeShapeError && error.problem === "threshold is NaN")) throw error;
    const mended = eachOnce(withoutNaN);
    return prepare(trees.map((tree) => mended(tree)));
  }
}

/** `x <= NaN` is false, as `x <= -Infinity` is. */
function withoutNaN({ raw, nodes, nodeCount }: Tree): RawTree {
  const thresholds = nodes.field("threshold").toFloat64();
  if (!thresholds.some(Number.isNaN)) return raw;
  const bytes = new Uint8Array(raw.bytes);
  const view = new DataView(bytes.buffer);
  const { stride, threshold, littleEndian } = raw.layout;
  for (let node = 0; node < nodeCount; node++)
    if (Number.isNaN(thresholds[node]))
      view.setFloat64(node * stride + threshold.offset, Number.NEGATIVE_INFINITY, littleEndian);
  return { ...raw, bytes };
}

/** The tree of a part that saw only some columns, with its features numbered as those of the whole. */
export function withFeatures(tree: Tree, columns: Int32Array, features: number): Tree {
  const { raw, nodes, nodeCount } = tree;
  const bytes = new Uint8Array(raw.bytes);
  const view = new DataView(bytes.buffer);
  const { stride, feature, littleEndian } = raw.layout;
  nodes
    .field("feature")
    .toFloat64()
    .forEach((column, node) => {
      if (node >= nodeCount || !(column >= 0 && column < columns.length)) return;
      const at = node * stride + feature.offset;
      if (feature.type === "i8") view.setBigInt64(at, BigInt(columns[column]!), littleEndian);
      else view.setInt32(at, columns[column]!, littleEndian);
    });
  return { ...tree, features, raw: { ...raw, bytes } };
}

/** Nodes between the root and each node. */
export function depthsOf(tree: Tree): Int32Array {
  const field = (name: string) => tree.nodes.field(name).toFloat64();
  const [left, right] = [field("left_child"), field("right_child")];
  const depths = new Int32Array(tree.nodeCount);
  const open = [0];
  // A node that two others name would be met again and again: there are no more steps than nodes.
  for (let steps = 0; open.length > 0 && steps < tree.nodeCount; steps++) {
    const node = open.pop()!;
    if (left[node] === -1) continue;
    for (const child of [left[node]!, right[node]!]) {
      depths[child] = depths[node]! + 1;
      open.push(child);
    }
  }
  return depths;
}

/** How much each feature lowers the impurity (`Tree.compute_feature_importances`). */
export function treeImportances(tree: Tree, normalize: boolean): Float64Array {
  const field = (name: string) => tree.nodes.field(name).toFloat64();
  const [left, right, feature] = [field("left_child"), field("right_child"), field("feature")];
  const [impurity, weight] = [field("impurity"), field("weighted_n_node_samples")];
  const out = new Float64Array(tree.features);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (left[node] === -1) continue;
    const [l, r] = [left[node]!, right[node]!];
    out[feature[node]!]! += weight[node]! * impurity[node]! - weight[l]! * impurity[l]! - weight[r]! * impurity[r]!;
  }
  const root = weight[0]!;
  const total = normalize ? out.reduce((sum, each) => sum + each / root, 0) : 1;
  return out.map((each) => (total > 0 ? each / root / total : each / root));
}

/** The mean over trees, scaled to a sum of 1. */
export function meanImportances(trees: readonly Tree[], normalize: boolean): Float64Array {
  const grown = trees.filter((tree) => tree.nodeCount > 1);
  const out = new Float64Array(trees[0]?.features ?? 0);
  const importances = eachOnce((tree: Tree) => treeImportances(tree, normalize));
  for (const tree of grown) importances(tree).forEach((each, at) => (out[at]! += each / grown.length));
  const total = out.reduce((sum, each) => sum + each, 0);
  return total > 0 ? out.map((each) => each / total) : out;
}
