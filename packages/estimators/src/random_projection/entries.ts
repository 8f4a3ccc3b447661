import type { Entries } from "../base/entry.ts";
import { RandomProjection } from "./random_projection.ts";

/** Random projections. */
export const randomProjectionEntries: Entries = {
  "sklearn.random_projection.GaussianRandomProjection": (state) => new RandomProjection(state),
  "sklearn.random_projection.SparseRandomProjection": (state) => new RandomProjection(state),
};
