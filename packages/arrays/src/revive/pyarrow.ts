/** @module Arrays of pyarrow as pandas pickles them: buffers behind a type, in the columnar layout of Apache Arrow. */

import { Global, Instance } from "@curtido/pickle";
import { dtypeName, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { type ArrowType, arrowType, timesOf, valueReader } from "./arrow_types.ts";

/** Types whose values lie one after the other, and numpy's letters for them. */
const FIXED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [8, 16, 32, 64].flatMap((bits) => [
      [`int${bits}`, `<i${bits / 8}`],
      [`uint${bits}`, `<u${bits / 8}`],
    ]),
  ),
  ...{ halffloat: "<f2", float: "<f4", double: "<f8" },
};
/** Types of which each value has a length of its own, and the bytes of an offset. */
const TEXTS: Readonly<Record<string, 4 | 8>> = { string: 4, large_string: 8, binary: 4, large_binary: 8 };

const decoder = new TextDecoder("utf-8", { fatal: true });

/** An array as `pyarrow.lib._restore_array` gets it. */
interface Restored {
  readonly type: ArrowType;
  readonly length: number;
  readonly offset: number;
  readonly buffers: readonly (Uint8Array | undefined)[];
}

/**
 * The values of a pyarrow array, whole or in chunks; `undefined` for what is none.
 *
 * @throws CurtidoError E_FRAME for types that are not read, and buffers that are shorter than they have to be
 */
export function reviveArrow(value: unknown): Values | undefined {
  const chunks = chunksOf(value);
  if (chunks === undefined) return undefined;
  const [first] = chunks;
  const items = chunks.flatMap(itemsOf);
  const arrow = first?.type.name ?? "null";
  if (chunks.some(({ type }) => type.name !== arrow)) throw malformed("its chunks differ in their types");
  const time = first?.type.time;
  if (time !== undefined) return { values: timesOf(items, time.dtype), dtype: time.label, arrow };
  return { values: NdArray.objects(items, [items.length]), dtype: `${nameOf(arrow)}[pyarrow]`, arrow };
}

/** The type as pandas calls it. */
function nameOf(type: string): string {
  const dtype = FIXED[type];
  return dtype === undefined ? type : dtype.startsWith("<f") ? type : dtypeName(parseDType(dtype));
}

function chunksOf(value: unknown): readonly Restored[] | undefined {
  if (!(value instanceof Instance)) return undefined;
  if (value.className === "pyarrow.lib._restore_array") return [restored(value)];
  if (value.className !== "pyarrow.lib.chunked_array") return undefined;
  const [chunks] = value.args;
  if (!Array.isArray(chunks)) throw malformed("its chunks are no list");
  return chunks.map((chunk) => {
    const [array] = chunksOf(chunk) ?? [];
    if (array === undefined) throw malformed("a chunk is no array");
    return array;
  });
}

function restored({ args }: Instance): Restored {
  const parts = args.length === 1 ? partsOf(args[0]) : args;
  const [type, length, , offset, buffers, children, dictionary] = parts;
  const found = arrowType(type);
  const nested = (Array.isArray(children) && children.length > 0) || (dictionary !== null && dictionary !== undefined);
  const known = found?.width ?? FIXED[found?.name ?? ""] ?? TEXTS[found?.name ?? ""] ?? PLAIN[found?.name ?? ""];
  if (nested || found === undefined || known === undefined)
    throw arrayError("E_FRAME", `a column is kept by pyarrow as ${found?.name ?? partsName(type)}, which is not read`);
  if (!Array.isArray(buffers)) throw malformed("its parts are no array");
  return { type: found, length: countOf(length), offset: countOf(offset), buffers: buffers.map(bytesOf) };
}

const PLAIN: Readonly<Record<string, true>> = { bool: true, null: true };

function partsOf(value: unknown): readonly unknown[] {
  const items = (value as { items?: unknown } | undefined)?.items;
  return Array.isArray(items) ? items : [];
}

function countOf(value: unknown): number {
  const count = typeof value === "bigint" ? Number(value) : value;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw malformed("its parts are no array");
}

/** What a type of parts is: `list_`, `struct`, `dictionary`. */
function partsName(type: unknown): string {
  const name = type instanceof Instance ? /^pyarrow\.lib\.(\w+)$/.exec(type.className)?.[1] : undefined;
  return name === undefined ? "a type of parts" : `a ${name.replace(/_$/, "")}`;
}

function bytesOf(buffer: unknown): Uint8Array | undefined {
  if (buffer === null) return undefined;
  const [bytes] = buffer instanceof Instance && buffer.className === "pyarrow.lib.py_buffer" ? buffer.args : [];
  const given = bytes ?? buffer;
  if (given instanceof Uint8Array) return given;
  const { data } = given as { data?: unknown };
  if (data instanceof Uint8Array && !(given instanceof Global)) return data;
  throw malformed("a buffer is no bytes");
}

function itemsOf(array: Restored): unknown[] {
  const { type, length, offset, buffers } = array;
  const [validity] = buffers;
  if (type.name === "null") return new Array<unknown>(length).fill(null);
  if (validity !== undefined) checkLength(validity, Math.ceil((offset + length) / 8));
  const item = reader(array);
  return Array.from({ length }, (_, at) =>
    validity === undefined || bit(validity, offset + at) ? item(offset + at) : null,
  );
}

/** Reads the value at a place. */
function reader({ type: arrow, length, offset, buffers }: Restored): (at: number) => unknown {
  const type = arrow.name;
  const end = offset + length;
  const [, second, third] = buffers;
  if (length === 0) return () => null;
  if (second === undefined) throw malformed("a buffer is missing");
  if (type === "bool") {
    checkLength(second, Math.ceil(end / 8));
    return (at) => bit(second, at);
  }
  if (arrow.width !== undefined) {
    checkLength(second, end * arrow.width);
    return valueReader(arrow, second);
  }
  const dtype = FIXED[type];
  if (dtype !== undefined) {
    const { itemsize } = parseDType(dtype);
    checkLength(second, end * itemsize);
    const numbers = NdArray.fromBytes(second.slice(0, end * itemsize), parseDType(dtype), [end]);
    return (at) => numbers.item(at);
  }
  return textReader(second, third ?? new Uint8Array(0), TEXTS[type]!, end, type.endsWith("binary"));
}

function textReader(
  offsets: Uint8Array,
  data: Uint8Array,
  width: 4 | 8,
  end: number,
  raw: boolean,
): (at: number) => unknown {
  checkLength(offsets, (end + 1) * width);
  const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  const place = (at: number) => (width === 4 ? view.getInt32(at * 4, true) : Number(view.getBigInt64(at * 8, true)));
  return (at) => {
    const [from, to] = [place(at), place(at + 1)];
    if (from < 0 || to < from || to > data.length) throw malformed("a text lies outside of its buffer");
    const bytes = data.subarray(from, to);
    return raw ? bytes.slice() : decoder.decode(bytes);
  };
}

function bit(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at >> 3]! >> (at & 7)) & 1) === 1;
}

function checkLength(bytes: Uint8Array, least: number): void {
  if (bytes.length < least) throw malformed(`a buffer has ${bytes.length} bytes, and needs ${least}`);
}

function malformed(why: string) {
  return arrayError("E_FRAME", `a column that is kept by pyarrow is malformed: ${why}`);
}
