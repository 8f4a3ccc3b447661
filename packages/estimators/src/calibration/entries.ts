import type { Entries } from "../base/entry.ts";
import { CalibratedClassifier, CalibratedClassifierCV, SigmoidCalibration, TemperatureScaling } from "./calibrated.ts";

/** Calibration. */
export const calibrationEntries: Entries = [
  { name: "sklearn.calibration.CalibratedClassifierCV", revive: (state) => new CalibratedClassifierCV(state) },
  { name: "sklearn.calibration._CalibratedClassifier", revive: (state) => new CalibratedClassifier(state) },
  { name: "sklearn.calibration._SigmoidCalibration", revive: (state) => new SigmoidCalibration(state) },
  { name: "sklearn.calibration._TemperatureScaling", revive: (state) => new TemperatureScaling(state) },
];
