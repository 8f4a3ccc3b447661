/** @module A `.cbm` file as the pickled object that holds the same. */

import { CatModelError } from "./flatbuffer.ts";
import { classFor, lossNoted } from "./notes.ts";
import { readCatModel } from "./read.ts";

/** Python's class for a `.cbm` file, and the attributes that `load_model` gives it. */
export function catboostObject(bytes: Uint8Array): {
  readonly name: string;
  readonly state: readonly (readonly [string, unknown])[];
} {
  const loss = lossOfFile(bytes);
  return {
    name: classFor(loss),
    state: [
      ["loss_function", loss],
      ["__model", bytes],
    ],
  };
}

/** A malformed file has none: reading the model says what is wrong with it. */
function lossOfFile(bytes: Uint8Array): string {
  try {
    return lossNoted(readCatModel(bytes).notes);
  } catch (error) {
    if (error instanceof CatModelError) return "";
    throw error;
  }
}
