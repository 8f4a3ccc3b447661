import type { Entries } from "../base/entry.ts";
import { IterativeImputer } from "./iterative.ts";
import { KNNImputer } from "./knn.ts";
import { MissingIndicator, SimpleImputer } from "./simple.ts";

/** Imputation. */
export const imputeEntries: Entries = {
  "sklearn.impute.SimpleImputer": (state) => new SimpleImputer(state),
  "sklearn.impute.Imputer": (state) => new SimpleImputer(state),
  "sklearn.impute.IterativeImputer": (state) => new IterativeImputer(state),
  "sklearn.impute.KNNImputer": (state) => new KNNImputer(state),
  "sklearn.impute.MissingIndicator": (state) => new MissingIndicator(state),
};
