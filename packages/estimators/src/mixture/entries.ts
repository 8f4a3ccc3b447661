import type { Entries } from "../base/entry.ts";
import { BayesianGaussianMixture, GaussianMixture } from "./gaussian.ts";
import { GMM, VariationalGMM } from "./legacy.ts";

/** Mixtures of normal distributions. */
export const mixtureEntries: Entries = {
  "sklearn.mixture.BayesianGaussianMixture": (state) => new BayesianGaussianMixture(state),
  "sklearn.mixture.DPGMM": (state) => new VariationalGMM(state),
  "sklearn.mixture.GMM": (state) => new GMM(state),
  "sklearn.mixture.GaussianMixture": (state) => new GaussianMixture(state),
  "sklearn.mixture.VBGMM": (state) => new VariationalGMM(state),
};
