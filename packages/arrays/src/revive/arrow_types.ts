/** @module The types of pyarrow whose values are no plain numbers or texts: dates, durations, decimals. */

import { Decimal, Instance } from "@curtido/pickle";
import { type DType, dtypeName, parseDType } from "../dtype.ts";
import { NdArray } from "../ndarray.ts";

/** How the values of a type lie in memory, and what they are. */
export interface ArrowType {
  /** pyarrow's name: `int64`, `timestamp[ns, tz=Europe/Madrid]`, `decimal128(10, 2)`. */
  readonly name: string;
  /** Bytes of one value, where values lie one after the other. */
  readonly width?: number;
  /** The dtype of dates and durations, and what pandas calls it. */
  readonly time?: { readonly dtype: DType; readonly label: string };
  /** Digits behind the point. */
  readonly scale?: number;
}

const UNITS = /^(?:s|ms|us|ns)$/;
const SECONDS_OF_A_DAY = 86400n;
const NAT = -(2n ** 63n);

/** The type that an inert value of pyarrow stands for; `undefined` for one of parts. */
export function arrowType(value: unknown): ArrowType | undefined {
  if (!(value instanceof Instance)) return undefined;
  const [first, second] = value.args;
  switch (value.className) {
    case "pyarrow.lib.type_for_alias":
      return typeof first === "string" ? aliased(first) : undefined;
    case "pyarrow.lib.timestamp":
      return typeof first === "string" ? timestamp(first, second) : undefined;
    case "pyarrow.lib.decimal128": {
      const scale = Number(second);
      if (!Number.isInteger(scale) || Math.abs(scale) > 38) return undefined;
      return { name: `decimal128(${Number(first)}, ${scale})`, width: 16, scale };
    }
    default:
      return undefined;
  }
}

function aliased(name: string): ArrowType {
  const unit = /^duration\[(\w+)\]$/.exec(name)?.[1];
  if (unit !== undefined && UNITS.test(unit)) return timed(name, `<m8[${unit}]`);
  if (name === "date64[ms]") return timed(name, "<M8[ms]");
  if (name === "date32[day]") return { ...timed(name, "<M8[s]"), width: 4 };
  return { name };
}

function timestamp(unit: string, zone: unknown): ArrowType | undefined {
  if (!UNITS.test(unit)) return undefined;
  if (typeof zone !== "string") return timed(`timestamp[${unit}]`, `<M8[${unit}]`);
  return timed(`timestamp[${unit}, tz=${zone}]`, `<M8[${unit}]`, `datetime64[${unit}, ${zone}]`);
}

function timed(name: string, code: string, label?: string): ArrowType {
  const dtype = parseDType(code);
  return { name, width: 8, time: { dtype, label: label ?? dtypeName(dtype) } };
}

/** The value at a place of memory: ticks of a date or duration, or a decimal. */
export function valueReader(type: ArrowType, bytes: Uint8Array): (at: number) => unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { scale } = type;
  if (scale !== undefined)
    return (at) => decimal((view.getBigInt64(at * 16 + 8, true) << 64n) | view.getBigUint64(at * 16, true), scale);
  if (type.width === 4) return (at) => BigInt(view.getInt32(at * 4, true)) * SECONDS_OF_A_DAY;
  return (at) => view.getBigInt64(at * 8, true);
}

/** `125` with two digits behind the point is `1.25`. */
function decimal(value: bigint, scale: number): Decimal {
  if (scale <= 0) return new Decimal(`${value}${scale === 0 ? "" : `E+${-scale}`}`);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return new Decimal(`${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** Ticks, and missing ones, as an array of dates or durations. */
export function timesOf(items: readonly unknown[], dtype: DType): NdArray {
  return NdArray.of(
    BigInt64Array.from(items, (item) => (typeof item === "bigint" ? item : NAT)),
    [items.length],
    dtype,
  );
}
