/** @module numpy's arrays, scalars and dtypes as the inert values that a pickle of Python has for them. */

import { Dict, Global, Instance, latin1Bytes, PickleBuffer, Tuple } from "@curtido/pickle";
import { hasObjects } from "../containers/npy.ts";
import type { DType } from "../dtype.ts";
import type { NdArray } from "../ndarray.ts";
import { bytesOf } from "./bytes.ts";

/**
 * Which numpy reads what is written: `"1"` spells its module `numpy.core`, which numpy 2 reads as well, without a warning;
 * `"2"` spells it `numpy._core`, as numpy 2 itself does, which numpy reads from 1.26 on.
 */
export type NumpyTarget = "1" | "2";

const NDARRAY = new Global("numpy", "ndarray");
const DTYPE = new Global("numpy", "dtype");
const PLACEHOLDER = latin1Bytes("b");

/** numpy's flags of a dtype; `pickle` writes them beside what they follow from. */
const FLAGS = { object: 63, text: 8, record: 16, recordOfObjects: 27 } as const;

/** Makes inert values of arrays. Equal dtypes are one object, as they are in Python. */
export class NumpyWriter {
  private readonly reconstruct: Global;
  private readonly scalarOf: Global;
  private readonly outOfBand: boolean;
  private readonly dtypes = new Map<string, Instance>();

  /** @param outOfBand - whether elements are buffers that may leave the pickle (protocol 5) */
  constructor(target: NumpyTarget = "1", outOfBand = false) {
    const module = `numpy.${target === "1" ? "core" : "_core"}.multiarray`;
    this.reconstruct = new Global(module, "_reconstruct");
    this.scalarOf = new Global(module, "scalar");
    this.outOfBand = outOfBand;
  }

  /** `numpy.ndarray`, or a scalar of numpy when the array is one. */
  array(array: NdArray): Instance {
    const dtype = this.dtype(array.dtype);
    const listed = hasObjects(array.dtype);
    if (array.scalar && !listed) return new Instance(this.scalarOf, [dtype, bytesOf(array)], "reduce");
    if (array.scalar && array.dtype.kind === "O") return new Instance(this.scalarOf, [dtype, array.item()], "reduce");
    const shape = new Tuple(array.shape.map(BigInt));
    if (this.outOfBand && !listed && !array.scalar && array.size > 0) {
      const buffer = new PickleBuffer(bytesOf(array), false);
      // The public constructor: numpy's own function for it warns in numpy 2 under the name of numpy 1.
      return new Instance(NDARRAY, [shape, dtype, buffer, 0n, null, array.order], "reduce");
    }
    const made = new Instance(this.reconstruct, [NDARRAY, new Tuple([0n]), PLACEHOLDER], "reduce");
    // Python lists objects in C order.
    const [fortran, data] = listed
      ? [false, array.flat().map((item) => tupled(item, array.dtype))]
      : [array.order === "F", bytesOf(array)];
    made.states.push(new Tuple([1n, shape, dtype, fortran, data]));
    return array.scalar ? new Instance(this.scalarOf, [dtype, made], "reduce") : made;
  }

  /** `numpy.dtype`. */
  dtype(dtype: DType): Instance {
    const plain = dtype.fields === undefined && dtype.subarray === undefined;
    const key = plain ? `${dtype.kind}${dtype.itemsize}${byteOrder(dtype)}${dtype.unit ?? ""}` : undefined;
    const known = key === undefined ? undefined : this.dtypes.get(key);
    if (known !== undefined) return known;
    const made = new Instance(DTYPE, [dtypeCode(dtype), false, true], "reduce");
    made.states.push(this.dtypeState(dtype));
    if (key !== undefined) this.dtypes.set(key, made);
    return made;
  }

  /** (version, byte order, sub-array, names, fields, item size, alignment, flags[, metadata and unit]) */
  private dtypeState(dtype: DType): Tuple {
    const { kind, itemsize, subarray, fields, unit } = dtype;
    const size = BigInt(itemsize);
    const order = byteOrder(dtype);
    const head = (version: bigint) => [version, order, null, null, null] as const;
    if (subarray !== undefined) {
      const base = new Tuple([this.dtype(subarray.dtype), new Tuple(subarray.shape.map(BigInt))]);
      return new Tuple([3n, order, base, null, null, size, 1n, hasObjects(dtype) ? BigInt(FLAGS.recordOfObjects) : 0n]);
    }
    if (fields !== undefined) {
      const names = new Tuple(fields.map((field) => field.name));
      const places = new Dict(
        fields.map((field) => [field.name, new Tuple([this.dtype(field.dtype), BigInt(field.offset)])] as const),
      );
      const flags = BigInt(hasObjects(dtype) ? FLAGS.recordOfObjects : FLAGS.record);
      return new Tuple([3n, order, null, names, places, size, 1n, flags]);
    }
    if (kind === "M" || kind === "m") {
      const [name, count] = unit ?? ["generic", 1];
      const step = new Tuple([latin1Bytes(name), BigInt(count), 1n, 1n]);
      return new Tuple([...head(4n), -1n, -1n, 0n, new Tuple([null, step])]);
    }
    if (kind === "U") return new Tuple([...head(3n), size, 4n, BigInt(FLAGS.text)]);
    if (kind === "S" || kind === "V") return new Tuple([...head(3n), size, 1n, 0n]);
    return new Tuple([...head(3n), -1n, -1n, kind === "O" ? BigInt(FLAGS.object) : 0n]);
  }
}

/**
 * numpy's short code of a dtype, without its byte order: `f8`, `U5`, `M8`, `V16`.
 *
 * @example
 * dtypeCode(parseDType("<U5")); // "U5"
 */
export function dtypeCode(dtype: DType): string {
  if (dtype.kind === "O") return "O8";
  return `${dtype.kind}${dtype.kind === "U" ? dtype.itemsize / 4 : dtype.itemsize}`;
}

/** `<`, `>`, or `|` where there is no order of bytes. */
export function byteOrder(dtype: DType): "<" | ">" | "|" {
  const none = dtype.kind === "O" || dtype.kind === "S" || dtype.kind === "V" || dtype.kind === "b";
  if (none || (dtype.itemsize === 1 && dtype.kind !== "U")) return "|";
  return dtype.littleEndian ? "<" : ">";
}

/** The records of an array that holds objects are tuples. */
function tupled(item: unknown, dtype: DType): unknown {
  if (dtype.fields === undefined || !Array.isArray(item)) return item;
  return new Tuple(item.map((part, at) => tupled(part, dtype.fields![at]!.dtype)));
}
