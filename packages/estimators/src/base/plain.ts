/** @module Inert objects of numpy as what they are, where nothing is known yet of what they are for. */

import { reviveNumpy } from "@curtido/arrays";
import { Instance } from "@curtido/pickle";

/** An inert object of numpy as the array that it is; anything else as it is. */
export function plainOf(value: unknown): unknown {
  if (!(value instanceof Instance)) return value;
  try {
    return reviveNumpy(value) ?? value;
  } catch {
    return value; // malformed: whoever needs it says so
  }
}
