/** @module numpy's n-dimensional array. */

import { bool, type DType, dtypeName, float32, float64, int32, int64, isNumeric, object } from "./dtype.ts";
import { bytesData, elementAt, type NumericData, numericData, stringData, typedArrayOf } from "./elements.ts";
import { arrayError } from "./errors.ts";

/** The elements of an array, in memory order. */
export type ArrayData = NumericData | unknown[];

/** As many axes as numpy 2 allows. */
const MOST_AXES = 64;

/** How many elements an array of this shape holds; refuses shapes that no array can have. */
export function sizeOf(shape: readonly number[]): number {
  if (shape.length > MOST_AXES)
    throw arrayError("E_LIMIT", `an array of ${shape.length} axes; numpy has at most ${MOST_AXES}`);
  let size = 1;
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0)
      throw arrayError("E_ARRAY", `${length} is no length of an axis`, { shape });
    size *= length;
  }
  if (!(size <= 2 ** 40))
    throw arrayError("E_LIMIT", `an array of shape (${shape.join(", ")}) is too large`, { shape });
  return size;
}

const TYPED: readonly [new (n: number) => object, DType][] = [
  [Float64Array, float64],
  [Float32Array, float32],
  [Int32Array, int32],
  [BigInt64Array, int64],
  [Int8Array, { kind: "i", itemsize: 1, littleEndian: true }],
  [Int16Array, { kind: "i", itemsize: 2, littleEndian: true }],
  [Uint8Array, { kind: "u", itemsize: 1, littleEndian: true }],
  [Uint16Array, { kind: "u", itemsize: 2, littleEndian: true }],
  [Uint32Array, { kind: "u", itemsize: 4, littleEndian: true }],
  [BigUint64Array, { kind: "u", itemsize: 8, littleEndian: true }],
];

/**
 * An array of numpy: elements of one dtype in a shape.
 *
 * `data` holds the elements in memory order, which is C (last axis fastest) unless `order` is `"F"`; for numbers it is a
 * typed array, a view on the file where that is aligned. `tolist()` gives nested arrays of plain values.
 *
 * @example
 * const array = NdArray.of(Float64Array.of(1, 2, 3, 4), [2, 2]);
 * array.tolist(); // [[1, 2], [3, 4]]
 */
export class NdArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly order: "C" | "F";
  /** Whether this is one of numpy's scalars (`numpy.float64(1)`), not an array of no dimensions. */
  readonly scalar: boolean;
  private readonly source: Uint8Array | (() => Uint8Array) | undefined;
  private cached: ArrayData | undefined;

  protected constructor(
    dtype: DType,
    shape: readonly number[],
    order: "C" | "F",
    source?: Uint8Array | (() => Uint8Array),
    data?: ArrayData,
    scalar = false,
  ) {
    this.dtype = dtype;
    this.shape = shape;
    this.scalar = scalar;
    this.order = shape.length < 2 ? "C" : order;
    this.source = source;
    this.cached = data;
  }

  /**
   * An array over `data` (not copied). The dtype follows the typed array; plain arrays are object arrays.
   *
   * @throws CurtidoError E_ARRAY when the shape does not fit
   */
  static of(data: ArrayData, shape: readonly number[] = [data.length], dtype?: DType): NdArray {
    const type = dtype ?? TYPED.find(([Typed]) => data instanceof Typed)?.[1] ?? object;
    const length = type.kind === "c" ? data.length / 2 : data.length;
    if (sizeOf(shape) !== length) {
      throw arrayError("E_ARRAY", `${length} elements do not fill the shape (${shape.join(", ")})`, { shape });
    }
    return new NdArray(type, shape, "C", undefined, data);
  }

  /** An array of booleans, from 0 and 1. */
  static bools(data: Uint8Array, shape: readonly number[] = [data.length]): NdArray {
    return NdArray.of(data, shape, bool);
  }

  /**
   * An array over raw bytes as numpy keeps them.
   *
   * @throws CurtidoError E_ARRAY when the bytes are not exactly those that dtype and shape need; E_LIMIT for absurd shapes
   */
  static fromBytes(bytes: Uint8Array, dtype: DType, shape: readonly number[], order: "C" | "F" = "C"): NdArray {
    const needed = sizeOf(shape) * dtype.itemsize;
    if (dtype.kind === "O") throw arrayError("E_ARRAY", "an object array has no raw bytes");
    if (needed !== bytes.byteLength) {
      const message = `an array of ${dtypeName(dtype)} and shape (${shape.join(", ")}) needs ${needed} bytes, not ${bytes.byteLength}`;
      throw arrayError("E_ARRAY", message, { shape, needed, found: bytes.byteLength });
    }
    if (dtype.itemsize === 0 && sizeOf(shape) > 1e6)
      throw arrayError("E_LIMIT", "a large array of empty elements", { shape });
    return new NdArray(dtype, shape, order, bytes);
  }

  /** An object array in this memory order. */
  static objects(items: unknown[], shape: readonly number[], order: "C" | "F" = "C"): NdArray {
    if (sizeOf(shape) !== items.length) {
      throw arrayError("E_ARRAY", `an object array of shape (${shape.join(", ")}) holds ${items.length} objects`, {
        shape,
      });
    }
    return new NdArray(object, shape, order, undefined, items);
  }

  /**
   * One of numpy's scalars: the same element, told apart from an array of no dimensions.
   *
   * @throws CurtidoError E_ARRAY when this has dimensions
   * @example
   * NdArray.of(Float64Array.of(1.5), []).asScalar(); // numpy.float64(1.5)
   */
  asScalar(): NdArray {
    if (this.ndim !== 0) throw arrayError("E_ARRAY", `an array of shape (${this.shape.join(", ")}) is no scalar`);
    return new NdArray(this.dtype, this.shape, this.order, this.source, this.cached, true);
  }

  get size(): number {
    return sizeOf(this.shape);
  }
  get ndim(): number {
    return this.shape.length;
  }

  /** The elements in memory order: a typed array for numbers, strings for U, bytes for S, objects for O. */
  get data(): ArrayData {
    this.cached ??= this.decode();
    return this.cached;
  }

  /** The bytes as they lie in the file, when the array came from one. */
  get raw(): Uint8Array | undefined {
    return this.bytes;
  }

  /** What is made of a file only when it is asked for is made each time: the elements are what is kept. */
  private get bytes(): Uint8Array | undefined {
    return typeof this.source === "function" ? this.source() : this.source;
  }

  private decode(): ArrayData {
    const bytes = this.bytes!;
    if (this.dtype.kind === "U")
      return this.dtype.itemsize === 0 ? new Array(this.size).fill("") : stringData(bytes, this.dtype);
    if (this.dtype.kind === "S")
      return this.dtype.itemsize === 0 ? new Array(this.size).fill(new Uint8Array(0)) : bytesData(bytes, this.dtype);
    if (this.dtype.kind === "V") return this.records(bytes);
    return numericData(bytes, this.dtype);
  }

  private records(bytes: Uint8Array): unknown[] {
    const { fields, subarray, itemsize } = this.dtype;
    return Array.from({ length: this.size }, (_, index) => {
      const record = bytes.subarray(index * itemsize, (index + 1) * itemsize);
      if (subarray !== undefined) return NdArray.fromBytes(record, subarray.dtype, subarray.shape).tolist();
      if (fields === undefined) return record;
      return fields.map((f) =>
        NdArray.fromBytes(record.subarray(f.offset, f.offset + f.dtype.itemsize), f.dtype, []).item(0),
      );
    });
  }

  /** One field of a structured array, copied out of the records. */
  field(name: string): NdArray {
    const field = this.dtype.fields?.find((f) => f.name === name);
    if (field === undefined || this.bytes === undefined)
      throw arrayError("E_ARRAY", `the array has no field '${name}'`, { field: name });
    const size = field.dtype.itemsize;
    const out = new Uint8Array(this.size * size);
    for (let index = 0; index < this.size; index++) {
      const from = index * this.dtype.itemsize + field.offset;
      out.set(this.bytes.subarray(from, from + size), index * size);
    }
    const { subarray } = field.dtype;
    if (subarray !== undefined) return NdArray.fromBytes(out, subarray.dtype, [...this.shape, ...subarray.shape]);
    return new NdArray(field.dtype, this.shape, this.order, out);
  }

  /** The element at a flat position in C order, as a plain value. */
  item(index = 0): unknown {
    return elementAt(this.data as NumericData, this.dtype, this.order === "C" ? index : this.memoryIndex(index));
  }

  private memoryIndex(index: number): number {
    let rest = index;
    const position = new Array<number>(this.ndim);
    for (let axis = this.ndim - 1; axis >= 0; axis--) {
      position[axis] = rest % this.shape[axis]!;
      rest = Math.floor(rest / this.shape[axis]!);
    }
    let at = 0;
    for (let axis = this.ndim - 1; axis >= 0; axis--) at = at * this.shape[axis]! + position[axis]!;
    return at;
  }

  /** All elements in C order, as plain values. */
  flat(): unknown[] {
    return Array.from({ length: this.size }, (_, index) => this.item(index));
  }

  /** Nested arrays of plain values, as numpy's `tolist()`; a 0-d array gives its element. */
  // biome-ignore lint/suspicious/noExplicitAny: how deeply it nests depends on the shape
  tolist(): any {
    const build = (axis: number, offset: number, span: number): unknown => {
      if (axis === this.ndim) return this.item(offset);
      const length = this.shape[axis]!;
      const step = length === 0 ? 0 : span / length;
      return Array.from({ length }, (_, index) => build(axis + 1, offset + index * step, step));
    };
    return build(0, 0, this.size);
  }

  /**
   * The elements as doubles in C order. Not copied when they already are; do not write to it.
   *
   * @throws CurtidoError E_DTYPE when the elements are not real numbers
   */
  toFloat64(): Float64Array {
    const { data } = this;
    if (data instanceof Float64Array && this.order === "C" && this.dtype.kind === "f") return data;
    if (!isNumeric(this.dtype)) {
      throw arrayError("E_DTYPE", `an array of ${dtypeName(this.dtype)} holds no real numbers`, {
        dtype: dtypeName(this.dtype),
      });
    }
    const out = new Float64Array(this.size);
    if (this.order === "C") for (let at = 0; at < out.length; at++) out[at] = Number(data[at]);
    else for (let at = 0; at < out.length; at++) out[at] = Number(data[this.memoryIndex(at)]);
    return out;
  }

  /** The same elements in another shape, C order. */
  reshape(shape: readonly number[]): NdArray {
    const flat = this.toC();
    if (sizeOf(shape) !== flat.size)
      throw arrayError("E_ARRAY", `cannot reshape ${flat.size} elements to (${shape.join(", ")})`, { shape });
    return new NdArray(flat.dtype, shape, "C", flat.source, flat.cached);
  }

  /** The same array in C order. */
  toC(): NdArray {
    if (this.order === "C") return this;
    // What has no typed array of its own (long doubles, records) is moved as bytes, so that nothing of it is lost.
    if (this.bytes !== undefined && typedArrayOf(this.dtype) === undefined) {
      const { itemsize } = this.dtype;
      const moved = new Uint8Array(this.bytes.length);
      for (let at = 0; at < this.size; at++) {
        const from = this.memoryIndex(at) * itemsize;
        moved.set(this.bytes.subarray(from, from + itemsize), at * itemsize);
      }
      return new NdArray(this.dtype, this.shape, "C", moved);
    }
    const { data } = this;
    const width = this.dtype.kind === "c" ? 2 : 1;
    const out = (Array.isArray(data) ? new Array(data.length) : data.slice()) as unknown[];
    for (let at = 0; at < this.size; at++) {
      const from = this.memoryIndex(at);
      for (let k = 0; k < width; k++) out[at * width + k] = data[from * width + k];
    }
    return new NdArray(this.dtype, this.shape, "C", undefined, out);
  }
}
