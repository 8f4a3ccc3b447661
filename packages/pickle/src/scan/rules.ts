/** @module What the table says of one name. */

import type { Level } from "./levels.ts";
import type { NameVerdict } from "./report.ts";

/** How a function may be called: the check of its operands; `data` takes only data. */
export type CallCheck =
  | "data"
  | "literals"
  | "measures"
  | "buffer"
  | "stores"
  | "bag"
  | "hashed"
  | "mapping"
  | "attributes"
  | "factory"
  | "noArguments"
  | "bare"
  | "oneText"
  | "noPlace"
  | "encoding"
  | "encoded"
  | "zone"
  | "typeOf"
  | "reconstructor"
  | "newObject"
  | "newObjectWith"
  | "newOf"
  | "cython"
  | "cythonOne"
  | "pattern"
  | "arrayOf"
  | "arrayClass"
  | "maskedClass"
  | "indexClass"
  | "backedClass"
  | "dtype"
  | "scalar"
  | "bitGenerator"
  | "generator"
  | "universalFunction"
  | "partial"
  | "attribute"
  | "attributeNames"
  | "dillArray"
  | "dillType"
  | "cloudType"
  | "method"
  | "tensorOf"
  | "tensorState"
  | "allowed";

/** What a state may be. */
export type StateRule =
  | "any"
  | "none"
  | "data"
  | "keeps"
  | "entries"
  | "empty"
  | "one"
  | "metric"
  | "tree"
  | "stored"
  | "slots"
  | "array"
  | "maskedArray"
  | "wrapper"
  | "partial"
  | "distribution"
  | "booster"
  | "spline"
  | "noFormula"
  | "dtype"
  | "generator"
  | "unshared";

/** What loading may do with a name: never call it, or call it with operands that a check accepts. */
export type CallRule = "never" | CallCheck;

/** What the table says of one name. */
export interface NamePolicy {
  readonly verdict: NameVerdict;
  readonly call: CallRule;
  /** What the name itself is. */
  readonly level: Level;
  /** What a call makes: data, unless it holds more; an object; something that can be called. */
  readonly makes: Level;
  /** What may be given as the state of what it makes. */
  readonly state: StateRule;
  /** What it belongs to, so that others may take it as an operand: `array`, `index` ... */
  readonly groups: readonly string[];
}
