import { alike, type Entries, family } from "../base/entry.ts";
import { WithoutMethods } from "../base/without_methods.ts";
import { FeatureAgglomeration } from "./agglomeration.ts";
import { BisectingKMeans } from "./bisecting.ts";
import { AffinityPropagation, Birch, MeanShift } from "./centers.ts";
import { FittedKMeans } from "./kmeans.ts";

/** They label the rows of training, and have no method for new ones. */
const OF_TRAINING = `AgglomerativeClustering DBSCAN HDBSCAN OPTICS SpectralBiclustering SpectralClustering
  SpectralCoclustering`;

/** Clusters. */
export const clusterEntries: Entries = family(
  alike("sklearn.cluster", OF_TRAINING, (state) => new WithoutMethods(state)),
  [
    { name: "sklearn.cluster.AffinityPropagation", revive: (state) => new AffinityPropagation(state) },
    { name: "sklearn.cluster.Birch", revive: (state) => new Birch(state) },
    { name: "sklearn.cluster.BisectingKMeans", revive: (state) => new BisectingKMeans(state) },
    { name: "sklearn.cluster.FeatureAgglomeration", revive: (state) => new FeatureAgglomeration(state) },
    { name: "sklearn.cluster.KMeans", revive: (state) => new FittedKMeans(state) },
    { name: "sklearn.cluster.MeanShift", revive: (state) => new MeanShift(state) },
    { name: "sklearn.cluster.MiniBatchKMeans", revive: (state) => new FittedKMeans(state) },
  ],
);
