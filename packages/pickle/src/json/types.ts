/** @module How values that JSON does not have are tagged: a table, a row per type. */

import type { ErrorFields } from "../codes.ts";
import { CurtidoError } from "../errors.ts";
import { floatRepr, parseIntegerLiteral } from "../numbers.ts";
import {
  ByteArray,
  Complex,
  Float,
  FrozenSet,
  Global,
  PickleBuffer,
  PySet,
  Range,
  Slice,
  StateSetter,
  Tuple,
} from "../values.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";

/** JSON that is written as it is: numbers in it are neither int nor float of Python, but what a row makes of them. */
export class JsonLiteral {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** What stands behind a tag: a text, a list of values, or values by name. Values in it are encoded in turn. */
export type JsonParts = string | JsonLiteral | readonly unknown[] | Readonly<Record<string, unknown>>;

/** How values of one type are written and read. */
export interface JsonType {
  /** The key that says the type; it begins with `$`. */
  readonly tag: string;
  /** Whether a value is of this type. */
  readonly matches: (value: object) => boolean;
  readonly write: (value: object) => JsonParts;
  /**
   * The value again, from what was written, decoded; `undefined` when it is malformed. Names come as a `Map`.
   *
   * @param exact - whether ints are `bigint`, as `loads` with `exact` gives them
   */
  readonly read: (parts: unknown, exact: boolean) => unknown;
  /** What plain JSON has instead, less than it was. */
  readonly plain?: (value: object) => unknown;
}

/** A row of the table. */
export function jsonType<T extends object>(
  tag: string,
  type: { readonly prototype: T },
  write: (value: T) => JsonParts,
  read: JsonType["read"],
  plain?: (value: T) => unknown,
): JsonType {
  return {
    tag,
    matches: (value) => value instanceof (type as unknown as new () => T),
    write: write as (value: object) => JsonParts,
    read,
    ...(plain && { plain: plain as (value: object) => unknown }),
  };
}

/** An error of the codec. */
export function jsonError(message: string, fields: ErrorFields["E_JSON"] = {}, cause?: unknown): CurtidoError {
  return new CurtidoError("E_JSON", message, fields, cause);
}

const bits = new DataView(new ArrayBuffer(8));
/** The NaN that JavaScript and Python make. */
const USUAL_NAN = "7ff8000000000000";

/** A float as text: Python's `repr`; of a NaN other than the usual one also its bits, as `nan:fff8000000000000`. */
export function floatText(value: number): string {
  if (!Number.isNaN(value)) return floatRepr(value);
  bits.setFloat64(0, value);
  const hex = bits.getBigUint64(0).toString(16);
  return hex === USUAL_NAN ? "nan" : `nan:${hex}`;
}

function nanOf(hex: string): number | undefined {
  bits.setBigUint64(0, BigInt(`0x${hex}`));
  const value = bits.getFloat64(0);
  return Number.isNaN(value) ? value : undefined;
}

/** The float that a text of {@link floatText} or a number stands for. */
function floatOf(value: unknown): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  if (value instanceof Float) return value.value;
  if (typeof value !== "string") return undefined;
  if (/^nan:[0-9a-f]{16}$/.test(value)) return nanOf(value.slice(4));
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return Number(value);
  return { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY }[value];
}

/** Decimal digits beyond which ints are written in base 16, which takes no quadratic time. */
const MOST_DIGITS = 4300;
const LARGE = 10n ** BigInt(MOST_DIGITS);

/** Whether plain JSON has an int: readers refuse more digits, Python's too. */
export function isPlainInteger(value: bigint): boolean {
  return value < LARGE && value > -LARGE;
}

/** An int as text, decimal, or hexadecimal (`0x1f`, `-0x1f`) when it is very long. */
export function integerText(value: bigint): string {
  if (isPlainInteger(value)) return String(value);
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value))) return BigInt(value);
  if (typeof value !== "string" || !/^-?(\d+|0x[0-9a-f]+)$/.test(value)) return undefined;
  return parseIntegerLiteral(value, MOST_DIGITS);
}

const isInteger = (value: unknown) => typeof value === "bigint" || Number.isSafeInteger(value);
const list = (parts: unknown, length?: number): readonly unknown[] | undefined =>
  Array.isArray(parts) && (length === undefined || parts.length === length) ? parts : undefined;

/** Names may hold dots; then module and name are told apart. */
function globalParts(global: Global): JsonParts {
  return global.name.includes(".") || global.name === "" ? [global.module, global.name] : global.toString();
}

/**
 * The class or function that a `$global` names: `module.name`, or a list of the two.
 *
 * @internal
 */
function globalOf(parts: unknown): Global | undefined {
  if (typeof parts === "string") {
    const dot = parts.lastIndexOf(".");
    return dot < 0 ? undefined : new Global(parts.slice(0, dot), parts.slice(dot + 1));
  }
  const [module, name] = list(parts, 2) ?? [];
  return typeof module === "string" && typeof name === "string" ? new Global(module, name) : undefined;
}

/** Ints that JavaScript's numbers cannot hold. */
export const intTag = "$int";
/** Floats that would read as ints, and those that JSON does not have. */
export const floatTag = "$float";

/** Types of Python itself. Tuples, lists, dicts, sets and instances may lie in themselves: the reader makes them. */
export const builtinTypes: readonly JsonType[] = [
  {
    tag: intTag,
    matches: () => false,
    write: () => "",
    read: (parts, exact) => {
      const value = integerOf(parts);
      return value === undefined || exact || !Number.isSafeInteger(Number(value)) ? value : Number(value);
    },
  },
  { tag: floatTag, matches: () => false, write: () => "", read: floatOf },
  jsonType(
    "$tuple",
    Tuple,
    (tuple) => tuple.items,
    () => undefined,
    (tuple) => tuple.items,
  ),
  jsonType(
    "$set",
    PySet,
    (set) => [...set],
    () => undefined,
    (set) => [...set],
  ),
  jsonType(
    "$set",
    Set,
    (set) => [...set],
    () => undefined,
    (set) => [...set],
  ),
  jsonType(
    "$frozenset",
    FrozenSet,
    (set) => [...set],
    (parts) => list(parts) && new FrozenSet(list(parts)),
    (set) => [...set],
  ),
  jsonType("$bytearray", ByteArray, encodeBase64, (parts) => {
    const bytes = typeof parts === "string" ? decodeBase64(parts) : undefined;
    return bytes && new ByteArray(bytes.buffer as ArrayBuffer);
  }),
  jsonType("$bytes", Uint8Array, encodeBase64, (parts) =>
    typeof parts === "string" ? decodeBase64(parts) : undefined,
  ),
  jsonType(
    "$complex",
    Complex,
    ({ real, imaginary }) => [floatText(real), floatText(imaginary)],
    (parts) => {
      const [real, imaginary] = (list(parts, 2) ?? []).map(floatOf);
      return real === undefined || imaginary === undefined ? undefined : new Complex(real, imaginary);
    },
  ),
  jsonType(
    "$range",
    Range,
    ({ start, stop, step }) => [start, stop, step].map(BigInt),
    (parts) => {
      const [start, stop, step] = (list(parts, 3) ?? []) as bigint[];
      return [start, stop, step].every(isInteger) ? new Range(start!, stop!, step!) : undefined;
    },
  ),
  jsonType(
    "$slice",
    Slice,
    ({ start, stop, step }) => [start, stop, step],
    (parts) => {
      const [start, stop, step] = list(parts, 3) ?? [];
      return list(parts, 3) && new Slice(start, stop, step);
    },
  ),
  jsonType("$global", Global, globalParts, globalOf),
  jsonType(
    "$setter",
    StateSetter,
    ({ setter, state }) => [setter, state],
    (parts) => {
      const [setter, state] = list(parts, 2) ?? [];
      return setter instanceof Object ? new StateSetter(setter as Global, state) : undefined;
    },
  ),
  jsonType(
    "$buffer",
    PickleBuffer,
    ({ data, readonly }) => [data, readonly],
    (parts) => {
      const [data, readonly] = list(parts, 2) ?? [];
      return data instanceof Uint8Array ? new PickleBuffer(data, readonly === true) : undefined;
    },
  ),
];
