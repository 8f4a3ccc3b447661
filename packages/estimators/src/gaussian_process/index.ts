/**
 * `sklearn.gaussian_process`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/gaussian_process";
 * revive(bytes, { entries }).methods;
 */

export { BinaryGaussianProcessClassifier, GaussianProcessClassifier } from "./classifier.ts";
export { Combination, Exponentiation } from "./covariance.ts";
export { gaussianProcessEntries as entries } from "./entries.ts";
export {
  ConstantKernel,
  DotProduct,
  ExpSineSquared,
  Matern,
  PairwiseCovariance,
  RationalQuadratic,
  RBF,
  WhiteKernel,
} from "./kernels.ts";
export { GaussianProcess } from "./legacy.ts";
export { GaussianProcessRegressor } from "./regressor.ts";
