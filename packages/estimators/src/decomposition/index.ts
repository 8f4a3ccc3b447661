/**
 * `sklearn.decomposition`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/decomposition";
 * revive(bytes, { entries }).methods;
 */

export { SparseCoding } from "./dictionary.ts";
export { decompositionEntries as entries } from "./entries.ts";
export { FactorAnalysis } from "./factor_analysis.ts";
export { FastICA } from "./fast_ica.ts";
export { KernelPCA } from "./kernel_pca.ts";
export { LatentDirichletAllocation } from "./lda.ts";
export { MiniBatchNMF, NMF } from "./nmf.ts";
export { FittedPCA, TruncatedSVD } from "./pca.ts";
export { SparsePCA } from "./sparse_pca.ts";
