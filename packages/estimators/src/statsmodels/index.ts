/**
 * statsmodels: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/statsmodels";
 * revive(bytes, { entries }).predict([{ x: 1, g: "a" }]);
 */

export { LegacyArma } from "./arma.ts";
export { statsmodelsEntries as entries } from "./entries.ts";
export { HoltWinters } from "./holt_winters.ts";
export { RegressionResults } from "./results.ts";
export { StateSpace } from "./state_space.ts";
export { VectorAutoregression } from "./var.ts";
