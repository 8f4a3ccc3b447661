/**
 * lifelines: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/lifelines";
 * revive(bytes, { entries }).survivalFunction([{ age: 27, prio: 3 }]);
 */
export { lifelinesEntries as entries } from "./entries.ts";
export { AcceleratedFailureTime, CoxPH } from "./regression.ts";
export { LifetimeCurve, StepCurve } from "./univariate.ts";
