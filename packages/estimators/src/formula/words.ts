/** @module The words that formulas have beside functions: constants, contrasts, and transforms that remember. */

import type { Contrast } from "./contrasts.ts";

/** Functions that remember what training was like. */
export const TRANSFORMS: ReadonlySet<string> = new Set(["center", "standardize", "scale", "bs", "poly"]);

/** More than any formula of people has: a spline's columns are made row by row. */
export const MOST_DEGREE = 32;
export const MOST_KNOTS = 1000;

/** Names that stand for numbers. */
export const CONSTANTS: Readonly<Record<string, number>> = {
  True: 1,
  False: 0,
  "np.pi": Math.PI,
  "np.e": Math.E,
  "math.pi": Math.PI,
  "math.e": Math.E,
};

/** Contrasts by their names in small letters, in either language. */
export const CONTRASTS: Readonly<Record<string, Contrast["kind"]>> = {
  treatment: "treatment",
  sas: "treatment",
  sum: "sum",
  helmert: "helmert",
  poly: "poly",
  diff: "diff",
};
