import type { Entries } from "../base/entry.ts";
import { KNeighborsClassifier, KNeighborsRegressor, NeighborsEstimator } from "./neighbors.ts";

/** Nearest neighbours. */
export const neighborsEntries: Entries = {
  "sklearn.neighbors.KNeighborsClassifier": (state) => new KNeighborsClassifier(state),
  "sklearn.neighbors.KNeighborsRegressor": (state) => new KNeighborsRegressor(state),
  "sklearn.neighbors.NearestNeighbors": (state) => new NeighborsEstimator(state),
};
