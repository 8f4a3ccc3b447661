import type { Entries } from "../base/entry.ts";
import { RandomProjection } from "./random_projection.ts";

/** Random projections. */
export const randomProjectionEntries: Entries = [
  { name: "sklearn.random_projection.GaussianRandomProjection", revive: (state) => new RandomProjection(state) },
  { name: "sklearn.random_projection.SparseRandomProjection", revive: (state) => new RandomProjection(state) },
];
