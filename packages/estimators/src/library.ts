/** @module Which library trained a part of a file, by what the part says of itself. */

import { Dict, Global, Instance } from "@curtido/pickle";
import { CLASSES } from "./registry.ts";

/**
 * The library, and where the model says it the release, that trained what an object holds; `undefined` for objects of other
 * libraries. LightGBM's models say the release of their format alone.
 *
 * @example
 * libraryOf(booster); // "XGBoost 3.2.0"
 */
export function libraryOf(value: unknown): string | undefined {
  if (!(value instanceof Instance) || !(value.class instanceof Global)) return undefined;
  const library = CLASSES.find(value.class.module, value.class.name)?.library;
  if (library === undefined) return undefined;
  const model = library.held.map((name) => attributeOf(value, name)).find((each) => each !== undefined);
  const release = library.release(model);
  return release === undefined ? library.name : `${library.name} ${release}`;
}

function attributeOf(value: Instance, name: string): unknown {
  for (const state of value.states) {
    const found = state instanceof Dict ? state.get(name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
