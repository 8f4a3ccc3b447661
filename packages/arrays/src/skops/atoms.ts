/** @module Texts, numbers and keys of skops' schema, which are JSON within JSON. */

import { Global, Instance } from "@curtido/pickle";
import { skopsError } from "./archive.ts";

const INTEGER = /^-?(?:0|[1-9]\d{0,4299})$/;
const NUMBER = /^-?(?:0|[1-9]\d{0,400})(?:\.\d{1,1100})?(?:[eE][+-]?\d{1,6})?$/;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * What Python's `json.loads` gives of a text, a number or a word: ints are `bigint`.
 *
 * @throws CurtidoError E_CONTAINER for lists and objects, which skops writes as nodes
 */
export function jsonAtom(json: string): unknown {
  if (WORDS.has(json)) return WORDS.get(json);
  if (INTEGER.test(json)) return BigInt(json);
  if (NUMBER.test(json)) return Number(json);
  try {
    const text: unknown = json.startsWith('"') ? JSON.parse(json) : undefined;
    if (typeof text === "string") return text;
  } catch {
    // It is no text: said below.
  }
  throw skopsError(`'${json.slice(0, 50)}' is no JSON that skops writes`);
}

/** How JSON spells what is no text as a key. */
const SPELLED: ReadonlyMap<string, (key: string) => unknown> = new Map<string, (key: string) => unknown>([
  ["builtins.str", (key) => key],
  ["builtins.int", integer],
  ["builtins.float", float],
  // Python takes every text but the empty one for True: what skops itself gives for False, too.
  ["builtins.bool", (key) => key !== ""],
]);

/** The key of a dict, of the type that the schema names: those of numpy are read as the plain ones that equal them. */
export function keyOf(key: string, type: string): unknown {
  const known = SPELLED.get(type);
  if (known !== undefined) return known(key);
  if (/^numpy\.(str_|object_)$/.test(type)) return key;
  if (/^numpy\.u?int(8|16|32|64|c|p)$/.test(type)) return integer(key);
  if (/^numpy\.float(16|32|64)$/.test(type)) return float(key);
  const dot = type.lastIndexOf(".");
  return new Instance(new Global(type.slice(0, dot), type.slice(dot + 1)), [key], "reduce");
}

function integer(key: string): bigint {
  if (INTEGER.test(key)) return BigInt(key);
  throw skopsError(`'${key.slice(0, 50)}' is no whole number`);
}

function float(key: string): number {
  const value = INTEGER.test(key) ? Number(key) : jsonAtom(key);
  if (typeof value === "number") return value;
  throw skopsError(`'${key.slice(0, 50)}' is no number`);
}
