/** @module From inert pickle values to arrays: one value, or everything in a graph. */

import { Dict, FrozenSet, Instance, type LoadOptions, loads as loadsPlain, PySet, Tuple } from "@curtido/pickle";
import { reviveNumpy } from "./numpy.ts";

/** The array, matrix or frame that one inert value stands for; anything else as it is. */
export function reviveValue(value: unknown): unknown {
  return reviveNumpy(value) ?? value;
}

export { Dict, FrozenSet, Instance, type LoadOptions, loadsPlain, PySet, Tuple };

/** Reads a pickle. */
export function loads(bytes: Uint8Array, options: LoadOptions = {}): unknown {
  return loadsPlain(bytes, options);
}
