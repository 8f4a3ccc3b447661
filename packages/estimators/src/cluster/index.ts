/**
 * `sklearn.cluster`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/cluster";
 * revive(bytes, { entries }).methods;
 */

export { FeatureAgglomeration } from "./agglomeration.ts";
export { BisectingKMeans } from "./bisecting.ts";
export { AffinityPropagation, Birch, MeanShift } from "./centers.ts";
export { clusterEntries as entries } from "./entries.ts";
export { FittedKMeans } from "./kmeans.ts";
