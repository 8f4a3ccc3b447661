import type { Entries } from "../base/entry.ts";
import { IterativeImputer } from "./iterative.ts";
import { KNNImputer } from "./knn.ts";
import { FittedSimpleImputer, MissingIndicator } from "./simple.ts";

/** Imputation. */
export const imputeEntries: Entries = [
  { name: "sklearn.impute.SimpleImputer", revive: (state) => new FittedSimpleImputer(state) },
  { name: "sklearn.impute.Imputer", revive: (state) => new FittedSimpleImputer(state) },
  { name: "sklearn.impute.IterativeImputer", revive: (state) => new IterativeImputer(state) },
  { name: "sklearn.impute.KNNImputer", revive: (state) => new KNNImputer(state) },
  { name: "sklearn.impute.MissingIndicator", revive: (state) => new MissingIndicator(state) },
];
