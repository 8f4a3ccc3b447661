import type { Entries } from "../base/entry.ts";
import { ConstantPredictor } from "./binary.ts";
import { OneVsOneClassifier } from "./one_vs_one.ts";
import { OneVsRestClassifier } from "./one_vs_rest.ts";
import { OutputCodeClassifier } from "./output_code.ts";

/** Several classes from binary classifiers. */
export const multiclassEntries: Entries = [
  { name: "sklearn.multiclass.OneVsRestClassifier", revive: (state) => new OneVsRestClassifier(state) },
  { name: "sklearn.multiclass.OneVsOneClassifier", revive: (state) => new OneVsOneClassifier(state) },
  { name: "sklearn.multiclass.OutputCodeClassifier", revive: (state) => new OutputCodeClassifier(state) },
  { name: "sklearn.multiclass._ConstantPredictor", revive: (state) => new ConstantPredictor(state) },
];
