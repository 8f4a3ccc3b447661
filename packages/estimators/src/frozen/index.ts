/**
 * `sklearn.frozen`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/frozen";
 * revive(bytes, { entries }).methods;
 */
export { frozenEntries as entries } from "./entries.ts";
