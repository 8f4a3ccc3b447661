import type { Entries } from "../base/entry.ts";
import { BinaryGaussianProcessClassifier, GaussianProcessClassifier } from "./classifier.ts";
import { Combination, Exponentiation, refuseCompound } from "./covariance.ts";
import {
  ConstantKernel,
  DotProduct,
  ExpSineSquared,
  Matern,
  PairwiseCovariance,
  RationalQuadratic,
  RBF,
  WhiteKernel,
} from "./kernels.ts";
import { GaussianProcess } from "./legacy.ts";
import { GaussianProcessRegressor } from "./regressor.ts";

/** Gaussian processes and their kernels. */
export const gaussianProcessEntries: Entries = [
  { name: "sklearn.gaussian_process.GaussianProcessRegressor", revive: (state) => new GaussianProcessRegressor(state) },
  {
    name: "sklearn.gaussian_process.GaussianProcessClassifier",
    revive: (state) => new GaussianProcessClassifier(state),
    fixedLabels: true,
  },
  {
    name: "sklearn.gaussian_process._BinaryGaussianProcessClassifierLaplace",
    revive: (state) => new BinaryGaussianProcessClassifier(state),
  },
  { name: "sklearn.gaussian_process.GaussianProcess", revive: (state) => new GaussianProcess(state) },
  { name: "sklearn.gaussian_process.ConstantKernel", revive: (state) => new ConstantKernel(state) },
  { name: "sklearn.gaussian_process.WhiteKernel", revive: (state) => new WhiteKernel(state) },
  { name: "sklearn.gaussian_process.RBF", revive: (state) => new RBF(state) },
  { name: "sklearn.gaussian_process.Matern", revive: (state) => new Matern(state) },
  { name: "sklearn.gaussian_process.RationalQuadratic", revive: (state) => new RationalQuadratic(state) },
  { name: "sklearn.gaussian_process.ExpSineSquared", revive: (state) => new ExpSineSquared(state) },
  { name: "sklearn.gaussian_process.DotProduct", revive: (state) => new DotProduct(state) },
  { name: "sklearn.gaussian_process.PairwiseKernel", revive: (state) => new PairwiseCovariance(state) },
  { name: "sklearn.gaussian_process.Sum", revive: (state) => new Combination(state, false) },
  { name: "sklearn.gaussian_process.Product", revive: (state) => new Combination(state, true) },
  { name: "sklearn.gaussian_process.Exponentiation", revive: (state) => new Exponentiation(state) },
  { name: "sklearn.gaussian_process.CompoundKernel", revive: refuseCompound },
];
