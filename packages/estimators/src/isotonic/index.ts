/**
 * `sklearn.isotonic`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/isotonic";
 * revive(bytes, { entries }).methods;
 */
export { isotonicEntries as entries } from "./entries.ts";
export { IsotonicRegression } from "./isotonic.ts";
