/** @module `FILE#PART`: a place within what a file holds, such as `pipe`, `1` or `best.model`. */

import { NdArray } from "@curtido/arrays";
import { Dict, Instance, Tuple } from "@curtido/pickle";
import { plainOf } from "../base/plain.ts";
import { attributesOf } from "../base/state.ts";

/** How many characters a place has at most. */
const LONGEST = 1_000;

/** What a value holds, by names: the keys of a dict, the places of a list, the attributes of an object. */
export function membersOf(value: unknown): Iterable<readonly [name: string, value: unknown]> {
  if (value instanceof Dict) return named(value);
  if (value instanceof Instance) {
    const items = value.items.map((item, at) => [String(at), item] as const);
    return [...named(attributesOf(value)), ...named(value.entries), ...items];
  }
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : objectsOf(value);
  return (items ?? []).map((item, at) => [String(at), item] as const);
}

/** Elements of an array of objects, which numpy makes of a list of models. */
function objectsOf(value: unknown): readonly unknown[] | undefined {
  const array = value instanceof NdArray ? value : undefined;
  return array?.dtype.kind === "O" ? array.flat() : undefined;
}

function* named(entries: Iterable<readonly [unknown, unknown]>): Generator<readonly [string, unknown]> {
  for (const [key, value] of entries) {
    if (typeof key === "string" || typeof key === "number" || typeof key === "bigint") yield [String(key), value];
  }
}

/**
 * What stands at a place; `undefined` when there is nothing. A name with a dot in it is found too.
 *
 * @example
 * partAt(loads(bytes), "best.model");
 */
export function partAt(value: unknown, place: string): unknown {
  if (place === "") return value;
  if (place.length > LONGEST) return undefined;
  const members = new Map(membersOf(plainOf(value)));
  // The longest name first: `a.b` may be one key.
  for (let end = place.length; end > 0; end = place.lastIndexOf(".", end - 1)) {
    const name = place.slice(0, end);
    if (!members.has(name)) continue;
    const found = partAt(members.get(name), place.slice(end + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The place of a member. */
export function placeOf(parent: string, name: string): string {
  return parent === "" ? name : `${parent}.${name}`;
}
