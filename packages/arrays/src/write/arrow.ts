/** @module Columns of pyarrow as pandas pickles them: buffers behind a type, in the columnar layout of Apache Arrow. */

import { Decimal, Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { type DType, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { bytesOf } from "./bytes.ts";

const lib = (name: string, args: readonly unknown[]) =>
  new Instance(new Global("pyarrow.lib", name), [...args], "reduce");
const ARRAY = new Global("pandas.core.arrays.arrow.array", "ArrowExtensionArray");
const DTYPE = new Global("pandas.core.dtypes.dtypes", "ArrowDtype");
const SECONDS_OF_A_DAY = 86400n;

/** The state of an `ArrowExtensionArray`, and its class; `type` is pyarrow's name of it. */
export function arrowArray(column: Values, type: string): { readonly cls: Global; readonly state: Dict } {
  const items =
    column.values.dtype.kind === "M" || column.values.dtype.kind === "m" ? ticks(column.values) : column.values.flat();
  const missing = items.map((item) => item === null || item === undefined);
  const count = missing.filter(Boolean).length;
  const memory = type === "null" ? [] : memoryOf(items, type);
  const buffers = [count === 0 || type === "null" ? null : buffer(bits(missing.map((each) => !each))), ...memory];
  const made = typeInstance(type);
  const parts = new Tuple([made, BigInt(items.length), BigInt(count), 0n, buffers, [], null]);
  const dtype = new Instance(DTYPE, [made], "reduce");
  return {
    cls: ARRAY,
    state: new Dict<unknown>([
      ["_pa_array", lib("_restore_array", [parts])],
      ["_dtype", dtype],
    ]),
  };
}

function typeInstance(name: string): Instance {
  const [, unit, zone] = /^timestamp\[(\w+)(?:, tz=(.+))?\]$/.exec(name) ?? [];
  if (unit !== undefined) return lib("timestamp", zone === undefined ? [unit, null] : [unit, zone]);
  const [, precision, scale] = /^decimal128\((\d+), (-?\d+)\)$/.exec(name) ?? [];
  return precision === undefined
    ? lib("type_for_alias", [name])
    : lib("decimal128", [BigInt(precision), BigInt(scale!)]);
}

const buffer = (bytes: Uint8Array) => lib("py_buffer", [bytes]);

/** Dates and durations as ticks; `null` where there is none. */
function ticks(values: NdArray): unknown[] {
  return Array.from(values.toC().data as BigInt64Array, (tick) => (tick === -(2n ** 63n) ? null : tick));
}

function bits(flags: readonly boolean[]): Uint8Array {
  const out = new Uint8Array(Math.ceil(flags.length / 8));
  flags.forEach((flag, at) => {
    if (flag) out[at >> 3]! |= 1 << (at & 7);
  });
  return out;
}

/** numpy's letters for the types whose names differ. */
const CODES: Readonly<Record<string, string>> = { halffloat: "<f2", float: "<f4", double: "<f8" };

function memoryOf(items: readonly unknown[], type: string): Instance[] {
  const text = /^(large_)?(string|binary)$/.exec(type);
  if (text !== null) return textBuffers(items, text[1] === undefined ? 4 : 8);
  if (type === "bool") return [buffer(bits(items.map((item) => item === true)))];
  const scale = /^decimal128\(\d+, (-?\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return [buffer(decimals(items, Number(scale)))];
  if (type === "date32[day]")
    return [
      numbers(
        items.map((item) => (item === null ? 0 : Number((item as bigint) / SECONDS_OF_A_DAY))),
        "<i4",
      ),
    ];
  const whole = /^(u?)int(8|16|32|64)$/.exec(type);
  const code = CODES[type] ?? (whole === null ? "<i8" : `<${whole[1] === "" ? "i" : "u"}${Number(whole[2]) / 8}`);
  return [numbers(items, code)];
}

function numbers(items: readonly unknown[], code: string): Instance {
  const dtype: DType = parseDType(code);
  const zero = dtype.itemsize === 8 && dtype.kind !== "f" ? 0n : 0;
  const plain = items.map((item) => item ?? zero);
  return buffer(bytesOf(NdArray.of(plain, [plain.length], dtype)));
}

function textBuffers(items: readonly unknown[], width: 4 | 8): Instance[] {
  const encoder = new TextEncoder();
  const parts = items.map((item) =>
    typeof item === "string" ? encoder.encode(item) : ((item ?? new Uint8Array(0)) as Uint8Array),
  );
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total >= 2 ** 31) throw arrayError("E_LIMIT", `a column of ${total} bytes of text is too large`);
  const offsets = new Uint8Array((items.length + 1) * width);
  const view = new DataView(offsets.buffer);
  const data = new Uint8Array(total);
  let end = 0;
  parts.forEach((part, at) => {
    data.set(part, end);
    end += part.length;
    view.setUint32((at + 1) * width, end, true);
  });
  return [buffer(offsets), buffer(data)];
}

/** Integers of 16 bytes: the decimal without its point. */
function decimals(items: readonly unknown[], scale: number): Uint8Array {
  const out = new Uint8Array(items.length * 16);
  const view = new DataView(out.buffer);
  items.forEach((item, at) => {
    if (!(item instanceof Decimal)) return;
    const [, sign, whole = "", part = "", power = "0"] =
      /^([+-]?)(\d+)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(item.text) ?? [];
    const shift = scale - part.length + Number(power);
    if (whole === "" || shift < 0 || shift > 38)
      throw arrayError("E_FRAME", `the decimal ${item.text.slice(0, 40)} does not fit its column's type`);
    const value = BigInt(`${whole}${part}`) * 10n ** BigInt(shift) * (sign === "-" ? -1n : 1n);
    view.setBigUint64(at * 16, BigInt.asUintN(64, value), true);
    view.setBigInt64(at * 16 + 8, BigInt.asIntN(64, value >> 64n), true);
  });
  return out;
}
