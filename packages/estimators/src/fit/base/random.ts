/** @module Seeds. */

import { estimatorError } from "../../base/errors.ts";

/** The greatest seed that numpy takes. */
const MOST_SEED = 2 ** 32 - 1;

/** The seed among the parameters; an unforeseen one for `null`. */
export function seedOf(parameters: ReadonlyMap<string, unknown>): number {
  return checkedSeed(parameters.get("randomState") as number | null);
}

/** A seed, or an unforeseen one for `null` and `undefined`. */
export function checkedSeed(seed: number | null | undefined): number {
  if (seed === null || seed === undefined) return Math.floor(Math.random() * (MOST_SEED + 1));
  if (Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED) return seed;
  throw estimatorError("E_UNSUPPORTED", `'randomState' is an integer from 0 to ${MOST_SEED}, not ${seed}`, {
    path: "randomState",
  });
}
