import { pairwiseSum } from "../sum.ts";
import {
  type RawField,
  type RawLayout,
  type RawTree,
  type TreeOptions,
  TreeShapeError,
  type TreeSource,
} from "./types.ts";

/** The arrays that one tree after the other is decoded into, whatever its source. */
export class Stage {
  /** Nodes of the tree that is staged. */
  nodeCount = 0;
  left: Int32Array;
  right: Int32Array;
  feature: Int32Array;
  threshold: Float64Array;
  missingLeft: Uint8Array;
  /** Position of each staged node in its source, if `reorder` moved it. */
  origin: Int32Array | undefined;
  readonly width: number;
  readonly #options: TreeOptions;
  readonly #leaf: Float64Array;
  #tree = 0;
  #values: ArrayLike<number> | DataView = [];
  #valueOffset = 0;
  #valueStride = 0;
  #littleEndian = true;

  /**
   * @param capacity nodes of the largest tree
   * @param width values per node
   */
  constructor(capacity: number, width: number, options: TreeOptions) {
    this.left = new Int32Array(capacity);
    this.right = new Int32Array(capacity);
    this.feature = new Int32Array(capacity);
    this.threshold = new Float64Array(capacity);
    this.missingLeft = new Uint8Array(capacity);
    this.width = width;
    this.#options = options;
    this.#leaf = new Float64Array(width);
  }

  /** Decodes a tree. Throws TreeShapeError if its arrays are too short or an index is no 32-bit integer. */
  read(tree: number, source: TreeSource | RawTree): void {
    this.#tree = tree;
    this.nodeCount = source.nodeCount;
    this.origin = undefined;
    if ("bytes" in source) this.#readRecords(source);
    else this.#readArrays(source);
  }

  /** Writes the values of a staged leaf to `out[at...]`, normalised, scaled and mapped as the options say. */
  writeLeaf(staged: number, out: Float64Array, at: number): void {
    const node = this.origin === undefined ? staged : this.origin[staged]!;
    const values = this.#values;
    const width = this.width;
    const { normalize, scale, mapLeaf } = this.#options;
    if (width === 1 && normalize !== true && mapLeaf === undefined) {
      const value = values instanceof DataView ? this.#rawValue(values, node, 0) : values[node]!;
      out[at] = scale === undefined ? value : value * scale;
      return;
    }
    const leaf = this.#leaf;
    for (let j = 0; j < width; j++) {
      leaf[j] = values instanceof DataView ? this.#rawValue(values, node, j) : values[node * width + j]!;
    }
    if (normalize === true) {
      const sum = pairwiseSum(leaf) || 1;
      for (let j = 0; j < width; j++) leaf[j]! /= sum;
    }
    if (scale !== undefined) for (let j = 0; j < width; j++) leaf[j]! *= scale;
    mapLeaf?.(this.#tree, node, leaf);
    for (let j = 0; j < width; j++) out[at + j] = leaf[j]!;
  }

  #rawValue(view: DataView, node: number, j: number): number {
    return view.getFloat64(this.#valueOffset + node * this.#valueStride + 8 * j, this.#littleEndian);
  }

  #readArrays(source: TreeSource): void {
    const n = source.nodeCount;
    this.#copy(source.left, this.left, "left");
    this.#copy(source.right, this.right, "right");
    this.#copy(source.feature, this.feature, "feature");
    this.#copy(source.threshold, this.threshold, "threshold");
    if (source.missingLeft === undefined) this.missingLeft.fill(0, 0, n);
    else this.#copy(source.missingLeft, this.missingLeft, "missingLeft");
    if (source.value.length < n * this.width) this.#tooShort("value", source.value.length, n * this.width);
    this.#values = source.value;
  }

  #copy(from: ArrayLike<number>, to: Int32Array | Float64Array | Uint8Array, name: string): void {
    const n = this.nodeCount;
    if (from.length < n) this.#tooShort(name, from.length, n);
    if (ArrayBuffer.isView(from) && from.constructor === to.constructor) {
      const same = from as typeof to;
      to.set(same.length === n ? same : same.subarray(0, n));
      return;
    }
    for (let i = 0; i < n; i++) {
      const value = from[i]!;
      to[i] = value;
      if (to[i] !== value && !(to instanceof Float64Array)) this.#notAnIndex(i, name, value);
    }
  }

  #readRecords(source: RawTree): void {
    const { bytes, layout, nodeCount: n, value, valueOffset = 0, valueStride = 8 * this.width } = source;
    if (bytes.length < n * layout.stride) this.#tooShort("bytes", bytes.length, n * layout.stride);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { left, right, feature, threshold, missingLeft, leaf, stride, littleEndian } = layout;
    if (missingLeft === undefined) this.missingLeft.fill(0, 0, n);
    if (!decodeUsual(view, layout, n, this)) {
      this.#decode(view, left, layout, this.left, "left");
      this.#decode(view, right, layout, this.right, "right");
      this.#decode(view, feature, layout, this.feature, "feature");
      this.#decode(view, threshold, layout, this.threshold, "threshold");
      if (missingLeft) this.#decode(view, missingLeft, layout, this.missingLeft, "missingLeft");
    }
    if (leaf) for (let i = 0; i < n; i++) if (view.getUint8(i * stride + leaf.offset) !== 0) this.left[i] = -1;
    this.#littleEndian = littleEndian;
    this.#valueOffset = valueOffset;
    this.#valueStride = valueStride;
    const numbers = value instanceof Float64Array;
    const needed = numbers ? n * this.width : valueOffset + (n - 1) * valueStride + 8 * this.width;
    if (value.length < needed) this.#tooShort("value", value.length, needed);
    this.#values = numbers ? value : new DataView(value.buffer, value.byteOffset, value.byteLength);
  }

  #decode(
    view: DataView,
    field: RawField,
    { stride, littleEndian }: RawLayout,
    out: Int32Array | Float64Array | Uint8Array,
    name: string,
  ): void {
    for (let i = 0, at = field.offset; i < this.nodeCount; i++, at += stride) {
      const value = readNumber(view, at, field.type, littleEndian);
      out[i] = value;
      if (out[i] !== value && !(out instanceof Float64Array)) this.#notAnIndex(i, name, value);
    }
  }

  #tooShort(name: string, length: number, needed: number): never {
    throw new TreeShapeError(this.#tree, this.nodeCount, `${name} has length ${length}, ${needed} are needed`);
  }

  #notAnIndex(node: number, name: string, value: number | bigint): never {
    throw new TreeShapeError(this.#tree, node, `${name} is ${value}, which is out of range`);
  }
}

/**
 * Decodes records whose indices are int64 and whose thresholds are float64, as scikit-learn has them, in one pass.
 *
 * @returns false if the layout is another one, or an index does not fit into 32 bits
 */
function decodeUsual(view: DataView, layout: RawLayout, n: number, stage: Stage): boolean {
  const { left, right, feature, threshold, missingLeft } = layout;
  const indices = [left, right, feature];
  if (indices.some(({ type }) => type !== "i8") || threshold.type !== "f8") return false;
  if (missingLeft !== undefined && missingLeft.type !== "u1") return false;
  const le = layout.littleEndian;
  const [leftAt, rightAt, featureAt] = indices.map(({ offset }) => (le ? offset : offset + 4)) as [
    number,
    number,
    number,
  ];
  const high = le ? 4 : -4;
  const thresholdAt = threshold.offset;
  const missingAt = missingLeft?.offset ?? -1;
  const { left: toLeft, right: toRight, feature: toFeature, threshold: toThreshold, missingLeft: toMissing } = stage;
  const { stride } = layout;
  let bad = 0;
  for (let i = 0, at = 0; i < n; i++, at += stride) {
    const l = view.getInt32(at + leftAt, le);
    bad |= view.getInt32(at + leftAt + high, le) ^ (l >> 31);
    toLeft[i] = l;
    const r = view.getInt32(at + rightAt, le);
    const f = view.getInt32(at + featureAt, le);
    bad |= view.getInt32(at + rightAt + high, le) ^ (r >> 31);
    bad |= view.getInt32(at + featureAt + high, le) ^ (f >> 31);
    toRight[i] = r;
    toFeature[i] = f;
    toThreshold[i] = view.getFloat64(at + thresholdAt, le);
    if (missingAt >= 0) toMissing[i] = view.getUint8(at + missingAt);
  }
  return bad === 0;
}

function readNumber(view: DataView, at: number, type: RawField["type"], le: boolean): number {
  switch (type) {
    case "i4":
      return view.getInt32(at, le);
    case "u4":
      return view.getUint32(at, le);
    case "i8":
      return Number(view.getBigInt64(at, le));
    case "u8":
      return Number(view.getBigUint64(at, le));
    case "u1":
      return view.getUint8(at);
    case "f4":
      return view.getFloat32(at, le);
    case "f8":
      return view.getFloat64(at, le);
  }
}
