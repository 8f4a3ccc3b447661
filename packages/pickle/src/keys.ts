/** @module When two dict keys are one: Python's equality and hashability over inert values. */

import { Digests, LONG } from "./digest.ts";
import { CurtidoError } from "./errors.ts";
import { isComposite, isKeyed, KEY_TEXT, unhashable } from "./keyed.ts";
import { defaultLimits } from "./limits.ts";
import { latin1Of } from "./text.ts";

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function identity(object: object): number {
  let id = identities.get(object);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(object, id);
  }
  return id;
}

/**
 * A primitive that is the same for equal keys and only for those: 1, 1.0 and True share one, tuples go by value, instances
 * by identity. Most strings and numbers are their own. What a key costs is no more than what it holds itself: tuples in
 * tuples that are shared are small in a file and without end written out.
 *
 * @param depth - how deep tuples and frozensets may lie in each other
 * @param digests - those of the same file
 *
 * @throws CurtidoError E_UNHASHABLE for lists, dicts, sets and bytearrays; E_LIMIT for keys that are nested too deeply
 */
export function canonicalKey(key: unknown, depth = defaultLimits.keyDepth, digests?: Digests): unknown {
  switch (typeof key) {
    case "string":
      return key.charCodeAt(0) === 0 ? `\0s${(digests ?? new Digests()).of(key)}` : key;
    case "number":
      return canonicalNumber(key);
    case "boolean":
      return key ? 1 : 0;
    case "bigint":
      return canonicalInteger(key);
    default:
      return key === null ? null : canonicalObject(key as object, depth, digests ?? new Digests());
  }
}

/** What an object that serves as a key is the same as: a number, where Python says that they are equal. */
function canonicalObject(key: object, depth: number, digests: Digests): unknown {
  const own = isKeyed(key) ? key.key() : undefined;
  if (own !== undefined) return typeof own === "string" ? keyedText(own) : canonicalKey(own);
  return encode(key, depth, digests);
}

function canonicalNumber(key: number): unknown {
  if (Number.isNaN(key)) return Symbol("nan");
  return Number.isInteger(key) && !Number.isSafeInteger(key) ? BigInt(key) : key;
}

function canonicalInteger(key: bigint): unknown {
  return key >= -9007199254740991n && key <= 9007199254740991n ? Number(key) : key;
}

/** What a NaN in a key begins with: it is equal to no other. */
const FRESH = "\0n";

/** Texts of objects that never change, where they are long, or hold a NaN and are equal only to themselves. */
const texts = new WeakMap<object, string>();

/** What an object that never changes comes to: long texts are made once. */
function textOnce(key: object, make: () => string, digests: Digests): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = make();
  if (text.length <= LONG && !text.includes(FRESH)) return text;
  const short = digests.of(text);
  texts.set(key, short);
  return short;
}

function encode(key: unknown, depth: number, digests: Digests): string {
  if (depth < 0) throw new CurtidoError("E_LIMIT", "a key is nested too deeply", { limit: "keyDepth" });
  if (typeof key === "object" && key !== null && isComposite(key))
    return textOnce(key, () => key[KEY_TEXT]((item) => encode(item, depth - 1, digests)), digests);
  return encodeOne(key, digests);
}

const keyedText = (own: string): string => `\0k${own.length}:${own}`;

function encodeOne(key: unknown, digests: Digests): string {
  if (typeof key === "number" && Number.isNaN(key)) return `${FRESH}${nextIdentity++}`;
  if (typeof key === "string") return `\0s${key.length}:${digests.of(key)}`;
  if (typeof key === "bigint") return encodeInteger(key, digests);
  if (typeof key !== "object" || key === null) {
    const plain = canonicalKey(key);
    return typeof plain === "bigint" ? encodeInteger(plain, digests) : `\0p${String(plain)}`;
  }
  if (key instanceof Uint8Array) return textOnce(key, () => `\0b${key.length}:${latin1Of(key)}`, digests);
  if (isKeyed(key)) {
    const own = key.key();
    if (own !== undefined) return typeof own === "string" ? keyedText(digests.of(own)) : encodeOne(own, digests);
  }
  if (Array.isArray(key)) throw unhashable("list");
  if (key instanceof Map) throw unhashable("dict");
  if (key instanceof Set) throw unhashable("set");
  return `\0i${identity(key)}`;
}

function encodeInteger(key: bigint, digests: Digests): string {
  const number = canonicalInteger(key);
  return typeof number === "bigint" ? `\0x${digests.ofInteger(number)}` : `\0p${String(number)}`;
}
