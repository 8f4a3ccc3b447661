import type { Entries } from "../base/entry.ts";
import { LabelPropagation } from "./label_propagation.ts";
import { SelfTrainingClassifier } from "./self_training.ts";

/** Semi-supervised classifiers. */
export const semiSupervisedEntries: Entries = {
  "sklearn.semi_supervised.LabelPropagation": (state) => new LabelPropagation(state),
  "sklearn.semi_supervised.LabelSpreading": (state) => new LabelPropagation(state),
  "sklearn.semi_supervised.SelfTrainingClassifier": (state) => new SelfTrainingClassifier(state),
};
