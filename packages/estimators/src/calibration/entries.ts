import type { Entries } from "../base/entry.ts";
import { CalibratedClassifier, CalibratedClassifierCV, SigmoidCalibration, TemperatureScaling } from "./calibrated.ts";

/** Calibration. */
export const calibrationEntries: Entries = {
  "sklearn.calibration.CalibratedClassifierCV": (state) => new CalibratedClassifierCV(state),
  "sklearn.calibration._CalibratedClassifier": (state) => new CalibratedClassifier(state),
  "sklearn.calibration._SigmoidCalibration": (state) => new SigmoidCalibration(state),
  "sklearn.calibration._TemperatureScaling": (state) => new TemperatureScaling(state),
};
