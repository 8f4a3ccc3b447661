/**
 * `sklearn.kernel_approximation`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/kernel_approximation";
 * revive(bytes, { entries }).methods;
 */

export { PolynomialCountSketch } from "./count_sketch.ts";
export { kernelApproximationEntries as entries } from "./entries.ts";
export { Nystroem } from "./nystroem.ts";
export { AdditiveChi2Sampler, RBFSampler, SkewedChi2Sampler } from "./samplers.ts";
