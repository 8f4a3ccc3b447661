import type { Entries } from "../base/entry.ts";
import { LinearClassifier } from "../linear_model/classifiers.ts";
import { FlatLinearRegressor } from "../linear_model/linear.ts";
import { OneClassSVM, SupportVectorClassifier, SupportVectorRegressor } from "./svm.ts";

/** Support vector machines. */
export const svmEntries: Entries = [
  { name: "sklearn.svm.SVC", revive: (state) => new SupportVectorClassifier(state) },
  { name: "sklearn.svm.NuSVC", revive: (state) => new SupportVectorClassifier(state) },
  { name: "sklearn.svm.SVR", revive: (state) => new SupportVectorRegressor(state) },
  { name: "sklearn.svm.NuSVR", revive: (state) => new SupportVectorRegressor(state) },
  { name: "sklearn.svm.OneClassSVM", revive: (state) => new OneClassSVM(state) },
  { name: "sklearn.svm.LinearSVC", revive: (state) => new LinearClassifier(state) },
  { name: "sklearn.svm.LinearSVR", revive: (state) => new FlatLinearRegressor(state) },
];
