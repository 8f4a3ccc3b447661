/**
 * `sklearn.neighbors`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/neighbors";
 * revive(bytes, { entries }).methods;
 */

export { NeighborhoodComponentsAnalysis } from "./components.ts";
export { neighborsEntries as entries } from "./entries.ts";
export { KNeighborsTransformer, RadiusNeighborsTransformer } from "./graph.ts";
export { KernelDensity } from "./kernel_density.ts";
export { NearestCentroid } from "./nearest_centroid.ts";
export { FittedKNeighborsClassifier, FittedKNeighborsRegressor, NearestNeighbors } from "./neighbors.ts";
export { LocalOutlierFactor } from "./outlier_factor.ts";
export { RadiusNeighborsClassifier, RadiusNeighborsRegressor } from "./radius.ts";
