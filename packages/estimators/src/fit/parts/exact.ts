/** @module Objects that were read with `exact`, where `bigint` is an int, as they are written here, where `Float` is a float. */

import { Float, type Instance } from "@curtido/pickle";
import { Copier } from "../save/copy.ts";

class Plain extends Copier {
  protected plain(value: unknown): unknown {
    if (typeof value === "number") return new Float(value);
    return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  protected changed(made: Instance): Instance {
    return made;
  }
}

/** A copy of an object of an exact reading; arrays of numbers are shared. */
export function fromExact(value: Instance): Instance {
  return new Plain().copy(value) as Instance;
}
