/** @module numpy dtypes: what an element of an array is and how it lies in bytes. */

import { arrayError } from "./errors.ts";

/** numpy's kind letters: bool, int, uint, float, complex, bytes, str, object, void, datetime, timedelta. */
export type Kind = "b" | "i" | "u" | "f" | "c" | "S" | "U" | "O" | "V" | "M" | "m";

/** A field of a structured dtype. */
export interface Field {
  readonly name: string;
  readonly dtype: DType;
  /** Bytes from the start of the record. */
  readonly offset: number;
}

/** An element type. Plain data; equal ones need not be the same object. */
export interface DType {
  readonly kind: Kind;
  /** Bytes of one element. */
  readonly itemsize: number;
  readonly littleEndian: boolean;
  /** Of a structured dtype, in order. */
  readonly fields?: readonly Field[];
  /** Of a sub-array dtype: each element is an array of this shape. */
  readonly subarray?: { readonly dtype: DType; readonly shape: readonly number[] };
  /** Of datetime64 and timedelta64: the unit and how many of it, `["ns", 1]`. */
  readonly unit?: readonly [string, number];
}

/** numpy's name of a dtype: `float64`, `int32`, `<U5`, `datetime64[ns]`, `object`. */
export function dtypeName(dtype: DType): string {
  const bits = dtype.itemsize * 8;
  switch (dtype.kind) {
    case "b":
      return "bool";
    case "i":
      return `int${bits}`;
    case "u":
      return `uint${bits}`;
    case "f":
      return `float${bits}`;
    case "c":
      return `complex${bits}`;
    case "O":
      return "object";
    case "S":
      return `|S${dtype.itemsize}`;
    case "U":
      return `${dtype.littleEndian ? "<" : ">"}U${dtype.itemsize / 4}`;
    case "M":
    case "m": {
      const [unit, count] = dtype.unit ?? ["generic", 1];
      const shown = unit === "generic" ? "" : `[${count === 1 ? "" : count}${unit}]`;
      return `${dtype.kind === "M" ? "datetime64" : "timedelta64"}${shown}`;
    }
    default:
      return dtype.fields === undefined
        ? `|V${dtype.itemsize}`
        : `[${dtype.fields.map((f) => `('${f.name}', '${dtypeName(f.dtype)}')`).join(", ")}]`;
  }
}

const SIZES: Readonly<Partial<Record<Kind, readonly number[]>>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 12, 16],
  c: [8, 16, 24, 32],
  O: [4, 8],
  M: [8],
  m: [8],
};

/**
 * A dtype from numpy's short code (`"f8"`, `"<i4"`, `"U7"`, `"O"`, `"M8[ns]"`).
 *
 * @throws CurtidoError E_DTYPE for codes that numpy does not have
 * @example
 * parseDType(">f4"); // { kind: "f", itemsize: 4, littleEndian: false }
 */
export function parseDType(code: string): DType {
  const match = /^([<>=|]?)([biufcSaUOVMm?])([0-9]*)(?:\[([0-9]*)([a-zA-Zμ]+)\])?$/.exec(code);
  if (match === null)
    throw arrayError("E_DTYPE", `no numpy dtype is written '${code.slice(0, 60)}'`, { dtype: code.slice(0, 60) });
  const letter = match[2] === "?" ? "b" : match[2] === "a" ? "S" : match[2]!;
  const kind = letter as Kind;
  const number =
    match[3] === "" ? (kind === "b" ? 1 : kind === "O" || kind === "M" || kind === "m" ? 8 : 0) : Number(match[3]);
  const itemsize = kind === "U" ? number * 4 : number;
  const allowed = SIZES[kind];
  if ((allowed !== undefined && !allowed.includes(itemsize)) || itemsize > 2 ** 31) {
    throw arrayError("E_DTYPE", `no numpy dtype is written '${code.slice(0, 60)}'`, { dtype: code.slice(0, 60) });
  }
  const base: DType = { kind, itemsize, littleEndian: match[1] !== ">" };
  return match[5] === undefined ? base : { ...base, unit: [match[5], match[4] === "" ? 1 : Number(match[4])] };
}

/** The common ones. */
export const float64: DType = { kind: "f", itemsize: 8, littleEndian: true };
export const float32: DType = { kind: "f", itemsize: 4, littleEndian: true };
export const int64: DType = { kind: "i", itemsize: 8, littleEndian: true };
export const int32: DType = { kind: "i", itemsize: 4, littleEndian: true };
export const bool: DType = { kind: "b", itemsize: 1, littleEndian: true };
export const object: DType = { kind: "O", itemsize: 8, littleEndian: true };

/** Whether elements are real numbers (bool, int, uint, float). */
export function isNumeric(dtype: DType): boolean {
  return dtype.kind === "f" || dtype.kind === "i" || dtype.kind === "u" || dtype.kind === "b";
}
