/**
 * category_encoders: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/category_encoders";
 * revive(bytes, { entries }).methods;
 */

export { TableEncoder } from "./encoder.ts";
export { categoryEncodersEntries as entries } from "./entries.ts";
export { HashingEncoder } from "./hashing.ts";
export { MultiHotEncoder } from "./multi_hot.ts";
export { PolynomialWrapper, SummaryEncoder } from "./wrappers.ts";
