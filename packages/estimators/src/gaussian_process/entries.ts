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
export const gaussianProcessEntries: Entries = {
  "sklearn.gaussian_process.GaussianProcessRegressor": (state) => new GaussianProcessRegressor(state),
  "sklearn.gaussian_process.GaussianProcessClassifier": (state) => new GaussianProcessClassifier(state),
  "sklearn.gaussian_process._BinaryGaussianProcessClassifierLaplace": (state) =>
    new BinaryGaussianProcessClassifier(state),
  "sklearn.gaussian_process.GaussianProcess": (state) => new GaussianProcess(state),
  "sklearn.gaussian_process.ConstantKernel": (state) => new ConstantKernel(state),
  "sklearn.gaussian_process.WhiteKernel": (state) => new WhiteKernel(state),
  "sklearn.gaussian_process.RBF": (state) => new RBF(state),
  "sklearn.gaussian_process.Matern": (state) => new Matern(state),
  "sklearn.gaussian_process.RationalQuadratic": (state) => new RationalQuadratic(state),
  "sklearn.gaussian_process.ExpSineSquared": (state) => new ExpSineSquared(state),
  "sklearn.gaussian_process.DotProduct": (state) => new DotProduct(state),
  "sklearn.gaussian_process.PairwiseKernel": (state) => new PairwiseCovariance(state),
  "sklearn.gaussian_process.Sum": (state) => new Combination(state, false),
  "sklearn.gaussian_process.Product": (state) => new Combination(state, true),
  "sklearn.gaussian_process.Exponentiation": (state) => new Exponentiation(state),
  "sklearn.gaussian_process.CompoundKernel": refuseCompound,
};
