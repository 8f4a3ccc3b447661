import type { Entries } from "../base/entry.ts";
import { LabelPropagation } from "./label_propagation.ts";
import { SelfTrainingClassifier } from "./self_training.ts";

/** Semi-supervised classifiers. */
export const semiSupervisedEntries: Entries = [
  { name: "sklearn.semi_supervised.LabelPropagation", revive: (state) => new LabelPropagation(state) },
  { name: "sklearn.semi_supervised.LabelSpreading", revive: (state) => new LabelPropagation(state) },
  {
    name: "sklearn.semi_supervised.SelfTrainingClassifier",
    revive: (state) => new SelfTrainingClassifier(state),
    fixedLabels: true,
  },
];
