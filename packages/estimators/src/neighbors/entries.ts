import type { Entries } from "../base/entry.ts";
import { NeighborhoodComponentsAnalysis } from "./components.ts";
import { KNeighborsTransformer, RadiusNeighborsTransformer } from "./graph.ts";
import { KernelDensity } from "./kernel_density.ts";
import { NearestCentroid } from "./nearest_centroid.ts";
import { FittedKNeighborsClassifier, FittedKNeighborsRegressor, NearestNeighbors } from "./neighbors.ts";
import { LocalOutlierFactor } from "./outlier_factor.ts";
import { RadiusNeighborsClassifier, RadiusNeighborsRegressor } from "./radius.ts";

/** Nearest neighbours. */
export const neighborsEntries: Entries = [
  { name: "sklearn.neighbors.KNeighborsClassifier", revive: (state) => new FittedKNeighborsClassifier(state) },
  { name: "sklearn.neighbors.KNeighborsRegressor", revive: (state) => new FittedKNeighborsRegressor(state) },
  { name: "sklearn.neighbors.KNeighborsTransformer", revive: (state) => new KNeighborsTransformer(state) },
  { name: "sklearn.neighbors.KernelDensity", revive: (state) => new KernelDensity(state) },
  { name: "sklearn.neighbors.LocalOutlierFactor", revive: (state) => new LocalOutlierFactor(state) },
  {
    name: "sklearn.neighbors.NeighborhoodComponentsAnalysis",
    revive: (state) => new NeighborhoodComponentsAnalysis(state),
  },
  { name: "sklearn.neighbors.NearestCentroid", revive: (state) => new NearestCentroid(state) },
  { name: "sklearn.neighbors.NearestNeighbors", revive: (state) => new NearestNeighbors(state) },
  { name: "sklearn.neighbors.RadiusNeighborsClassifier", revive: (state) => new RadiusNeighborsClassifier(state) },
  { name: "sklearn.neighbors.RadiusNeighborsRegressor", revive: (state) => new RadiusNeighborsRegressor(state) },
  { name: "sklearn.neighbors.RadiusNeighborsTransformer", revive: (state) => new RadiusNeighborsTransformer(state) },
];
