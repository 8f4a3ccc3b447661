import type { Entries } from "../base/entry.ts";
import { costOfCoding, costOfNMF, costOfTopics } from "./cost.ts";
import { SparseCoding } from "./dictionary.ts";
import { FactorAnalysis } from "./factor_analysis.ts";
import { FastICA } from "./fast_ica.ts";
import { KernelPCA } from "./kernel_pca.ts";
import { LatentDirichletAllocation } from "./lda.ts";
import { MiniBatchNMF, NMF } from "./nmf.ts";
import { FittedPCA, TruncatedSVD } from "./pca.ts";
import { SparsePCA } from "./sparse_pca.ts";

/** Matrix decompositions. */
export const decompositionEntries: Entries = [
  { name: "sklearn.decomposition.PCA", revive: (state) => new FittedPCA(state, true) },
  { name: "sklearn.decomposition.IncrementalPCA", revive: (state) => new FittedPCA(state, false) },
  { name: "sklearn.decomposition.TruncatedSVD", revive: (state) => new TruncatedSVD(state) },
  { name: "sklearn.decomposition.NMF", revive: (state) => new NMF(state), cost: costOfNMF },
  { name: "sklearn.decomposition.MiniBatchNMF", revive: (state) => new MiniBatchNMF(state), cost: costOfNMF },
  {
    name: "sklearn.decomposition.LatentDirichletAllocation",
    revive: (state) => new LatentDirichletAllocation(state),
    cost: costOfTopics,
  },
  { name: "sklearn.decomposition.FactorAnalysis", revive: (state) => new FactorAnalysis(state) },
  { name: "sklearn.decomposition.FastICA", revive: (state) => new FastICA(state) },
  { name: "sklearn.decomposition.KernelPCA", revive: (state) => new KernelPCA(state) },
  { name: "sklearn.decomposition.SparsePCA", revive: (state) => new SparsePCA(state) },
  { name: "sklearn.decomposition.MiniBatchSparsePCA", revive: (state) => new SparsePCA(state) },
  {
    name: "sklearn.decomposition.DictionaryLearning",
    revive: (state) => new SparseCoding(state, "components_"),
    cost: costOfCoding("components_"),
  },
  {
    name: "sklearn.decomposition.MiniBatchDictionaryLearning",
    revive: (state) => new SparseCoding(state, "components_"),
    cost: costOfCoding("components_"),
  },
  {
    name: "sklearn.decomposition.SparseCoder",
    revive: (state) => new SparseCoding(state, state.named("dictionary", "components_")),
    cost: costOfCoding("dictionary", "components_"),
  },
];
