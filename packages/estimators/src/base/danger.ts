/** @module Names whose call runs code of a file's choosing: a model never needs one, so a file that calls one is refused. */

import { type Global, isDangerous } from "@curtido/pickle";
import { estimatorError } from "./errors.ts";

/** Releases before 0.19 kept a cache of fitting in agglomerations; at worst Python makes a folder for it. */
const CACHE = "sklearn.externals.joblib.memory.Memory";

/**
 * Refuses a call that Python would make while it loads the file, by the same table as the scanner's.
 *
 * @throws CurtidoError E_UNSAFE naming it
 */
export function refuseDangerous(callable: Global): void {
  const name = callable.toString();
  if (name === CACHE || !isDangerous(callable)) return;
  throw estimatorError(
    "E_UNSAFE",
    `the file would call ${name} when Python loads it: no model needs that, so it is refused (nothing was run)`,
    { name },
  );
}
