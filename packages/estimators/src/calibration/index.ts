/**
 * `sklearn.calibration`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/calibration";
 * revive(bytes, { entries }).methods;
 */

export { CalibratedClassifier, CalibratedClassifierCV, SigmoidCalibration, TemperatureScaling } from "./calibrated.ts";
export { calibrationEntries as entries } from "./entries.ts";
