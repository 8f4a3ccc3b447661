import { pairwiseSum } from "../sum.ts";
import { type RawField, type RawTree, type TreeOptions, TreeShapeError, type TreeSource } from "./types.ts";

/** Records decoded per step: small enough that they stay in the first-level cache between two fields. */
const chunk = 256;

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
    for (let start = 0; start < n; start += chunk) {
      const end = Math.min(start + chunk, n);
      this.#decode(view, left, stride, littleEndian, start, end, this.left, "left");
      this.#decode(view, right, stride, littleEndian, start, end, this.right, "right");
      this.#decode(view, feature, stride, littleEndian, start, end, this.feature, "feature");
      this.#decode(view, threshold, stride, littleEndian, start, end, this.threshold, "threshold");
      if (missingLeft) {
        this.#decode(view, missingLeft, stride, littleEndian, start, end, this.missingLeft, "missingLeft");
      }
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
    stride: number,
    le: boolean,
    start: number,
    end: number,
    out: Int32Array | Float64Array | Uint8Array,
    name: string,
  ): void {
    const first = start * stride + field.offset;
    if (field.type === "i8" && out instanceof Int32Array) {
      const bad = decodeInt64(view, first, stride, le, out, start, end);
      if (bad >= 0) this.#notAnIndex(bad, name, view.getBigInt64(bad * stride + field.offset, le));
    } else if (field.type === "f8" && out instanceof Float64Array) {
      for (let i = start, at = first; i < end; i++, at += stride) out[i] = view.getFloat64(at, le);
    } else if (field.type === "u1" && out instanceof Uint8Array) {
      for (let i = start, at = first; i < end; i++, at += stride) out[i] = view.getUint8(at);
    } else {
      for (let i = start, at = first; i < end; i++, at += stride) {
        const value = readNumber(view, at, field.type, le);
        out[i] = value;
        if (out[i] !== value && !(out instanceof Float64Array)) this.#notAnIndex(i, name, value);
      }
    }
  }

  #tooShort(name: string, length: number, needed: number): never {
    throw new TreeShapeError(this.#tree, this.nodeCount, `${name} has length ${length}, ${needed} are needed`);
  }

  #notAnIndex(node: number, name: string, value: number | bigint): never {
    throw new TreeShapeError(this.#tree, node, `${name} is ${value}, which is out of range`);
  }
}

/** Reads int64 that fit into 32 bits; returns the first record that does not, or -1. */
function decodeInt64(
  view: DataView,
  first: number,
  stride: number,
  le: boolean,
  out: Int32Array,
  start: number,
  end: number,
): number {
  const low = le ? first : first + 4;
  const high = le ? first + 4 : first;
  let bad = -1;
  for (let i = end - 1, at = (end - 1 - start) * stride; i >= start; i--, at -= stride) {
    const value = view.getInt32(low + at, le);
    out[i] = value;
    if (view.getInt32(high + at, le) !== value >> 31) bad = i;
  }
  return bad;
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
