/** @module What `JSON.parse` gives, as the events that its text would have been. */

import type { JsonEvents } from "./parse.ts";
import { jsonError } from "./types.ts";

interface Open {
  readonly value: object;
  readonly keys: readonly string[] | undefined;
  readonly items: readonly unknown[];
  at: number;
}

/**
 * Tells `events` of a value of arrays, plain objects and tokens.
 *
 * @throws CurtidoError E_JSON for anything that JSON does not have
 */
export function walk(root: unknown, events: JsonEvents): void {
  const stack: Open[] = [];
  const inside = new Set<object>();
  const enter = (value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      token(value, events);
      return;
    }
    if (inside.has(value)) throw jsonError("an object lies in itself");
    inside.add(value);
    if (Array.isArray(value)) {
      events.startArray();
      stack.push({ value, keys: undefined, items: value, at: 0 });
    } else {
      events.startObject();
      stack.push({ value, keys: Object.keys(value), items: Object.values(value), at: 0 });
    }
  };
  enter(root);
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    if (open.at < open.items.length) {
      if (open.keys !== undefined) events.key(open.keys[open.at]!);
      enter(open.items[open.at++]);
      continue;
    }
    stack.pop();
    inside.delete(open.value);
    if (open.keys === undefined) events.endArray();
    else events.endObject();
  }
}

function token(value: unknown, events: JsonEvents): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") events.atom(value);
  else if (typeof value === "bigint") events.integer(String(value));
  else if (typeof value !== "number") throw jsonError(`JSON has no ${typeof value}`);
  else if (Number.isSafeInteger(value) && !Object.is(value, -0)) events.integer(String(value));
  else events.float(value);
}
