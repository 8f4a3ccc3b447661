/** @module Models in formats of their own, which hold numbers and texts alone: nothing in them is run. */

import { decodeLatin1 } from "../text.ts";

/** A file of a model by its content. */
interface ModelFile {
  readonly what: string;
  /** The package that writes it, and the version that the file tells. */
  readonly version?: readonly [of: string, version: string];
}

/** Bytes of the fixed part of XGBoost's binary format, and the longest name of an objective in it. */
const LEARNER = 136;
const LONGEST_NAME = 64;
/** How much of a text is searched for a version, at either end. */
const ENDS = 1 << 12;

/** Says which model a file holds; `undefined` when it is no format that is known. */
export function modelFileOf(bytes: Uint8Array): ModelFile | undefined {
  if (isCatBoost(bytes)) return { what: "a CatBoost model" };
  if (isXgboostUbjson(bytes)) return { what: "an XGBoost model" };
  const first = decodeLatin1(bytes, 0, Math.min(bytes.length, 4));
  if (isXgboostBinary(first === "binf" ? bytes.subarray(4) : bytes))
    return { what: "an XGBoost model of an old release" };
  return xgboostText(bytes);
}

/** `CBM1`, the length of a table, and the table. */
function isCatBoost(bytes: Uint8Array): boolean {
  if (bytes.length < 16 || decodeLatin1(bytes, 0, 4) !== "CBM1") return false;
  return view(bytes).getUint32(4, true) <= bytes.length - 8;
}

/** An object of UBJSON whose first key is one of a model's. */
function isXgboostUbjson(bytes: Uint8Array): boolean {
  if (bytes.length < 32) return false;
  // The brace of an object, and the type of its first key's length: eight bytes, or one.
  const first = decodeLatin1(bytes, 0, 2);
  const size = first === "{L" ? 8 : first === "{i" || first === "{U" ? 1 : 0;
  const length = size === 8 ? Number(view(bytes).getBigInt64(2)) : bytes[2]!;
  if (size === 0 || length < 1 || length > 8) return false;
  return /^(?:learner|version|Model|Config)$/.test(decodeLatin1(bytes, 2 + size, 2 + size + length));
}

/** Numbers of a fixed size, the name of the objective, and that of the booster. */
function isXgboostBinary(bytes: Uint8Array): boolean {
  const objective = nameAt(bytes, LEARNER);
  if (objective === undefined || !/^[a-z]+:[a-z_0-9]+$/.test(objective)) return false;
  return /^(?:gbtree|gblinear|dart)$/.test(nameAt(bytes, LEARNER + 8 + objective.length) ?? "");
}

function nameAt(bytes: Uint8Array, at: number): string | undefined {
  if (bytes.length < at + 8) return undefined;
  const length = Number(view(bytes).getBigUint64(at, true));
  return length > LONGEST_NAME || at + 8 + length > bytes.length
    ? undefined
    : decodeLatin1(bytes, at + 8, at + 8 + length);
}

/** JSON that says that it is a learner, with the version at either end. */
function xgboostText(bytes: Uint8Array): ModelFile | undefined {
  if (decodeLatin1(bytes, 0, Math.min(1, bytes.length)) !== "{") return undefined;
  const ends =
    decodeLatin1(bytes, 0, Math.min(ENDS, bytes.length)) +
    decodeLatin1(bytes, Math.max(0, bytes.length - ENDS), bytes.length);
  const version = /"version"\s*:\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]/.exec(ends);
  if (!ends.includes('"learner"') || version === null) return undefined;
  return { what: "an XGBoost model", version: ["xgboost", version.slice(1).join(".")] };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
