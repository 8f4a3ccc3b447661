/** @module The safetensors format: a header in JSON that says where each tensor lies, and their bytes. */

import { isCurtidoError } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { sizeOf } from "../ndarray.ts";
import { stridesOf, Tensor } from "./tensor.ts";
import { type TensorType, typeOfHeader } from "./types.ts";

/** Bytes of the length that stands first, and the most that a header may have. */
export const LENGTH_SIZE = 8;
export const LONGEST_HEADER = 100_000_000;
const METADATA = "__metadata__";

/** Tensors by name, in the order in which they lie in the file, and the texts that were saved with them. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Whether bytes begin as such a file: a length, and an object of JSON that may be as long. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < LENGTH_SIZE + 2 || bytes[LENGTH_SIZE] !== 0x7b) return false;
  const length = headerLength(bytes);
  return length >= 2 && length <= LONGEST_HEADER && LENGTH_SIZE + length <= bytes.length;
}

function headerLength(bytes: Uint8Array): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset, LENGTH_SIZE).getBigUint64(0, true));
}

/**
 * Reads a safetensors file. Nothing of the tensors is copied.
 *
 * @throws CurtidoError E_CONTAINER when it is none, its header is longer than 100 MB, a name stands twice, or the tensors
 *   leave holes, overlap or do not end where the file does
 * @example
 * readSafetensors(bytes).tensors.get("weight")!.tolist();
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < LENGTH_SIZE) throw malformed("it has no header", bytes.length);
  const length = headerLength(bytes);
  if (length > LONGEST_HEADER) throw malformed(`a header of ${length} bytes, and the most is ${LONGEST_HEADER}`, 0);
  const start = LENGTH_SIZE + length;
  if (start > bytes.length) throw malformed("its header is cut off", bytes.length);
  const header = headerOf(bytes.subarray(LENGTH_SIZE, start));
  const places = Object.entries(header).flatMap(([name, entry]) => (name === METADATA ? [] : [placeOf(name, entry)]));
  places.sort((one, other) => one.from - other.from || one.to - other.to);
  const tensors = new Map<string, Tensor>();
  let reached = 0;
  for (const { name, type, shape, from, to } of places) {
    if (from !== reached)
      throw malformed(`'${name}' ${from < reached ? "overlaps another" : "lies behind a hole"}`, start);
    if (start + to > bytes.length) throw malformed(`'${name}' is cut off`, bytes.length);
    const memory = bytes.subarray(start + from, start + to);
    const view = { offset: 0, shape, strides: stridesOf(shape) };
    tensors.set(name, new Tensor(type, { length: to - from, memory: () => memory }, view));
    reached = to;
  }
  if (start + reached < bytes.length)
    throw malformed(`${bytes.length - start - reached} bytes follow the last tensor`, start + reached);
  return { tensors, metadata: metadataOf(header[METADATA]) };
}

function headerOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  if (bytes[0] !== 0x7b) throw malformed("its header is no object of JSON", LENGTH_SIZE);
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (error) {
    throw arrayError(
      "E_CONTAINER",
      "the safetensors file is malformed: its header is no JSON",
      { offset: LENGTH_SIZE },
      error,
    );
  }
  // JSON.parse keeps the last of two equal names, others the first.
  if (writtenKeys(text) !== countKeys(header)) throw malformed("a name stands twice in its header", LENGTH_SIZE);
  return header as Readonly<Record<string, unknown>>;
}

/** How many texts of valid JSON stand before a colon. */
function writtenKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
    for (at++; " \t\r\n".includes(text[at] ?? ":") && at < text.length; ) at++;
    if (text[at] === ":") count++;
  }
  return count;
}

/** How many keys an object has, and those in it. The nesting of a header is that of JSON.parse, which has its own limit. */
function countKeys(root: unknown): number {
  let count = 0;
  const open = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const inside = Object.values(value);
    if (!Array.isArray(value)) count += inside.length;
    for (const each of inside) open.push(each);
  }
  return count;
}

interface Place {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function placeOf(name: string, entry: unknown): Place {
  const { dtype, shape, data_offsets: offsets, ...rest } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const [from, to] = Array.isArray(offsets) && offsets.length === 2 ? (offsets as number[]) : [];
  const described = isLengths(shape) && isLengths([from, to]) && Object.keys(rest).length === 0;
  if (!described || typeof dtype !== "string") throw malformed(`'${name}' is not described`, LENGTH_SIZE);
  const type = typeOfHeader(dtype);
  if (type === undefined) {
    const message = `'${name}' is of ${dtype.slice(0, 60)}, which no release of safetensors has`;
    throw arrayError("E_DTYPE", message, { dtype: dtype.slice(0, 60) });
  }
  const bits = sizeWithin(name, shape) * type.bits;
  if (to! - from! !== bits / 8)
    throw malformed(`'${name}' has ${to! - from!} bytes, and its shape needs ${bits / 8}`, LENGTH_SIZE);
  return { name, type, shape, from: from!, to: to! };
}

function isLengths(numbers: unknown): numbers is readonly number[] {
  return Array.isArray(numbers) && numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function sizeWithin(name: string, shape: readonly number[]): number {
  try {
    return sizeOf(shape);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw arrayError("E_LIMIT", `the tensor '${name}': ${error.message}`, {}, error);
  }
}

function metadataOf(value: unknown): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  const entries =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
  if (entries?.every(([, text]) => typeof text === "string") !== true)
    throw malformed("its metadata are no texts by name", LENGTH_SIZE);
  return new Map(entries as [string, string][]);
}

function malformed(why: string, offset: number) {
  return arrayError("E_CONTAINER", `the safetensors file is malformed: ${why}`, { offset, format: "safetensors" });
}
