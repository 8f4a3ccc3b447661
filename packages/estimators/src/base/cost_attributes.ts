/** @module The attributes of an inert instance, and which of them count for a row. */

import { Dict, type Instance, Tuple } from "@curtido/pickle";
import type { OwnCost } from "./cost.ts";

/** What training left behind, and no row is answered with. */
const LEFT_BEHIND =
  /^(named_|oob_|cv_|_?random_|_rng|_optimizer|stop_words_|(coefs|mse)_path)|(_curve|scores?|_samples)_$/;

/** Every attribute by name, and what is no mapping of them. */
interface Attributes {
  readonly named: ReadonlyMap<unknown, unknown>;
  readonly beside: readonly unknown[];
}

/** The attributes of an instance, whichever way it was given them. */
export function attributesOf({ states }: Instance): Attributes {
  const [first] = states;
  if (states.length === 1 && first instanceof Dict) return { named: first, beside: [] };
  const named = new Map<unknown, unknown>();
  const beside: unknown[] = [];
  for (const state of states) {
    // The attributes, or a pair of them and of those in slots.
    const pair = state instanceof Tuple && state.length === 2 ? state.items : [state];
    for (const part of pair) {
      if (part instanceof Dict) for (const [name, value] of part) named.set(name, value);
      else beside.push(part);
    }
  }
  return { named, beside };
}

/** Whether an attribute counts for a row. */
export function counts(name: unknown, all: ReadonlyMap<unknown, unknown>, parts: OwnCost["parts"]): boolean {
  if (typeof name !== "string") return true;
  if (parts !== undefined) return parts.includes(name);
  return !LEFT_BEHIND.test(name) && (name.endsWith("_") || !all.has(`${name}_`));
}

/** What the attribute is called that a value is. */
export function nameOf(instance: Instance, value: unknown): string | undefined {
  for (const [name, held] of attributesOf(instance).named) if (held === value) return String(name);
  return undefined;
}
