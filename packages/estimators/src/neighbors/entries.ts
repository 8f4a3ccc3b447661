import type { Entries } from "../base/entry.ts";
import { NeighborhoodComponentsAnalysis } from "./components.ts";
import { KNeighborsTransformer, RadiusNeighborsTransformer } from "./graph.ts";
import { KernelDensity } from "./kernel_density.ts";
import { NearestCentroid } from "./nearest_centroid.ts";
import { KNeighborsClassifier, KNeighborsRegressor, NearestNeighbors } from "./neighbors.ts";
import { LocalOutlierFactor } from "./outlier_factor.ts";
import { RadiusNeighborsClassifier, RadiusNeighborsRegressor } from "./radius.ts";

/** Nearest neighbours. */
export const neighborsEntries: Entries = {
  "sklearn.neighbors.KNeighborsClassifier": (state) => new KNeighborsClassifier(state),
  "sklearn.neighbors.KNeighborsRegressor": (state) => new KNeighborsRegressor(state),
  "sklearn.neighbors.KNeighborsTransformer": (state) => new KNeighborsTransformer(state),
  "sklearn.neighbors.KernelDensity": (state) => new KernelDensity(state),
  "sklearn.neighbors.LocalOutlierFactor": (state) => new LocalOutlierFactor(state),
  "sklearn.neighbors.NeighborhoodComponentsAnalysis": (state) => new NeighborhoodComponentsAnalysis(state),
  "sklearn.neighbors.NearestCentroid": (state) => new NearestCentroid(state),
  "sklearn.neighbors.NearestNeighbors": (state) => new NearestNeighbors(state),
  "sklearn.neighbors.RadiusNeighborsClassifier": (state) => new RadiusNeighborsClassifier(state),
  "sklearn.neighbors.RadiusNeighborsRegressor": (state) => new RadiusNeighborsRegressor(state),
  "sklearn.neighbors.RadiusNeighborsTransformer": (state) => new RadiusNeighborsTransformer(state),
};
