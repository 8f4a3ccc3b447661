/** @module Raw bytes to typed arrays: views where aligned and in the machine's byte order, one copy otherwise. */

import { Complex } from "@curtido/pickle";
import type { DType } from "./dtype.ts";
import { arrayError } from "./errors.ts";

/** What the elements of an array are kept in; complex numbers as pairs. */
export type NumericData =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

type Constructor = {
  new (buffer: ArrayBufferLike, offset: number, length: number): NumericData;
  new (length: number): NumericData;
};

const CONSTRUCTORS: Readonly<Record<string, [Constructor, number]>> = {
  b1: [Uint8Array, 1],
  i1: [Int8Array, 1],
  i2: [Int16Array, 2],
  i4: [Int32Array, 4],
  i8: [BigInt64Array, 8],
  u1: [Uint8Array, 1],
  u2: [Uint16Array, 2],
  u4: [Uint32Array, 4],
  u8: [BigUint64Array, 8],
  f4: [Float32Array, 4],
  f8: [Float64Array, 8],
  c8: [Float32Array, 4],
  c16: [Float64Array, 8],
  M8: [BigInt64Array, 8],
  m8: [BigInt64Array, 8],
};

/**
 * The typed array that holds elements of a dtype as numpy does, and the bytes of one number; `undefined` where there is
 * none: half and long double floats, strings, records, objects.
 */
export function typedArrayOf(dtype: DType): readonly [Constructor, number] | undefined {
  return CONSTRUCTORS[dtype.kind + dtype.itemsize];
}

/** The elements of `bytes` in memory order, as numbers; float16 as float32, long double as the nearest double. */
export function numericData(bytes: Uint8Array, dtype: DType): NumericData {
  if (dtype.kind === "f" && dtype.itemsize === 2) return halves(bytes, dtype.littleEndian);
  if ((dtype.kind === "f" && dtype.itemsize > 8) || (dtype.kind === "c" && dtype.itemsize > 16)) {
    const width = dtype.kind === "f" ? dtype.itemsize : dtype.itemsize / 2;
    return extended(bytes, width);
  }
  const found = typedArrayOf(dtype);
  if (found === undefined) throw arrayError("E_DTYPE", `dtype ${dtype.kind}${dtype.itemsize} holds no numbers`);
  const [Typed, width] = found;
  const length = bytes.byteLength / width;
  if (dtype.littleEndian || width === 1) {
    if (bytes.byteOffset % width === 0) return new Typed(bytes.buffer, bytes.byteOffset, length);
    const copy = new Uint8Array(bytes);
    return new Typed(copy.buffer, copy.byteOffset, length);
  }
  const swapped = new Uint8Array(bytes.byteLength);
  for (let at = 0; at < bytes.length; at += width) {
    for (let k = 0; k < width; k++) swapped[at + k] = bytes[at + width - 1 - k]!;
  }
  return new Typed(swapped.buffer, 0, length);
}

function halves(bytes: Uint8Array, littleEndian: boolean): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 2 }, (_, index) =>
    half(view.getUint16(index * 2, littleEndian)),
  );
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** x87's 80-bit floats in 12 or 16 bytes, to the nearest double. */
function extended(bytes: Uint8Array, width: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / width }, (_, index) => {
    const at = index * width;
    const mantissa = view.getBigUint64(at, true);
    const head = view.getUint16(at + 8, true);
    const sign = head & 0x8000 ? -1 : 1;
    const exponent = head & 0x7fff;
    if (exponent === 0x7fff) return BigInt.asUintN(63, mantissa) === 0n ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (mantissa === 0n) return sign * 0;
    return scaled(sign * Number(mantissa), exponent - 16383 - 63);
  });
}

function scaled(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** The texts of a fixed-width string dtype; trailing NULs are padding. */
export function stringData(bytes: Uint8Array, dtype: DType): string[] {
  const count = dtype.itemsize === 0 ? 0 : bytes.byteLength / dtype.itemsize;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => {
    const codes: number[] = [];
    for (let at = index * dtype.itemsize; at < (index + 1) * dtype.itemsize; at += 4)
      codes.push(view.getUint32(at, dtype.littleEndian));
    while (codes.at(-1) === 0) codes.pop();
    if (codes.some((code) => code > 0x10ffff))
      throw arrayError("E_ARRAY", "a string array holds a code beyond U+10FFFF");
    return textOf(codes);
  });
}

/** How many code points one call may take. */
const MOST_CODES = 8192;

function textOf(codes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < codes.length; at += MOST_CODES)
    text += String.fromCodePoint(...codes.slice(at, at + MOST_CODES));
  return text;
}

/** The bytes of an S dtype's elements, without the padding. */
export function bytesData(bytes: Uint8Array, dtype: DType): Uint8Array[] {
  const count = dtype.itemsize === 0 ? 0 : bytes.byteLength / dtype.itemsize;
  return Array.from({ length: count }, (_, index) => {
    let end = (index + 1) * dtype.itemsize;
    while (end > index * dtype.itemsize && bytes[end - 1] === 0) end--;
    return bytes.subarray(index * dtype.itemsize, end);
  });
}

/** An element as a plain value: int64 as `number` while exact, else `bigint`; bool as boolean; complex as `Complex`. */
export function elementAt(data: NumericData | readonly unknown[], dtype: DType, index: number): unknown {
  if (dtype.kind === "c") return new Complex(Number(data[2 * index]), Number(data[2 * index + 1]));
  const value = data[index];
  if (dtype.kind === "b") return Boolean(value);
  if (typeof value === "bigint" && (dtype.kind === "i" || dtype.kind === "u")) {
    return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
  }
  return value;
}
