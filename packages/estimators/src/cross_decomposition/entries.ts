import type { Entries } from "../base/entry.ts";
import { PLS, PLSSVD } from "./pls.ts";

/** Directions that rows and targets share. */
export const crossDecompositionEntries: Entries = [
  { name: "sklearn.cross_decomposition.PLSRegression", revive: (state) => new PLS(state) },
  { name: "sklearn.cross_decomposition.PLSCanonical", revive: (state) => new PLS(state) },
  { name: "sklearn.cross_decomposition.CCA", revive: (state) => new PLS(state) },
  { name: "sklearn.cross_decomposition.PLSSVD", revive: (state) => new PLSSVD(state) },
];
