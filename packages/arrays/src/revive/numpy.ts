/** @module numpy's arrays, scalars and dtypes from inert pickle values. */

import { Dict, Global, Instance, latin1Bytes, Tuple } from "@curtido/pickle";
import { type DType, type Field, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";

const core = (name: string) => [`numpy.core.${name}`, `numpy._core.${name}`];
const RECONSTRUCT = new Set([...core("multiarray._reconstruct"), "numpy.core._internal._reconstruct"]);
const FROM_BUFFER = new Set(core("numeric._frombuffer"));
const SCALAR = new Set(core("multiarray.scalar"));
/** The last part of every name above, and of those below. */
const MAKERS = new Set(["_reconstruct", "_frombuffer", "_create_array", "scalar", "ndarray"]);
const DTYPE_DEPTH = 32;
/** How many fields a record may have, with those of the records in it: each counts as often as it is met. */
const MOST_FIELDS = 10_000;
const CALLS: ReadonlySet<string> = new Set([...RECONSTRUCT, ...FROM_BUFFER, ...SCALAR, "numpy.dtype", "numpy.ndarray"]);

/** Whether a call makes an array, a scalar or a dtype of numpy, which is known here. */
export function isNumpyCall(callable: Global): boolean {
  return CALLS.has(callable.toString());
}

/** `numpy.dtype(code, align, copy)` and its state. */
export function reviveDType(value: unknown, depth = 0, budget = { left: MOST_FIELDS }): DType {
  if (--budget.left < 0) throw arrayError("E_DTYPE", `a dtype of more than ${MOST_FIELDS} fields`);
  if (!(value instanceof Instance) || value.className !== "numpy.dtype" || depth > DTYPE_DEPTH) {
    throw arrayError("E_DTYPE", "this is no numpy dtype");
  }
  const code = value.args[0];
  const record = code instanceof Global && /^numpy(\.|\.rec\.|\.core\.records\.)record$/.test(code.toString());
  if (code instanceof Global && !record) throw arrayError("E_DTYPE", `the dtype ${code} is not known`);
  const plain = parseDType(record ? "V" : text(code));
  const state = value.state;
  if (!(state instanceof Tuple)) return plain;
  const [, endian, subarray, names, fields, itemsize] = state.items;
  const littleEndian = endian !== ">";
  const size = readInteger(itemsize);
  const dtype: DType = { ...plain, littleEndian, itemsize: size >= 0 ? size : plain.itemsize };
  if (subarray instanceof Tuple) {
    const shape =
      subarray.items[1] instanceof Tuple ? subarray.items[1].items.map(readInteger) : [readInteger(subarray.items[1])];
    return sized({ ...dtype, subarray: { dtype: reviveDType(subarray.items[0], depth + 1, budget), shape } });
  }
  if (names instanceof Tuple) return sized({ ...dtype, fields: reviveFields(names, fields, depth, budget) });
  if (dtype.kind === "M" || dtype.kind === "m") return { ...dtype, unit: reviveUnit(state.items[8]) };
  return dtype;
}

function reviveFields(names: Tuple, fields: unknown, depth: number, budget: { left: number }): Field[] {
  return names.items.map((name) => {
    const entry = fields instanceof Dict && typeof name === "string" ? fields.get(name) : undefined;
    if (typeof name !== "string" || !(entry instanceof Tuple))
      throw arrayError("E_DTYPE", "a structured dtype is malformed");
    return { name, dtype: reviveDType(entry.items[0], depth + 1, budget), offset: readInteger(entry.items[1]) };
  });
}

/** Every field lies inside the record, every sub-array fills it. */
function sized(dtype: DType): DType {
  const { subarray, fields, itemsize } = dtype;
  if (subarray !== undefined && sizeOf(subarray.shape) * subarray.dtype.itemsize !== itemsize) {
    throw arrayError("E_DTYPE", "a sub-array dtype does not fill its item size");
  }
  for (const field of fields ?? []) {
    if (field.offset < 0 || field.offset + field.dtype.itemsize > itemsize) {
      throw arrayError("E_DTYPE", `the field '${field.name}' lies outside its record`);
    }
  }
  return dtype;
}

function reviveUnit(metadata: unknown): readonly [string, number] {
  const unit = metadata instanceof Tuple ? metadata.items[1] : undefined;
  if (!(unit instanceof Tuple)) return ["generic", 1];
  return [text(unit.items[0]), readInteger(unit.items[1])];
}

/** An array (also one that is already revived), or a numpy scalar as an array of no dimensions; `undefined` for anything else. */
export function reviveNumpy(value: unknown): NdArray | undefined {
  if (value instanceof NdArray) return value;
  if (!(value instanceof Instance) || !(value.class instanceof Global)) return undefined;
  // Most objects are none: that their own name tells, which needs no text to be put together.
  if (!MAKERS.has(value.class.name)) return undefined;
  const { className } = value;
  if (RECONSTRUCT.has(className)) return reconstructed(value);
  if (FROM_BUFFER.has(className)) return fromBuffer(value);
  if (className === "dill._dill._create_array") return dilled(value);
  if (SCALAR.has(className)) return scalar(value);
  if (className === "numpy.ndarray" && value.args.length === 6) return constructed(value);
  return undefined;
}

/** dill's way: the function that makes the array, its arguments, and the state that it gets. */
function dilled(value: Instance): NdArray | undefined {
  const [callable, args, state] = value.args;
  if (!(callable instanceof Global && RECONSTRUCT.has(callable.toString()) && args instanceof Tuple)) return undefined;
  const made = new Instance(callable, args.items, "reduce");
  made.states.push(state);
  return reconstructed(made);
}

function reconstructed(value: Instance): NdArray {
  const { state } = value;
  if (!(state instanceof Tuple)) throw arrayError("E_ARRAY", "an array has no state");
  const parts = state.items.length === 4 ? [1, ...state.items] : state.items;
  const [, shape, dtype, fortran, data] = parts;
  return arrayFrom(data, reviveDType(dtype), readShape(shape), fortran === true || fortran === 1 ? "F" : "C");
}

function arrayFrom(data: unknown, dtype: DType, shape: readonly number[], order: "C" | "F"): NdArray {
  if (dtype.kind === "O") {
    if (!Array.isArray(data)) throw arrayError("E_ARRAY", "an object array holds no list");
    // numpy lists objects in C order, whatever the order of the array was.
    return NdArray.objects(data, shape);
  }
  if (dtype.kind === "V" && Array.isArray(data)) {
    // Records that hold objects are listed as tuples.
    return NdArray.of(
      data.map((record) => (record instanceof Tuple ? [...record.items] : record)),
      shape,
      dtype,
    );
  }
  return NdArray.fromBytes(buffer(data), dtype, shape, order);
}

/** `_frombuffer(buffer, dtype, shape, order[, axis_order])`; `order="K"` keeps any transposition (numpy 2.3 and later). */
function fromBuffer(value: Instance): NdArray {
  const [data, dtype, shape, order, axes] = value.args;
  const array = arrayFrom(data, reviveDType(dtype), readShape(shape), order === "F" ? "F" : "C");
  if (order !== "K" || !(axes instanceof Tuple)) return array;
  return transpose(array, axes.items.map(readInteger));
}

/** `ndarray(shape, dtype, buffer, offset, strides, order)`, over the whole of a buffer. */
function constructed(value: Instance): NdArray {
  const [shape, dtype, data, offset, strides, order] = value.args;
  if (readInteger(offset) !== 0 || strides !== null) throw arrayError("E_ARRAY", "an array lies in a part of a buffer");
  return arrayFrom(data, reviveDType(dtype), readShape(shape), order === "F" ? "F" : "C");
}

/** The axes of `array` in another order, copied. */
export function transpose(array: NdArray, axes: readonly number[]): NdArray {
  const inOrder = [...axes].sort((a, b) => a - b).every((axis, index) => axis === index);
  if (axes.length !== array.ndim || !inOrder) throw arrayError("E_ARRAY", `(${axes.join(", ")}) is no order of axes`);
  const shape = axes.map((axis) => array.shape[axis]!);
  const strides = new Array<number>(array.ndim);
  let stride = 1;
  for (let axis = array.ndim - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= array.shape[axis]!;
  }
  const source = array.toC();
  const width = array.dtype.kind === "c" ? 2 : 1;
  const out = (Array.isArray(source.data) ? new Array(source.data.length) : source.data.slice()) as unknown[];
  for (let at = 0; at < array.size; at++) {
    let rest = at;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * strides[axes[axis]!]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    for (let k = 0; k < width; k++) out[at * width + k] = source.data[from * width + k];
  }
  return NdArray.of(out as never, shape, array.dtype);
}

function scalar(value: Instance): NdArray {
  const [dtype, data] = value.args;
  const type = reviveDType(dtype);
  if (type.kind === "V" && data instanceof Instance) return (reviveNumpy(data) ?? unknownScalar()).asScalar();
  const array = type.kind === "O" ? NdArray.objects([data], []) : NdArray.fromBytes(buffer(data), type, []);
  return array.asScalar();
}

function unknownScalar(): never {
  throw arrayError("E_ARRAY", "a numpy scalar holds no element");
}

/** Bytes, or a Python 2 str that was read as latin-1. */
function buffer(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return latin1Bytes(value);
  if (value instanceof Instance && value.className === "pickle.PickleBuffer") return buffer(value.args[0]);
  throw arrayError("E_ARRAY", "an array holds no bytes");
}

export function readShape(value: unknown): number[] {
  if (value instanceof Tuple) return value.items.map(readInteger);
  return [readInteger(value)];
}

export function readInteger(value: unknown): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number))
    throw arrayError("E_ARRAY", "an array's description holds no integer");
  return number;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Array.from(value, (code) => String.fromCharCode(code)).join("");
  throw arrayError("E_ARRAY", "an array's description holds no text");
}
