/** @module The elements of an array as the bytes that numpy keeps: the inverse of `elements.ts`. */

import { Complex } from "@curtido/pickle";
import { type DType, dtypeName, type Kind } from "../dtype.ts";
import { typedArrayOf } from "../elements.ts";
import { arrayError } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";

/** The most bytes that are made for one array whose elements do not lie in memory as numpy has them. */
const MOST_BYTES = 2 ** 31;

/**
 * The memory of an array, in its own order and byte order; a view where it lies in memory already, so do not write to it.
 *
 * @throws CurtidoError E_DTYPE when the dtype holds objects, or an element does not fit it; E_LIMIT beyond 2 GiB
 * @example
 * bytesOf(NdArray.of(Int32Array.of(1, 2))); // Uint8Array [1, 0, 0, 0, 2, 0, 0, 0]
 */
export function bytesOf(array: NdArray): Uint8Array {
  const { dtype } = array;
  const typed = typedArrayOf(dtype);
  if (typed === undefined) return array.raw === undefined ? encoded(array) : plainBytes(array.raw);
  const [Typed, width] = typed;
  const { data } = array;
  if (!(data instanceof Typed)) return encoded(array);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return dtype.littleEndian || width === 1 ? bytes : swapped(bytes, width);
}

/** A view that is no bytearray, nor a Buffer of Node. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += width) {
    for (let k = 0; k < width; k++) out[at + k] = bytes[at + width - 1 - k]!;
  }
  return out;
}

function encoded(array: NdArray): Uint8Array {
  const { dtype, data } = array;
  const length = array.size * dtype.itemsize;
  if (length > MOST_BYTES)
    throw arrayError("E_LIMIT", `an array of ${length} bytes is too large to be encoded`, { length });
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  for (let at = 0; at < array.size; at++) {
    const value = dtype.kind === "c" ? new Complex(Number(data[2 * at]), Number(data[2 * at + 1])) : data[at];
    writeElement(view, at * dtype.itemsize, dtype, value);
  }
  return out;
}

/** Writes one element, given as `NdArray.item()` gives it. */
function writeElement(view: DataView, at: number, dtype: DType, value: unknown): void {
  const write = WRITERS[dtype.kind];
  if (write === undefined) throw misfit(value, dtype);
  write(view, at, dtype, value);
}

type WriteElement = (view: DataView, at: number, dtype: DType, value: unknown) => void;

const WRITERS: Readonly<Partial<Record<Kind, WriteElement>>> = {
  b: (view, at, _, value) => view.setUint8(at, value ? 1 : 0),
  i: writeInteger,
  u: writeInteger,
  M: writeInteger,
  m: writeInteger,
  f: (view, at, dtype, value) => writeFloat(view, at, dtype.itemsize, dtype.littleEndian, numberOf(value, dtype)),
  c: writeComplex,
  U: writeText,
  S: writeBytes,
  V: writeRecord,
};

function writeComplex(view: DataView, at: number, dtype: DType, value: unknown): void {
  const { real, imaginary } = value instanceof Complex ? value : new Complex(numberOf(value, dtype), 0);
  const half = dtype.itemsize / 2;
  writeFloat(view, at, half, dtype.littleEndian, real);
  writeFloat(view, at + half, half, dtype.littleEndian, imaginary);
}

function misfit(value: unknown, dtype: DType): Error {
  const shown = value instanceof Uint8Array ? `${value.length} bytes` : String(value).slice(0, 40);
  return arrayError("E_DTYPE", `an array of ${dtypeName(dtype)} cannot hold ${shown}`, { dtype: dtypeName(dtype) });
}

function numberOf(value: unknown, dtype: DType): number {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return Number(value);
  throw misfit(value, dtype);
}

function writeInteger(view: DataView, at: number, dtype: DType, value: unknown): void {
  if (typeof value !== "bigint" && !Number.isInteger(value)) throw misfit(value, dtype);
  const integer = BigInt(value as number | bigint);
  const bits = dtype.itemsize * 8;
  const kept = dtype.kind === "u" ? BigInt.asUintN(bits, integer) : BigInt.asIntN(bits, integer);
  if (kept !== integer) throw misfit(value, dtype);
  const unsigned = BigInt.asUintN(64, integer);
  for (let k = 0; k < dtype.itemsize; k++) {
    const byte = Number((unsigned >> BigInt(8 * k)) & 255n);
    view.setUint8(at + (dtype.littleEndian ? k : dtype.itemsize - 1 - k), byte);
  }
}

function writeFloat(view: DataView, at: number, size: number, littleEndian: boolean, value: number): void {
  if (size === 8) view.setFloat64(at, value, littleEndian);
  else if (size === 4) view.setFloat32(at, value, littleEndian);
  else if (size === 2) view.setUint16(at, halfBits(value), littleEndian);
  else writeExtended(view, at, value);
}

/** IEEE 754 binary16, to nearest, ties to even. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const scaled = size / 2 ** (exponent - 10);
  const down = Math.floor(scaled);
  const rest = scaled - down;
  const rounded = rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
  // The leading bit of a normal number adds one to the exponent that is written; so does a carry.
  return sign | ((exponent + 14) * 1024 + rounded);
}

const scratch = new DataView(new ArrayBuffer(8));

/** x87's 80 bits: sign and exponent, then a mantissa with its leading bit written out. Little-endian only. */
function writeExtended(view: DataView, at: number, value: number): void {
  scratch.setFloat64(0, value);
  const bits = scratch.getBigUint64(0);
  const sign = Number(bits >> 63n) << 15;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  if (exponent === 0x7ff) {
    view.setBigUint64(at, (1n << 63n) | (fraction << 11n), true);
    view.setUint16(at + 8, sign | 0x7fff, true);
  } else if (exponent === 0 && fraction === 0n) view.setUint16(at + 8, sign, true);
  else {
    const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
    const shift = 64 - mantissa.toString(2).length;
    view.setBigUint64(at, mantissa << BigInt(shift), true);
    view.setUint16(at + 8, sign | (Math.max(exponent, 1) - 1075 + 63 - shift + 16383), true);
  }
}

function writeText(view: DataView, at: number, dtype: DType, value: unknown): void {
  if (typeof value !== "string") throw misfit(value, dtype);
  const codes = Array.from(value, (character) => character.codePointAt(0)!);
  if (codes.length * 4 > dtype.itemsize) throw misfit(value, dtype);
  for (const [k, code] of codes.entries()) view.setUint32(at + 4 * k, code, dtype.littleEndian);
}

function writeBytes(view: DataView, at: number, dtype: DType, value: unknown): void {
  if (!(value instanceof Uint8Array) || value.length > dtype.itemsize) throw misfit(value, dtype);
  new Uint8Array(view.buffer, at, dtype.itemsize).set(value);
}

function writeRecord(view: DataView, at: number, dtype: DType, value: unknown): void {
  const { fields, subarray } = dtype;
  if (fields === undefined && subarray === undefined) writeBytes(view, at, dtype, value);
  else if (!Array.isArray(value)) throw misfit(value, dtype);
  else if (subarray !== undefined) {
    const items = value.flat(subarray.shape.length - 1);
    if (items.length * subarray.dtype.itemsize !== dtype.itemsize) throw misfit(value, dtype);
    items.forEach((item, k) => {
      writeElement(view, at + k * subarray.dtype.itemsize, subarray.dtype, item);
    });
  } else {
    if (value.length !== fields!.length) throw misfit(value, dtype);
    fields!.forEach((field, k) => {
      writeElement(view, at + field.offset, field.dtype, value[k]);
    });
  }
}
