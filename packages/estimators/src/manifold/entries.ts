import { alike, type Entries, family } from "../base/entry.ts";
import { WithoutMethods } from "../base/without_methods.ts";
import { Isomap } from "./isomap.ts";
import { LocallyLinearEmbedding } from "./locally_linear.ts";

/** They embed the rows of training, and have no method for new ones. */
const OF_TRAINING = "ClassicalMDS MDS SpectralEmbedding TSNE";

/** Embeddings. */
export const manifoldEntries: Entries = family(
  alike("sklearn.manifold", OF_TRAINING, (state) => new WithoutMethods(state)),
  [
    { name: "sklearn.manifold.Isomap", revive: (state) => new Isomap(state) },
    { name: "sklearn.manifold.LocallyLinearEmbedding", revive: (state) => new LocallyLinearEmbedding(state) },
  ],
);
