/** @module A tensor: a view on memory of a file, which is read only when its elements are asked for. */

import type { DType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";
import type { TensorType } from "./types.ts";

/** Memory of a file that tensors are views on; several may share it. */
export interface TensorStorage {
  /** Bytes of it. */
  readonly length: number;
  /** The bytes, which may be unfolded for it. */
  readonly memory: () => Uint8Array;
}

/** Which elements of a storage a tensor has; offset and strides count elements. */
export interface TensorView {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Whether its elements are the conjugates of what lies there, their negatives, or both. */
  readonly conjugate?: boolean;
  readonly negative?: boolean;
}

/** What PyTorch knows of a tensor besides. */
export interface TensorRole {
  /** Whether it is a parameter of a module. */
  readonly parameter?: boolean;
  readonly requiresGrad?: boolean;
}

/** numpy's dtype for elements that it has none for: their bytes. */
const bytesOfEach = (bits: number): DType => ({ kind: "V", itemsize: Math.ceil(bits / 8), littleEndian: true });

/**
 * A tensor of PyTorch or safetensors: an array whose elements are those of the view in C order. Nothing is copied before
 * they are asked for. A `bfloat16` gives the `float32` of the same value; of a `float8` or a quantised tensor name and shape
 * are known, and its elements are refused.
 *
 * @example
 * const weight = readSafetensors(bytes).tensors.get("weight")!;
 * weight.type.name; // "bfloat16"
 * weight.toFloat64();
 */
export class Tensor extends NdArray {
  readonly type: TensorType;
  readonly storage: TensorStorage;
  readonly view: TensorView;
  readonly role: TensorRole;

  /** @throws CurtidoError E_ARRAY when the view reaches out of its storage; E_LIMIT for absurd shapes */
  constructor(type: TensorType, storage: TensorStorage, view: TensorView, role: TensorRole = {}) {
    const stored = () => storedBytes(type, storage, view);
    super(type.dtype ?? bytesOfEach(type.bits), view.shape, "C", () => valuesOf(type, view, stored()));
    checkView(type, storage, view);
    this.type = type;
    this.storage = storage;
    this.view = view;
    this.role = role;
  }

  /** Bytes of its elements, as its type has them. */
  get byteLength(): number {
    return Math.ceil((this.size * this.type.bits) / 8);
  }

  /** Its elements in C order as the bytes of its own type: a view on the storage where they lie there so. */
  stored(): Uint8Array {
    return storedBytes(this.type, this.storage, this.view);
  }

  /** The same tensor as a parameter of a module. */
  asParameter(requiresGrad: boolean): Tensor {
    return new Tensor(this.type, this.storage, this.view, { parameter: true, requiresGrad });
  }
}

function checkView({ bits }: TensorType, storage: TensorStorage, { offset, shape, strides }: TensorView): void {
  const whole = [offset, ...strides].every((number) => Number.isSafeInteger(number) && number >= 0);
  if (!whole || strides.length !== shape.length) throw arrayError("E_ARRAY", "a tensor has no strides", { shape });
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis]!, offset);
  const needed = sizeOf(shape) === 0 ? 0 : Math.ceil(((last + 1) * bits) / 8);
  if (needed > storage.length) {
    const message = `a tensor of shape (${shape.join(", ")}) needs ${needed} bytes of a storage of ${storage.length}`;
    throw arrayError("E_ARRAY", message, { shape, needed, found: storage.length });
  }
}

/** How far apart the elements of each axis lie in C order. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= Math.max(shape[axis]!, 1);
  }
  return strides;
}

function storedBytes({ bits }: TensorType, storage: TensorStorage, view: TensorView): Uint8Array {
  const { offset, shape, strides } = view;
  const size = sizeOf(shape);
  const memory = storage.memory();
  const dense = stridesOf(shape).every((stride, axis) => shape[axis] === 1 || stride === strides[axis]);
  if (size === 0) return memory.subarray(0, 0);
  if (dense) return memory.subarray((offset * bits) / 8, Math.ceil(((offset + size) * bits) / 8));
  return gathered(memory, view, size, bits / 8);
}

function gathered(memory: Uint8Array, { offset, shape, strides }: TensorView, size: number, width: number): Uint8Array {
  const out = new Uint8Array(size * width);
  const position = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let at = 0; at < out.length; ) {
    for (let k = 0; k < width; k++) out[at++] = memory[from * width + k]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++position[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
  return out;
}

/** The bytes of the elements as numpy has them. */
function valuesOf(type: TensorType, view: TensorView, stored: Uint8Array): Uint8Array {
  if (type.dtype === undefined) {
    const message = `a tensor of ${type.name} and shape (${view.shape.join(", ")}) has no values that are read here: numpy has no such type`;
    throw arrayError("E_DTYPE", message, { dtype: type.name });
  }
  const plain = type.name === "bfloat16" ? widened(stored) : stored;
  if (view.conjugate !== true && view.negative !== true) return plain;
  return withSigns(plain, type.dtype, view);
}

/** A bfloat16 is the upper half of a float32. */
function widened(halves: Uint8Array): Uint8Array {
  const out = new Uint8Array(halves.length * 2);
  for (let at = 0; at < halves.length; at += 2) {
    out[at * 2 + 2] = halves[at]!;
    out[at * 2 + 3] = halves[at + 1]!;
  }
  return out;
}

/** Turns the signs of real or imaginary parts, the highest bit of the last byte of each. */
function withSigns(bytes: Uint8Array, dtype: DType, { conjugate = false, negative = false }: TensorView): Uint8Array {
  const complex = dtype.kind === "c";
  const width = complex ? dtype.itemsize / 2 : dtype.itemsize;
  const out = bytes.slice();
  for (let at = width - 1, part = 0; at < out.length; at += width, part++)
    if (negative !== (conjugate && complex && part % 2 === 1)) out[at]! ^= 128;
  return out;
}
