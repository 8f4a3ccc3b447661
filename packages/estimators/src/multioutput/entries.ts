import type { Entries } from "../base/entry.ts";
import { Chain, ClassifierChain } from "./chain.ts";
import { MultiOutput, MultiOutputClassifier } from "./multi_output.ts";

/** Several outputs from estimators of one. */
export const multioutputEntries: Entries = {
  "sklearn.multioutput.MultiOutputRegressor": (state) => new MultiOutput(state),
  "sklearn.multioutput.MultiOutputClassifier": (state) => new MultiOutputClassifier(state),
  "sklearn.multioutput.RegressorChain": (state) => new Chain(state),
  "sklearn.multioutput.ClassifierChain": (state) => new ClassifierChain(state),
};
