import type { Entries } from "../base/entry.ts";
import { SparseCoding } from "./dictionary.ts";
import { FactorAnalysis } from "./factor_analysis.ts";
import { FastICA } from "./fast_ica.ts";
import { KernelPCA } from "./kernel_pca.ts";
import { LatentDirichletAllocation } from "./lda.ts";
import { MiniBatchNMF, NMF } from "./nmf.ts";
import { PCA, TruncatedSVD } from "./pca.ts";
import { SparsePCA } from "./sparse_pca.ts";

/** Matrix decompositions. */
export const decompositionEntries: Entries = {
  "sklearn.decomposition.PCA": (state) => new PCA(state),
  "sklearn.decomposition.IncrementalPCA": (state) => new PCA(state),
  "sklearn.decomposition.TruncatedSVD": (state) => new TruncatedSVD(state),
  "sklearn.decomposition.NMF": (state) => new NMF(state),
  "sklearn.decomposition.MiniBatchNMF": (state) => new MiniBatchNMF(state),
  "sklearn.decomposition.LatentDirichletAllocation": (state) => new LatentDirichletAllocation(state),
  "sklearn.decomposition.FactorAnalysis": (state) => new FactorAnalysis(state),
  "sklearn.decomposition.FastICA": (state) => new FastICA(state),
  "sklearn.decomposition.KernelPCA": (state) => new KernelPCA(state),
  "sklearn.decomposition.SparsePCA": (state) => new SparsePCA(state),
  "sklearn.decomposition.MiniBatchSparsePCA": (state) => new SparsePCA(state),
  "sklearn.decomposition.DictionaryLearning": (state) => new SparseCoding(state, "components_"),
  "sklearn.decomposition.MiniBatchDictionaryLearning": (state) => new SparseCoding(state, "components_"),
  "sklearn.decomposition.SparseCoder": (state) => new SparseCoding(state, state.named("dictionary", "components_")),
};
