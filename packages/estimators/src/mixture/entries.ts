import type { Entries } from "../base/entry.ts";
import { BayesianGaussianMixture, GaussianMixture } from "./gaussian.ts";
import { GMM, VariationalGMM } from "./legacy.ts";

/** Mixtures of normal distributions. */
export const mixtureEntries: Entries = [
  { name: "sklearn.mixture.BayesianGaussianMixture", revive: (state) => new BayesianGaussianMixture(state) },
  { name: "sklearn.mixture.DPGMM", revive: (state) => new VariationalGMM(state) },
  { name: "sklearn.mixture.GMM", revive: (state) => new GMM(state) },
  { name: "sklearn.mixture.GaussianMixture", revive: (state) => new GaussianMixture(state) },
  { name: "sklearn.mixture.VBGMM", revive: (state) => new VariationalGMM(state) },
];
