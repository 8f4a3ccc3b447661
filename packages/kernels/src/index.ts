/** @module Arithmetic that must be fast, with the bits that numpy and glibc give. */

export { AffineMap, type AffineOptions } from "./affine-map.ts";
export { kv } from "./bessel.ts";
export { ClusterSpace } from "./clusters.ts";
export { exp, expit } from "./exp.ts";
export { expm1, tanh } from "./expm1.ts";
export { digamma, lgamma } from "./gamma.ts";
export { TreeGrower } from "./grow/grower.ts";
export type { CriterionName, FeatureColumns, GrownTree, TreeRules } from "./grow/types.ts";
export { type HistogramNode, type HistogramSizes, HistogramSpace } from "./histograms.ts";
export { affine, dot, matmul, squaredDistances, squaredNorms } from "./linear.ts";
export { log } from "./log.ts";
export { log1p } from "./log1p.ts";
export { type LogisticBlocks, LogisticPass } from "./logistic.ts";
export { type Block, MatrixMemory } from "./matrix/memory.ts";
export type { MatrixOperations, Strided } from "./matrix/operations.ts";
export { erf, erfc, ndtr, ndtri } from "./normal.ts";
export { Pcg64, type Pcg64State } from "./pcg64.ts";
export { pow } from "./pow.ts";
export { type MersenneState, RandomState } from "./random_state.ts";
export {
  type SupportKernel,
  type SupportProblem,
  type SupportRules,
  type SupportSolution,
  SupportSpace,
} from "./smo.ts";
export { pairwiseSum, pairwiseSumFloat32, sumColumns, sumRows } from "./sum.ts";
export { gamma } from "./tgamma.ts";
export { TreeEnsemble } from "./trees/ensemble.ts";
export {
  type RawField,
  type RawLayout,
  type RawTree,
  type TreeOptions,
  TreeShapeError,
  type TreeSource,
} from "./trees/types.ts";
