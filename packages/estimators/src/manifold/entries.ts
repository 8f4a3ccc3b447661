import type { Entries } from "../base/entry.ts";
import { Isomap } from "./isomap.ts";
import { LocallyLinearEmbedding } from "./locally_linear.ts";

/** Embeddings that take new rows. */
export const manifoldEntries: Entries = {
  "sklearn.manifold.Isomap": (state) => new Isomap(state),
  "sklearn.manifold.LocallyLinearEmbedding": (state) => new LocallyLinearEmbedding(state),
};
