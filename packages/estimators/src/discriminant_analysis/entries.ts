import type { Entries } from "../base/entry.ts";
import { LinearDiscriminantAnalysis } from "./linear.ts";
import { QuadraticDiscriminantAnalysis } from "./quadratic.ts";

/** Discriminant analysis; LDA and QDA are what releases before 0.18 called it. */
export const discriminantAnalysisEntries: Entries = {
  "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": (state) => new LinearDiscriminantAnalysis(state),
  "sklearn.discriminant_analysis.LDA": (state) => new LinearDiscriminantAnalysis(state),
  "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis": (state) => new QuadraticDiscriminantAnalysis(state),
  "sklearn.discriminant_analysis.QDA": (state) => new QuadraticDiscriminantAnalysis(state),
};
