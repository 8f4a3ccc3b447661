/** @module Classes of scikit-learn that label or embed the rows of training and have no method for new ones. */

import type { Entries } from "./base/entry.ts";
import { WithoutMethods } from "./base/without_methods.ts";

const NAMES: Readonly<Record<string, string>> = {
  cluster: `AgglomerativeClustering DBSCAN HDBSCAN OPTICS SpectralBiclustering SpectralClustering SpectralCoclustering`,
  manifold: "ClassicalMDS MDS SpectralEmbedding TSNE",
};

/** They load, and show what they found. */
export const withoutMethodsEntries: Entries = Object.fromEntries(
  Object.entries(NAMES).flatMap(([module, names]) =>
    names.split(" ").map((name) => [`sklearn.${module}.${name}`, (state) => new WithoutMethods(state)] as const),
  ),
);
