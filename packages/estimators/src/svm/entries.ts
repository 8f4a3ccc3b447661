import type { Entries } from "../base/entry.ts";
import { LinearClassifier } from "../linear_model/classifiers.ts";
import { FlatLinearRegressor } from "../linear_model/linear.ts";
import { OneClassSVM, SupportVectorClassifier, SupportVectorRegressor } from "./svm.ts";

/** Support vector machines. */
export const svmEntries: Entries = {
  "sklearn.svm.SVC": (state) => new SupportVectorClassifier(state),
  "sklearn.svm.NuSVC": (state) => new SupportVectorClassifier(state),
  "sklearn.svm.SVR": (state) => new SupportVectorRegressor(state),
  "sklearn.svm.NuSVR": (state) => new SupportVectorRegressor(state),
  "sklearn.svm.OneClassSVM": (state) => new OneClassSVM(state),
  "sklearn.svm.LinearSVC": (state) => new LinearClassifier(state),
  "sklearn.svm.LinearSVR": (state) => new FlatLinearRegressor(state),
};
