import type { Entries } from "../base/entry.ts";
import { BisectingKMeans } from "./bisecting.ts";
import { KMeans } from "./kmeans.ts";

/** Clusters. */
export const clusterEntries: Entries = {
  "sklearn.cluster.BisectingKMeans": (state) => new BisectingKMeans(state),
  "sklearn.cluster.KMeans": (state) => new KMeans(state),
  "sklearn.cluster.MiniBatchKMeans": (state) => new KMeans(state),
};
