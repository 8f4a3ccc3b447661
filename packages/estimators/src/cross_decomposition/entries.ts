import type { Entries } from "../base/entry.ts";
import { PLS, PLSSVD } from "./pls.ts";

/** Directions that rows and targets share. */
export const crossDecompositionEntries: Entries = {
  "sklearn.cross_decomposition.PLSRegression": (state) => new PLS(state),
  "sklearn.cross_decomposition.PLSCanonical": (state) => new PLS(state),
  "sklearn.cross_decomposition.CCA": (state) => new PLS(state),
  "sklearn.cross_decomposition.PLSSVD": (state) => new PLSSVD(state),
};
