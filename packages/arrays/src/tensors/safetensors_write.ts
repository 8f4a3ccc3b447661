/** @module The safetensors format, written. */

import { dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { bytesOf } from "../write/bytes.ts";
import { LENGTH_SIZE, LONGEST_HEADER } from "./safetensors.ts";
import { Tensor } from "./tensor.ts";
import { type TensorType, typeOfArray } from "./types.ts";

/** What the bytes of the tensors begin at a multiple of. */
const ALIGNMENT = 8;
/** The most bytes that are made. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Tensors and arrays by name as a safetensors file; those with wide elements come first, so that all of them are aligned.
 * Each tensor keeps its type; one that shares its memory with another is written apart.
 *
 * @param metadata - texts to keep with them
 * @throws CurtidoError E_DTYPE for elements that safetensors does not have; E_LIMIT beyond 4 GiB or a header of 100 MB
 * @example
 * writeSafetensors(new Map([["weight", NdArray.of(Float32Array.of(1, 2))]]));
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NdArray>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  const parts = Array.from(tensors, ([name, array]) => ({ name, array, type: typeIn(name, array) }));
  parts.sort((one, other) => other.type.bits - one.type.bits || (one.name < other.name ? -1 : 1));
  const entries: [string, unknown][] = metadata.size === 0 ? [] : [["__metadata__", Object.fromEntries(metadata)]];
  let total = 0;
  const places = parts.map(({ name, array, type }) => {
    const from = total;
    total += Math.ceil((array.size * type.bits) / 8);
    entries.push([name, { dtype: type.safetensors, shape: array.shape, data_offsets: [from, total] }]);
    return { array, from };
  });
  const header = new TextEncoder().encode(objectText(entries));
  const length = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  if (length > LONGEST_HEADER) throw arrayError("E_LIMIT", `a header of safetensors of ${length} bytes is too long`);
  const start = LENGTH_SIZE + length;
  if (start + total > MOST_BYTES) throw arrayError("E_LIMIT", `tensors of ${total} bytes are too large to be written`);
  const out = new Uint8Array(start + total);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.fill(0x20, LENGTH_SIZE, start);
  out.set(header, LENGTH_SIZE);
  for (const { array, from } of places) out.set(storedBytes(array), start + from);
  return out;
}

/** An object of JSON with its keys in this order: those that are numbers would move to the front. */
function objectText(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
}

function typeIn(name: string, array: NdArray): TensorType {
  const type = array instanceof Tensor ? array.type : typeOfArray(array.dtype);
  if (name === "__metadata__") throw arrayError("E_ARRAY", "no tensor of safetensors can be named '__metadata__'");
  if (type?.safetensors !== undefined) return type;
  const dtype = type?.name ?? dtypeName(array.dtype);
  throw arrayError("E_DTYPE", `'${name}' is of ${dtype}, which safetensors does not have`, { dtype });
}

/** The elements of an array in C order, as little-endian bytes of its own type. */
export function storedBytes(array: NdArray): Uint8Array {
  if (array instanceof Tensor && array.view.conjugate !== true && array.view.negative !== true) return array.stored();
  const plain = array.toC();
  const bytes = bytesOf(plain);
  if (plain.dtype.littleEndian || plain.dtype.itemsize === 1) return bytes;
  const width = plain.dtype.kind === "c" ? plain.dtype.itemsize / 2 : plain.dtype.itemsize;
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) out[at] = bytes[at - (at % width) + width - 1 - (at % width)]!;
  return out;
}
