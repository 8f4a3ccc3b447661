import type { Entries } from "../base/entry.ts";
import { PolynomialCountSketch } from "./count_sketch.ts";
import { Nystroem } from "./nystroem.ts";
import { AdditiveChi2Sampler, RBFSampler, SkewedChi2Sampler } from "./samplers.ts";

/** Features whose products are kernels. */
export const kernelApproximationEntries: Entries = [
  { name: "sklearn.kernel_approximation.AdditiveChi2Sampler", revive: (state) => new AdditiveChi2Sampler(state) },
  { name: "sklearn.kernel_approximation.Nystroem", revive: (state) => new Nystroem(state) },
  { name: "sklearn.kernel_approximation.PolynomialCountSketch", revive: (state) => new PolynomialCountSketch(state) },
  { name: "sklearn.kernel_approximation.RBFSampler", revive: (state) => new RBFSampler(state) },
  { name: "sklearn.kernel_approximation.SkewedChi2Sampler", revive: (state) => new SkewedChi2Sampler(state) },
];
