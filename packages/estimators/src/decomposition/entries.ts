import type { Entries } from "../base/entry.ts";
import { PCA, TruncatedSVD } from "./pca.ts";

/** Matrix decompositions. */
export const decompositionEntries: Entries = {
  "sklearn.decomposition.PCA": (state) => new PCA(state),
  "sklearn.decomposition.IncrementalPCA": (state) => new PCA(state),
  "sklearn.decomposition.TruncatedSVD": (state) => new TruncatedSVD(state),
};
