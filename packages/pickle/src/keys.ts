/** @module When two dict keys are one: Python's equality and hashability over inert values. */

import { CurtidoError } from "./errors.ts";
import { isComposite, isKeyed, KEY_TEXT, unhashable } from "./keyed.ts";
import { defaultLimits } from "./limits.ts";
import { latin1Of } from "./text.ts";

/** Characters that a key of tuples may come to when it is written out. */
const MOST_CHARACTERS = 1 << 26;

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
 * by identity. Most strings and numbers are their own.
 *
 * @param depth - how deep tuples and frozensets may lie in each other
 *
 * @throws CurtidoError E_UNHASHABLE for lists, dicts, sets and bytearrays; E_LIMIT for keys that are nested too deeply
 */
export function canonicalKey(key: unknown, depth = defaultLimits.keyDepth): unknown {
  switch (typeof key) {
    case "string":
      return key.charCodeAt(0) === 0 ? `\0s${key}` : key;
    case "number":
      return canonicalNumber(key);
    case "boolean":
      return key ? 1 : 0;
    case "bigint":
      return canonicalInteger(key);
    default:
      return key === null ? null : canonicalObject(key as object, depth);
  }
}

/** What an object that serves as a key is the same as: a number, where Python says that they are equal. */
function canonicalObject(key: object, depth: number): unknown {
  const own = isKeyed(key) ? key.key() : undefined;
  if (own !== undefined) return typeof own === "string" ? keyedText(own) : canonicalKey(own);
  return encode(key, depth, { left: MOST_CHARACTERS });
}

function canonicalNumber(key: number): unknown {
  if (Number.isNaN(key)) return Symbol("nan");
  return Number.isInteger(key) && !Number.isSafeInteger(key) ? BigInt(key) : key;
}

function canonicalInteger(key: bigint): unknown {
  return key >= -9007199254740991n && key <= 9007199254740991n ? Number(key) : key;
}

/** What is left of what a key may come to: shared tuples in tuples are small in a file and without end written out. */
interface Budget {
  left: number;
}

function encode(key: unknown, depth: number, budget: Budget): string {
  if (depth < 0) throw new CurtidoError("E_LIMIT", "a key is nested too deeply", { limit: "keyDepth" });
  if (typeof key === "object" && key !== null && isComposite(key))
    return key[KEY_TEXT]((item) => encode(item, depth - 1, budget));
  const text = encodeOne(key);
  budget.left -= text.length;
  if (budget.left < 0) throw new CurtidoError("E_LIMIT", "a key is too large", { limit: "keyCharacters" });
  return text;
}

const keyedText = (own: string): string => `\0k${own.length}:${own}`;

function encodeOne(key: unknown): string {
  if (typeof key === "number" && Number.isNaN(key)) return `\0n${nextIdentity++}`;
  if (typeof key === "string") return `\0s${key.length}:${key}`;
  if (typeof key !== "object" || key === null) return `\0p${String(canonicalKey(key))}`;
  if (key instanceof Uint8Array) return `\0b${key.length}:${latin1Of(key)}`;
  if (isKeyed(key)) {
    const own = key.key();
    if (own !== undefined) return typeof own === "string" ? keyedText(own) : encodeOne(own);
  }
  if (Array.isArray(key)) throw unhashable("list");
  return `\0i${identity(key)}`;
}
