/** @module numpy's npy format, written: one array behind a header that is a Python literal. */

import { hasObjects } from "../containers/npy.ts";
import { type DType, dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { bytesOf } from "./bytes.ts";
import { type ArrayDumpOptions, dumps } from "./index.ts";
import { byteOrder, dtypeCode } from "./numpy.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Elements begin at a multiple of so many bytes. */
const ALIGNMENT = 64;
/** numpy leaves room for the axis that grows when an array is appended to, up to so many digits. */
const MOST_DIGITS = 21;
/** What the two bytes of version 1 can count. */
const LONGEST_V1 = 65535;
/** The protocol of numpy's own pickles of objects. */
const PROTOCOL = 3;

/** How arrays of objects are written: as `dumps` would. */
export type NpyOptions = Pick<ArrayDumpOptions, "exact" | "reduce" | "numpy" | "pandas">;

/**
 * An array as a npy file, as `numpy.save` writes it: version 1, or 2 and 3 where headers are long or hold names beyond
 * latin-1. Arrays of objects are pickled.
 *
 * @throws CurtidoError E_DTYPE for records whose fields overlap or stand in another order than their bytes
 * @example
 * readNpy(writeNpy(NdArray.of(Float64Array.of(1, 2))), loadFrom); // the array again
 */
export function writeNpy(array: NdArray, options: NpyOptions = {}): Uint8Array {
  const body = hasObjects(array.dtype) ? dumps(array, { ...options, protocol: PROTOCOL }) : bytesOf(array);
  const head = headerOf(array);
  const out = new Uint8Array(head.length + body.length);
  out.set(head);
  out.set(body, head.length);
  return out;
}

function headerOf(array: NdArray): Uint8Array {
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
  const fortran = array.order === "F" ? "True" : "False";
  const grows = array.shape.at(array.order === "F" ? -1 : 0);
  const room = grows === undefined ? "" : " ".repeat(MOST_DIGITS - String(grows).length);
  const bytes = encoded(`{'descr': ${descrOf(array.dtype)}, 'fortran_order': ${fortran}, 'shape': ${shape}, }${room}`);
  const version = bytes.wide ? 3 : bytes.content.length + ALIGNMENT > LONGEST_V1 ? 2 : 1;
  const from = version === 1 ? 10 : 12;
  const length = Math.ceil((from + bytes.content.length + 1) / ALIGNMENT) * ALIGNMENT - from;
  const out = new Uint8Array(from + length).fill(0x20);
  out.set([...MAGIC, version, 0]);
  const view = new DataView(out.buffer);
  if (version === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  out.set(bytes.content, from);
  out[out.length - 1] = 0x0a;
  return out;
}

function encoded(text: string): { readonly content: Uint8Array; readonly wide: boolean } {
  const wide = /[\u0100-\uffff]/.test(text);
  return { wide, content: wide ? new TextEncoder().encode(text) : Uint8Array.from(text, (c) => c.charCodeAt(0)) };
}

/** `dtype.descr`: a code, or a list of (name, dtype[, shape]); gaps between fields are fields without a name. */
function descrOf(dtype: DType): string {
  if (dtype.subarray !== undefined) throw arrayError("E_DTYPE", "a npy file holds sub-arrays only in records");
  if (dtype.fields === undefined) return `'${codeOf(dtype)}'`;
  const parts: string[] = [];
  let reached = 0;
  const gap = (to: number) => {
    if (to > reached) parts.push(`('', '|V${to - reached}')`);
  };
  for (const field of dtype.fields) {
    if (field.offset < reached)
      throw arrayError("E_DTYPE", `a npy file cannot hold the record ${dtypeName(dtype)}: its fields are out of order`);
    gap(field.offset);
    const { subarray } = field.dtype;
    const shape = subarray?.shape.map((length) => `${length},`).join(" ");
    const of = descrOf(subarray?.dtype ?? field.dtype);
    parts.push(
      subarray === undefined ? `(${quoted(field.name)}, ${of})` : `(${quoted(field.name)}, ${of}, (${shape}))`,
    );
    reached = field.offset + field.dtype.itemsize;
  }
  gap(dtype.itemsize);
  return `[${parts.join(", ")}]`;
}

function codeOf(dtype: DType): string {
  if (dtype.kind === "O") return "|O";
  const unit =
    dtype.unit === undefined || dtype.unit[0] === "generic"
      ? ""
      : `[${dtype.unit[1] === 1 ? "" : dtype.unit[1]}${dtype.unit[0]}]`;
  return `${byteOrder(dtype)}${dtypeCode(dtype)}${unit}`;
}

/** A text as Python's `repr` has it, near enough to be read as the same text. */
function quoted(text: string): string {
  const body = text.replace(/[\\'\p{Cc}]/gu, (character) =>
    character === "\\" || character === "'"
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `'${body}'`;
}
