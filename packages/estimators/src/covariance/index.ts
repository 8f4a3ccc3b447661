/**
 * `sklearn.covariance`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/covariance";
 * revive(bytes, { entries }).methods;
 */

export { Covariance, EllipticEnvelope } from "./covariance.ts";
export { covarianceEntries as entries } from "./entries.ts";
