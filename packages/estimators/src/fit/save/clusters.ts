/** @module KMeans and PCA as older releases pickle them. */

import type { Dict } from "@curtido/pickle";
import type { Layouts } from "./layout.ts";

/** `n_init` was a number. */
function numberOfStarts(state: Dict<unknown>): undefined {
  if (state.get("n_init") === "auto") state.set("n_init", state.get("_n_init") ?? 10);
  return undefined;
}

/** Lloyd's algorithm was called `full`. */
function olderAlgorithm(state: Dict<unknown>): undefined {
  for (const name of ["algorithm", "_algorithm"]) if (state.get(name) === "lloyd") state.set(name, "full");
  return undefined;
}

function olderParameters(state: Dict<unknown>): undefined {
  state.set("precompute_distances", "deprecated");
  state.set("n_jobs", "deprecated");
  return undefined;
}

function oldestParameters(state: Dict<unknown>): undefined {
  state.set("precompute_distances", "auto");
  state.set("n_jobs", null);
  return undefined;
}

function numberOfFeatures(state: Dict<unknown>): undefined {
  if (state.has("n_features_in_")) state.set("n_features_", state.get("n_features_in_"));
  return undefined;
}

/** What learns without targets. */
export const CLUSTER_LAYOUTS: Layouts = {
  "sklearn.cluster.KMeans": {
    changes: [
      { before: "1.2", change: numberOfStarts },
      { before: "1.1", change: olderAlgorithm },
      { before: "1.0", change: olderParameters },
      { before: "0.23", change: oldestParameters },
    ],
  },
  "sklearn.decomposition.PCA": { changes: [{ before: "1.4", change: numberOfFeatures }] },
};
