/** @module numpy's npy format: one array behind a header; arrays of objects are a pickle there. */

import { Tokenizer } from "@curtido/pickle";
import { type DType, type Field, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";
import { type Literal, parseLiteral } from "./literal.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The longest header that is read; numpy refuses headers beyond 10 kB unless it trusts the file. */
const LONGEST_HEADER = 1 << 20;

/** What the header of a npy file says. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly order: "C" | "F";
  /** Where the elements begin, in bytes. */
  readonly from: number;
}

/** Whether these are the first bytes of a npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/**
 * Reads the header of a npy file, versions 1 to 3.
 *
 * @throws CurtidoError E_CONTAINER when it is none; E_DTYPE for a dtype that numpy does not have
 */
export function npyHeader(bytes: Uint8Array): NpyHeader {
  const version = bytes[6] ?? 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = version === 1 ? 2 : 4;
  if (!isNpy(bytes) || version < 1 || version > 3 || bytes.length < 8 + width) throw malformed("it is cut off");
  const length = width === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const from = 8 + width + length;
  if (length > LONGEST_HEADER || from > bytes.length) throw malformed("its header reaches past its end");
  const encoding = version === 3 ? "utf-8" : "latin1";
  const header = parseLiteral(new TextDecoder(encoding).decode(bytes.subarray(8 + width, from)));
  if (!(header instanceof Map)) throw malformed("its header is no dict");
  const shape = header.get("shape");
  const fortran = header.get("fortran_order");
  const descr = header.get("descr");
  if (!Array.isArray(shape) || !shape.every(Number.isInteger) || typeof fortran !== "boolean" || descr === undefined)
    throw malformed("its header does not describe an array");
  return { dtype: dtypeOf(descr), shape: shape as number[], order: fortran ? "F" : "C", from };
}

/**
 * The array of a npy file, a view on the bytes; bytes behind it are ignored, as numpy does.
 *
 * @param readObjects - reads the pickle that an array of objects is; it starts at the tokenizer's position
 * @throws CurtidoError E_CONTAINER when it is none, E_ARRAY when it is cut off
 * @example
 * readNpy(bytes, (tokenizer) => loadFrom(tokenizer));
 */
export function readNpy(bytes: Uint8Array, readObjects: (tokenizer: Tokenizer) => unknown): unknown {
  const { dtype, shape, order, from } = npyHeader(bytes);
  if (hasObjects(dtype)) return readObjects(new Tokenizer(bytes, from));
  const length = sizeOf(shape) * dtype.itemsize;
  if (length > bytes.length - from)
    throw arrayError("E_ARRAY", `the npy file ends ${length - (bytes.length - from)} bytes early`, { length });
  return NdArray.fromBytes(bytes.subarray(from, from + length), dtype, shape, order);
}

/** Whether elements are Python objects or hold some: then they are pickled. */
export function hasObjects(dtype: DType): boolean {
  if (dtype.subarray !== undefined) return hasObjects(dtype.subarray.dtype);
  return dtype.kind === "O" || (dtype.fields?.some((field) => hasObjects(field.dtype)) ?? false);
}

/** A dtype from `dtype.descr`: a code, or a list of (name, dtype[, shape]). */
function dtypeOf(descr: Literal): DType {
  if (typeof descr === "string") return parseDType(descr);
  if (!Array.isArray(descr)) throw malformed("its dtype is malformed");
  const fields: Field[] = [];
  let itemsize = 0;
  for (const entry of descr as readonly Literal[]) {
    if (!Array.isArray(entry) || entry.length < 2) throw malformed("its dtype is malformed");
    const [title, code, shape] = entry as readonly Literal[];
    const dtype = shaped(dtypeOf(code!), shape);
    const name = Array.isArray(title) ? title.at(-1) : title;
    if (typeof name !== "string") throw malformed("its dtype is malformed");
    // A field without a name is padding.
    if (name !== "" || dtype.kind !== "V") fields.push({ name, dtype, offset: itemsize });
    itemsize += dtype.itemsize;
  }
  return { kind: "V", itemsize, littleEndian: true, fields };
}

function shaped(dtype: DType, shape: Literal | undefined): DType {
  if (shape === undefined) return dtype;
  const axes = (Array.isArray(shape) ? shape : [shape]) as readonly number[];
  return { kind: "V", itemsize: sizeOf(axes) * dtype.itemsize, littleEndian: true, subarray: { dtype, shape: axes } };
}

function malformed(problem: string) {
  return arrayError("E_CONTAINER", `the npy file is malformed: ${problem}`);
}
