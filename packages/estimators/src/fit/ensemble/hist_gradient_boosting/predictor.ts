/** @module A grown tree as the records that scikit-learn's `TreePredictor` keeps, and what it answers for binned rows. */

import { type DType, float64, int64, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance } from "@curtido/pickle";
import type { HistNode } from "./grow.ts";
import type { HistSplit } from "./splits.ts";

const uint8: DType = { kind: "u", itemsize: 1, littleEndian: true };
const uint32: DType = { kind: "u", itemsize: 4, littleEndian: true };

const FIELDS = [
  ["value", float64],
  ["count", uint32],
  ["feature_idx", int64],
  ["num_threshold", float64],
  ["missing_go_to_left", uint8],
  ["left", uint32],
  ["right", uint32],
  ["gain", float64],
  ["depth", uint32],
  ["is_leaf", uint8],
  ["bin_threshold", uint8],
  ["is_categorical", uint8],
  ["bitset_idx", uint32],
] as const;
type Field = (typeof FIELDS)[number][0];

const OFFSETS = new Map<Field, number>();
let itemsize = 0;
for (const [name, dtype] of FIELDS) {
  OFFSETS.set(name, itemsize);
  itemsize += dtype.itemsize;
}
const NODE: DType = {
  kind: "V",
  itemsize,
  littleEndian: true,
  fields: FIELDS.map(([name, dtype]) => ({ name, dtype, offset: OFFSETS.get(name)! })),
};
/** Words of a set of bins, or of categories. */
const WORDS = 8;

/** The nodes of a tree in the order in which scikit-learn lists them: a node, all on its left, all on its right. */
export class HistPredictor {
  readonly nodes: readonly HistNode[];
  /** Whether a split parts the only category from missing values: scikit-learn keeps no set of bins for it. */
  readonly isLossy: boolean;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  /** Which set of bins a node has; 0 where it has none, too. */
  private readonly sets: Int32Array;
  private readonly words: readonly Uint32Array[];
  private readonly bins: Int32Array;

  /** @param bins - of each feature, without that of missing values */
  constructor(root: HistNode, bins: Int32Array) {
    const { nodes, left, right } = listed(root);
    this.nodes = nodes;
    this.left = left;
    this.right = right;
    this.bins = bins;
    this.sets = new Int32Array(nodes.length);
    const sets = nodes.filter(({ children, split }) => children !== undefined && split!.words !== undefined).length;
    this.words = Array.from({ length: sets }, () => new Uint32Array(WORDS));
    this.isLossy = nodes.some(
      ({ children, split }) => children !== undefined && split!.words !== undefined && this.partsMissing(split!),
    );
    let used = 0;
    nodes.forEach(({ children, split }, at) => {
      if (children === undefined || split!.words === undefined || this.partsMissing(split!)) return;
      this.words[used]!.set(split!.words);
      this.sets[at] = used++;
    });
  }

  /** Whether a split parts missing values from all others. */
  private partsMissing({ feature, bin }: HistSplit): boolean {
    return bin === this.bins[feature]! - 1;
  }

  /** Adds the answers for binned rows to `raw`. */
  addTo(raw: Float64Array, offset: number, bins: Uint8Array, rows: number, missing: number): void {
    for (let row = 0; row < rows; row++) {
      let at = 0;
      for (let node = this.nodes[at]!; node.children !== undefined; node = this.nodes[at]!)
        at = this.goesLeft(at, node.split!, bins[node.split!.feature * rows + row]!, missing)
          ? this.left[at]!
          : this.right[at]!;
      raw[offset + row]! += this.nodes[at]!.value;
    }
  }

  private goesLeft(at: number, split: HistSplit, bin: number, missing: number): boolean {
    if (bin === missing) return split.missingLeft;
    if (split.words === undefined) return bin <= split.bin;
    return ((this.words[this.sets[at]!]![bin >> 5]! >>> (bin & 31)) & 1) === 1;
  }

  /**
   * The inert `TreePredictor` of 1.9.1.
   *
   * @param thresholds - of each feature; see `BinMapper`
   */
  instance(thresholds: readonly Float64Array[]): Instance {
    const made = new Instance(
      new Global("sklearn.ensemble._hist_gradient_boosting.predictor", "TreePredictor"),
      [],
      "newobj",
    );
    const sets = this.words.length;
    const flat = () => NdArray.of(Uint32Array.from(this.words.flatMap((words) => [...words])), [sets, WORDS], uint32);
    made.states.push(
      new Dict<unknown>([
        ["nodes", NdArray.fromBytes(this.records(thresholds), NODE, [this.nodes.length])],
        ["binned_left_cat_bitsets", flat()],
        // Categories are 0, 1, 2 ..., and so are their bins; that of missing values is none of them.
        ["raw_left_cat_bitsets", this.rawSets(thresholds)],
      ]),
    );
    return made;
  }

  private rawSets(thresholds: readonly Float64Array[]): NdArray {
    const out = new Uint32Array(this.words.length * WORDS);
    this.nodes.forEach(({ children, split }, at) => {
      if (children === undefined || split!.words === undefined || this.partsMissing(split!)) return;
      const words = this.words[this.sets[at]!]!;
      for (const category of thresholds[split!.feature]!)
        if ((words[category >> 5]! >>> (category & 31)) & 1)
          out[this.sets[at]! * WORDS + (category >> 5)]! |= 1 << (category & 31);
    });
    return NdArray.of(out, [this.words.length, WORDS], uint32);
  }

  private records(thresholds: readonly Float64Array[]): Uint8Array {
    const bytes = new Uint8Array(this.nodes.length * itemsize);
    const view = new DataView(bytes.buffer);
    this.nodes.forEach((node, at) => {
      const from = at * itemsize;
      const at4 = (name: Field, value: number) => view.setUint32(from + OFFSETS.get(name)!, value, true);
      const at8 = (name: Field, value: number) => view.setFloat64(from + OFFSETS.get(name)!, value, true);
      const flag = (name: Field, value: number) => view.setUint8(from + OFFSETS.get(name)!, value);
      at8("value", node.value);
      at4("count", node.count);
      at4("depth", node.depth);
      at8("gain", node.split?.gain ?? -1);
      flag("is_leaf", Number(node.children === undefined));
      if (node.children === undefined) return;
      const { feature, bin, words, missingLeft } = node.split!;
      view.setBigInt64(from + OFFSETS.get("feature_idx")!, BigInt(feature), true);
      at4("left", this.left[at]!);
      at4("right", this.right[at]!);
      at4("bitset_idx", this.sets[at]!);
      flag("bin_threshold", bin);
      flag("missing_go_to_left", Number(missingLeft));
      flag("is_categorical", Number(words !== undefined));
      if (this.partsMissing(node.split!)) at8("num_threshold", Number.POSITIVE_INFINITY);
      else if (words === undefined) at8("num_threshold", thresholds[feature]![bin]!);
    });
    return bytes;
  }
}

/** All nodes, and where the children of each are. */
function listed(root: HistNode) {
  const nodes: HistNode[] = [];
  const places = new Map<HistNode, number>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    places.set(node, nodes.length);
    nodes.push(node);
    if (node.children !== undefined) open.push(node.children[1], node.children[0]);
  }
  const child = (side: 0 | 1) =>
    Int32Array.from(nodes, ({ children }) => (children === undefined ? 0 : places.get(children[side])!));
  return { nodes, left: child(0), right: child(1) };
}
