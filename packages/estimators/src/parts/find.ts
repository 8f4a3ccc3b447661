/** @module The estimators that a file holds among plain data: a dict, a tuple, an object of the user's own class. */

import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { Classes } from "../base/classes.ts";
import { plainOf } from "../base/plain.ts";
import { attributesOf } from "../base/state.ts";
import { membersOf, placeOf } from "./path.ts";

/** How deeply, and among how many values, estimators are looked for. */
const MOST_DEEP = 6;
const MOST_LOOKED_AT = 10_000;
/** How many parts are told apart. */
const MOST_PARTS = 64;

/** Something in a file that may be an estimator. */
export interface Candidate {
  /** Where it stands: `encoders.sex`. */
  readonly place: string;
  readonly value: Instance;
  /** What it lies in, with its name there. */
  readonly parent: unknown;
  readonly name: string;
}

/** Whether an object is an estimator by itself, if of an unknown class: scikit-learn notes its release in those. */
function isEstimatorLike(value: Instance): boolean {
  return attributesOf(value).has("_sklearn_version");
}

/** Whether a value may hold estimators without being one. */
export function isContainer(value: unknown, classes: Classes, names: Readonly<Record<string, unknown>>): boolean {
  if (value instanceof Instance) return !classes.knows(value, names) && !isEstimatorLike(value);
  return value instanceof Dict || value instanceof Tuple || Array.isArray(value);
}

/**
 * What may be an estimator within a value that is none, in the order of the file; what is there twice once.
 *
 * @example
 * candidatesIn(loads(bytes), classes, {}).map(({ place }) => place); // ["scaler", "model"]
 */
export function candidatesIn(
  root: unknown,
  classes: Classes,
  names: Readonly<Record<string, unknown>>,
): readonly Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<unknown>([root]);
  let open: (readonly [place: string, value: unknown])[] = [["", root]];
  for (let deep = 0; deep < MOST_DEEP && open.length > 0; deep++) {
    const next: (readonly [string, unknown])[] = [];
    for (const [place, value] of open) {
      for (const [name, held] of membersOf(value)) {
        if (typeof held !== "object" || held === null || seen.has(held)) continue;
        if (seen.size >= MOST_LOOKED_AT || found.length >= MOST_PARTS) return found;
        seen.add(held);
        const member = plainOf(held);
        const at = placeOf(place, name);
        if (isContainer(member, classes, names) || !(member instanceof Instance)) next.push([at, member]);
        else found.push({ place: at, value: member, parent: value, name });
      }
    }
    open = next;
  }
  return found;
}
