import type { Entries } from "../base/entry.ts";
import { PolynomialCountSketch } from "./count_sketch.ts";
import { Nystroem } from "./nystroem.ts";
import { AdditiveChi2Sampler, RBFSampler, SkewedChi2Sampler } from "./samplers.ts";

/** Features whose products are kernels. */
export const kernelApproximationEntries: Entries = {
  "sklearn.kernel_approximation.AdditiveChi2Sampler": (state) => new AdditiveChi2Sampler(state),
  "sklearn.kernel_approximation.Nystroem": (state) => new Nystroem(state),
  "sklearn.kernel_approximation.PolynomialCountSketch": (state) => new PolynomialCountSketch(state),
  "sklearn.kernel_approximation.RBFSampler": (state) => new RBFSampler(state),
  "sklearn.kernel_approximation.SkewedChi2Sampler": (state) => new SkewedChi2Sampler(state),
};
