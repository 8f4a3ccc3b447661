import type { Entries } from "../base/entry.ts";
import { Chain, ClassifierChain } from "./chain.ts";
import { MultiOutput, MultiOutputClassifier } from "./multi_output.ts";

/** Several outputs from estimators of one. */
export const multioutputEntries: Entries = [
  { name: "sklearn.multioutput.MultiOutputRegressor", revive: (state) => new MultiOutput(state) },
  { name: "sklearn.multioutput.MultiOutputClassifier", revive: (state) => new MultiOutputClassifier(state) },
  { name: "sklearn.multioutput.RegressorChain", revive: (state) => new Chain(state) },
  { name: "sklearn.multioutput.ClassifierChain", revive: (state) => new ClassifierChain(state) },
];
