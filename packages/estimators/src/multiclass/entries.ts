import type { Entries } from "../base/entry.ts";
import { ConstantPredictor } from "./binary.ts";
import { OneVsOneClassifier } from "./one_vs_one.ts";
import { OneVsRestClassifier } from "./one_vs_rest.ts";
import { OutputCodeClassifier } from "./output_code.ts";

/** Several classes from binary classifiers. */
export const multiclassEntries: Entries = {
  "sklearn.multiclass.OneVsRestClassifier": (state) => new OneVsRestClassifier(state),
  "sklearn.multiclass.OneVsOneClassifier": (state) => new OneVsOneClassifier(state),
  "sklearn.multiclass.OutputCodeClassifier": (state) => new OutputCodeClassifier(state),
  "sklearn.multiclass._ConstantPredictor": (state) => new ConstantPredictor(state),
};
