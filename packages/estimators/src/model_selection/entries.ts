import type { Entries, Revive } from "../base/entry.ts";
import { Search } from "./search.ts";
import { ThresholdClassifier } from "./threshold.ts";

const search: Revive = (state) => new Search(state);

/** Searches. */
export const modelSelectionEntries: Entries = [
  { name: "sklearn.model_selection.FixedThresholdClassifier", revive: (state) => new ThresholdClassifier(state) },
  { name: "sklearn.model_selection.TunedThresholdClassifierCV", revive: (state) => new ThresholdClassifier(state) },
  { name: "sklearn.model_selection.GridSearchCV", revive: search },
  { name: "sklearn.model_selection.RandomizedSearchCV", revive: search },
  { name: "sklearn.model_selection.HalvingGridSearchCV", revive: search },
  { name: "sklearn.model_selection.HalvingRandomSearchCV", revive: search },
];
