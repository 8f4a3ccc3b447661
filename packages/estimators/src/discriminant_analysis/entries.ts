import type { Entries } from "../base/entry.ts";
import { LinearDiscriminantAnalysis } from "./linear.ts";
import { QuadraticDiscriminantAnalysis } from "./quadratic.ts";

/** Discriminant analysis; LDA and QDA are what releases before 0.18 called it. */
export const discriminantAnalysisEntries: Entries = [
  {
    name: "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
    revive: (state) => new LinearDiscriminantAnalysis(state),
  },
  { name: "sklearn.discriminant_analysis.LDA", revive: (state) => new LinearDiscriminantAnalysis(state) },
  {
    name: "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis",
    revive: (state) => new QuadraticDiscriminantAnalysis(state),
  },
  { name: "sklearn.discriminant_analysis.QDA", revive: (state) => new QuadraticDiscriminantAnalysis(state) },
];
