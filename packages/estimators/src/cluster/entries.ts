import type { Entries } from "../base/entry.ts";
import { FeatureAgglomeration } from "./agglomeration.ts";
import { BisectingKMeans } from "./bisecting.ts";
import { AffinityPropagation, Birch, MeanShift } from "./centers.ts";
import { KMeans } from "./kmeans.ts";

/** Clusters. */
export const clusterEntries: Entries = {
  "sklearn.cluster.AffinityPropagation": (state) => new AffinityPropagation(state),
  "sklearn.cluster.Birch": (state) => new Birch(state),
  "sklearn.cluster.BisectingKMeans": (state) => new BisectingKMeans(state),
  "sklearn.cluster.FeatureAgglomeration": (state) => new FeatureAgglomeration(state),
  "sklearn.cluster.KMeans": (state) => new KMeans(state),
  "sklearn.cluster.MeanShift": (state) => new MeanShift(state),
  "sklearn.cluster.MiniBatchKMeans": (state) => new KMeans(state),
};
