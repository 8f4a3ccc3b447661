/** @module The trees of HistGradientBoosting (`sklearn.ensemble._hist_gradient_boosting.predictor`). */

import type { NdArray } from "@curtido/arrays";
import { type RawLayout, type RawTree, TreeEnsemble, TreeShapeError } from "@curtido/kernels";
import type { CostOf } from "../base/cost.ts";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";
import { isLittleEndian, rawField, requiredField } from "../tree/tree.ts";
import { stagedSums, valuesAtLeaves } from "./staged.ts";

/** One tree: its nodes and the categories that its splits send left. */
export interface HistTree {
  readonly raw: RawTree;
  readonly nodes: NdArray;
  /** `[splits, 8]` words of 32 bits. */
  readonly left: Uint32Array;
  readonly categorical: boolean;
  readonly path: string;
}

/** What a tree costs: the steps to its deepest leaf, which its nodes tell. */
export const costOfHistTree: CostOf = (state) => {
  const nodes = state.array("nodes", [undefined]);
  return { memory: 24 * nodes.size, perRow: 4 * nodes.size, parts: [] };
};

/** `TreePredictor` with its state. */
export function readHistTree(state: State): HistTree {
  const nodes = state.array("nodes", [undefined]);
  const { dtype } = nodes;
  const value = requiredField(state, dtype, "value");
  if (value.type !== "f8") state.fail("nodes", "holds values that are not float64");
  const layout: RawLayout = {
    stride: dtype.itemsize,
    littleEndian: isLittleEndian(dtype),
    left: requiredField(state, dtype, "left"),
    right: requiredField(state, dtype, "right"),
    feature: requiredField(state, dtype, "feature_idx"),
    threshold: rawField(state, dtype, "num_threshold") ?? requiredField(state, dtype, "threshold"),
    missingLeft: rawField(state, dtype, "missing_go_to_left"),
    leaf: requiredField(state, dtype, "is_leaf"),
  };
  const bytes = nodes.raw ?? state.fail("nodes", "holds no records");
  if (nodes.size < 1) state.fail("nodes", "is empty");
  const raw: RawTree = {
    nodeCount: nodes.size,
    bytes,
    layout,
    value: bytes,
    valueOffset: value.offset,
    valueStride: dtype.itemsize,
  };
  const categorical =
    rawField(state, dtype, "is_categorical") !== undefined && nodes.field("is_categorical").toFloat64().includes(1);
  const left = categorical
    ? Uint32Array.from(state.floats("raw_left_cat_bitsets", [undefined, 8]))
    : new Uint32Array(0);
  return { raw, nodes, left, categorical, path: state.path };
}

/** Which categories training saw, per feature; `undefined` for numeric features. */
export type KnownCategories = readonly (Uint32Array | undefined)[];

/** Adds up trees: the kernels' way where all splits are numeric, node by node where there are categories. */
export class HistTrees {
  readonly outputs: number;
  private readonly ensemble: TreeEnsemble | undefined;
  private readonly walks: readonly CategoricalWalk[];
  private readonly trees: readonly HistTree[];
  private readonly features: number;

  constructor(trees: readonly HistTree[], features: number, outputs: number, known: KnownCategories) {
    this.features = features;
    this.outputs = outputs;
    this.trees = trees;
    const outputOf = Int32Array.from(trees, (_, at) => at % outputs);
    const categorical = trees.some((tree) => tree.categorical);
    // The kernels check the shape of every tree, also of those that are walked here.
    const prepared = prepare(trees, features, outputs, outputOf);
    this.ensemble = categorical ? undefined : prepared;
    this.walks = categorical ? trees.map((tree) => new CategoricalWalk(tree, known)) : [];
  }

  /** The sums after each stage; `out` is where they start. */
  staged(X: Float64Array, rows: number, out: Float64Array): Iterable<Float64Array> {
    const count = this.trees.length;
    if (this.ensemble === undefined) {
      const added = (row: number, tree: number) => this.walks[tree]!.value(X, row * this.features);
      return stagedSums(out, rows, this.outputs, count, added);
    }
    const leaves = new Int32Array(rows * count);
    this.ensemble.apply(X, rows, leaves);
    const raw = this.trees.map((tree) => tree.raw);
    return stagedSums(out, rows, this.outputs, count, valuesAtLeaves(raw, leaves));
  }

  /** Adds every tree to `out`, `[rows, outputs]`. */
  addTo(X: Float64Array, rows: number, out: Float64Array): void {
    if (this.ensemble !== undefined) {
      this.ensemble.addTo(X, rows, out);
      return;
    }
    for (let row = 0; row < rows; row++) {
      for (let tree = 0; tree < this.walks.length; tree++) {
        out[row * this.outputs + (tree % this.outputs)]! += this.walks[tree]!.value(X, row * this.features);
      }
    }
  }
}

function prepare(trees: readonly HistTree[], nFeatures: number, outputs: number, outputOf: Int32Array): TreeEnsemble {
  try {
    return TreeEnsemble.prepare(
      trees.map((tree) => withFiniteThresholds(tree)),
      { nFeatures, outputs, outputOf, input: "float64" },
    );
  } catch (error) {
    if (!(error instanceof TreeShapeError)) throw error;
    const path = trees[error.tree]!.path;
    throw estimatorError("E_STATE", `'${path}.nodes[${error.node}]': ${error.problem}`, { path }, error);
  }
}

/** Categorical splits have no threshold: their shape is checked with 0 in its place. */
function withFiniteThresholds(tree: HistTree): RawTree {
  if (!tree.categorical) return tree.raw;
  const { layout, nodeCount } = tree.raw;
  const bytes = new Uint8Array(tree.raw.bytes);
  for (let node = 0; node < nodeCount; node++)
    bytes.fill(0, node * layout.stride + layout.threshold.offset, node * layout.stride + layout.threshold.offset + 8);
  return { ...tree.raw, bytes, value: bytes };
}

/** One tree with categorical splits, node by node (`_predict_one_from_raw_data`). */
class CategoricalWalk {
  private readonly left: Float64Array;
  private readonly right: Float64Array;
  private readonly feature: Float64Array;
  private readonly threshold: Float64Array;
  private readonly values: Float64Array;
  private readonly leaf: Float64Array;
  private readonly missingLeft: Float64Array;
  private readonly categorical: Float64Array;
  private readonly bitset: Float64Array;
  private readonly bits: Uint32Array;
  private readonly known: KnownCategories;

  constructor(tree: HistTree, known: KnownCategories) {
    const field = (name: string) => tree.nodes.field(name).toFloat64();
    this.left = field("left");
    this.right = field("right");
    this.feature = field("feature_idx");
    this.threshold = field("num_threshold");
    this.values = field("value");
    this.leaf = field("is_leaf");
    this.missingLeft = field("missing_go_to_left");
    this.categorical = field("is_categorical");
    this.bitset = field("bitset_idx");
    this.bits = tree.left;
    this.known = known;
    const splits = tree.left.length / 8;
    const bad = this.bitset.findIndex((index, node) => this.categorical[node] === 1 && !(index < splits));
    if (bad >= 0) {
      throw estimatorError("E_STATE", `'${tree.path}.nodes[${bad}]' has no set of categories`, { path: tree.path });
    }
  }

  value(X: Float64Array, from: number): number {
    let node = 0;
    while (this.leaf[node] === 0) {
      const x = X[from + this.feature[node]!]!;
      node = this.goesLeft(node, x) ? this.left[node]! : this.right[node]!;
    }
    return this.values[node]!;
  }

  private goesLeft(node: number, x: number): boolean {
    const missing = this.missingLeft[node] === 1;
    if (Number.isNaN(x)) return missing;
    if (this.categorical[node] === 0) return x <= this.threshold[node]!;
    if (x < 0) return missing;
    // Python converts the category to an unsigned byte.
    const category = Math.trunc(x) & 255;
    if (hasBit(this.bits, this.bitset[node]! * 8, category)) return true;
    const known = this.known[this.feature[node]!];
    return known !== undefined && hasBit(known, 0, category) ? false : missing;
  }
}

function hasBit(words: Uint32Array, from: number, bit: number): boolean {
  return ((words[from + (bit >> 5)]! >>> (bit & 31)) & 1) === 1;
}
