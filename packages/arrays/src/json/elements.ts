/** @module Elements of arrays as JSON: numbers, texts and booleans where the dtype says what they are, else base64. */

import { Float, floatRepr, JsonLiteral, Tuple } from "@curtido/pickle";
import { hasObjects } from "../containers/npy.ts";
import { dateText } from "../dates.ts";
import { type DType, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";
import { bytesOf } from "../write/bytes.ts";
import { byteOrder, dtypeCode } from "../write/numpy.ts";

/** Records inside records. */
const DEEPEST = 32;

/** A dtype as JSON: numpy's code, or fields with their places. */
export function dtypeJson(dtype: DType): unknown {
  const { fields, subarray, unit, itemsize } = dtype;
  if (subarray !== undefined) return { base: dtypeJson(subarray.dtype), shape: subarray.shape };
  if (fields !== undefined)
    return { fields: fields.map((field) => [field.name, dtypeJson(field.dtype), field.offset]), itemsize };
  const [name, count] = unit ?? ["generic", 1];
  const shown = name === "generic" ? "" : `[${count === 1 ? "" : count}${name}]`;
  return dtype.kind === "O" ? "|O" : `${byteOrder(dtype)}${dtypeCode(dtype)}${shown}`;
}

/**
 * The dtype again.
 *
 * @throws CurtidoError E_DTYPE
 */
export function dtypeOfJson(json: unknown, depth = 0): DType {
  if (typeof json === "string") return parseDType(json);
  const get = (name: string) => (json instanceof Map ? json.get(name) : undefined);
  if (depth > DEEPEST) throw arrayError("E_DTYPE", "a dtype is nested too deeply");
  if (get("base") !== undefined) {
    const dtype = dtypeOfJson(get("base"), depth + 1);
    const shape = shapeOfJson(get("shape"));
    return { kind: "V", itemsize: sizeOf(shape) * dtype.itemsize, littleEndian: true, subarray: { dtype, shape } };
  }
  const [list, itemsize] = [get("fields"), Number(get("itemsize"))];
  if (!Array.isArray(list) || !Number.isInteger(itemsize)) throw arrayError("E_DTYPE", "a dtype is malformed");
  const fields = list.map((field: unknown) => {
    const [name, dtype, offset] = Array.isArray(field) ? field : [];
    const made = { name, dtype: dtypeOfJson(dtype, depth + 1), offset: Number(offset) };
    if (typeof name !== "string" || !(made.offset >= 0 && made.offset + made.dtype.itemsize <= itemsize))
      throw arrayError("E_DTYPE", "a field of a dtype is malformed");
    return made;
  });
  return { kind: "V", itemsize, littleEndian: true, fields };
}

/** A shape: whole numbers. */
export function shapeOfJson(json: unknown): number[] {
  if (!Array.isArray(json)) throw arrayError("E_ARRAY", "an array has no shape");
  const shape = json.map(Number);
  sizeOf(shape);
  return shape;
}

/** Whether elements are written one by one: what would lose nothing. */
export function isListed(array: NdArray): boolean {
  const { dtype } = array;
  if ((dtype.kind === "f" && dtype.itemsize > 8) || (dtype.kind === "c" && dtype.itemsize > 16)) return false;
  if (dtype.kind === "f" || dtype.kind === "c") return hasPlainNaNs(array);
  return "biuUMmO".includes(dtype.kind) || hasObjects(dtype);
}

/** The bits of the NaN that "nan" says; of a double, the higher half. */
const NAN_64 = 0x7ff80000;
const NAN_32 = 0x7fc00000;
const NAN_16 = 0x7e00;

/** Whether no NaN has a sign or a payload, which "nan" does not say. */
function hasPlainNaNs({ data, dtype, raw }: NdArray): boolean {
  const view = raw && new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const words = ArrayBuffer.isView(data) ? new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4) : [];
  const isPlain = (at: number): boolean => {
    if (dtype.itemsize === 2) return view === undefined || view.getUint16(2 * at, dtype.littleEndian) === NAN_16;
    if (data instanceof Float64Array) return words[2 * at + 1] === NAN_64 && words[2 * at] === 0;
    return words[at] === NAN_32;
  };
  for (let at = 0; at < data.length; at++) if (Number.isNaN(data[at]) && !isPlain(at)) return false;
  return true;
}

/** Elements in memory order; values of objects are values of Python, everything else stands as it is. */
export function elementsJson(array: NdArray): JsonLiteral | readonly unknown[] {
  const { dtype, data } = array;
  if (hasObjects(dtype)) return array.toC().data as readonly unknown[];
  const list = Array.from(data as ArrayLike<unknown>, (element) => elementJson(element, dtype));
  return new JsonLiteral(list);
}

function elementJson(element: unknown, { kind }: DType): unknown {
  if (kind === "b") return element !== 0;
  if (typeof element === "bigint") return Number.isSafeInteger(Number(element)) ? Number(element) : String(element);
  if (typeof element !== "number" || (Number.isFinite(element) && !Object.is(element, -0))) return element;
  return floatRepr(element);
}

const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  "-0.0": -0,
};

/**
 * The array that elements in memory order make.
 *
 * @throws CurtidoError E_ARRAY or E_DTYPE when they do not fill the shape, or do not fit the dtype
 */
export function arrayOfElements(json: unknown, dtype: DType, shape: readonly number[], order: "C" | "F"): NdArray {
  if (!Array.isArray(json)) throw arrayError("E_ARRAY", "an array has no elements");
  if (dtype.kind === "O") return NdArray.objects(json, shape);
  if (hasObjects(dtype)) return NdArray.of(json, shape, dtype);
  const elements = json.map((element: unknown) => elementOf(element, dtype));
  const plain = NdArray.of(elements, [dtype.kind === "c" ? elements.length / 2 : elements.length], dtype);
  return NdArray.fromBytes(bytesOf(plain), dtype, shape, order);
}

function elementOf(json: unknown, { kind }: DType): unknown {
  if (kind === "U" || kind === "b") return json;
  if (kind === "f" || kind === "c") {
    const value = typeof json === "string" ? SPECIAL[json] : json;
    if (typeof value === "number" || typeof value === "bigint") return Number(value);
  } else if (typeof json === "string" && /^-?\d{1,20}$/.test(json)) return BigInt(json);
  else if (typeof json === "number" || typeof json === "bigint") return json;
  throw arrayError("E_ARRAY", `an array holds ${String(json).slice(0, 40)}, which is no element of it`);
}

/** An element as plain JSON has it: dates are ISO texts. `undefined` when it has none. */
export function plainElement(element: unknown, dtype: DType): unknown {
  if (element === null || element === undefined) return null;
  if (dtype.kind === "M") return typeof element === "bigint" ? dateText(element, dtype) : undefined;
  if (dtype.kind === "f") return typeof element === "number" ? new Float(element) : element;
  if (dtype.kind === "i" || dtype.kind === "u" || dtype.kind === "m") return BigInt(element as number | bigint);
  if (dtype.kind === "b" || dtype.kind === "U" || dtype.kind === "O") return element;
  return undefined;
}

/** Nested lists of plain elements; `undefined` when elements have no plain JSON. */
export function plainArray(array: NdArray): unknown {
  const flat = array.dtype.kind === "O" ? (array.toC().data as unknown[]) : array.flat();
  const elements = flat.map((element) => plainElement(element, array.dtype));
  if (elements.includes(undefined)) return undefined;
  let nested: unknown[] = elements;
  for (let axis = array.ndim - 1; axis > 0; axis--) {
    const length = array.shape[axis]!;
    const count = nested.length === 0 ? sizeOf(array.shape.slice(0, axis)) : nested.length / length;
    nested = Array.from({ length: count }, (_, at) => nested.slice(at * length, (at + 1) * length));
  }
  return array.ndim === 0 ? nested[0] : nested;
}

/** Labels as plain JSON has them: texts for what is none. */
export function plainLabel(label: unknown): string {
  if (typeof label === "string") return label;
  return (Array.isArray(label) ? label : label instanceof Tuple ? label.items : [label]).map(String).join(", ");
}
