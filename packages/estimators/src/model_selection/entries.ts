import type { Entries, Entry } from "../base/entry.ts";
import { Search } from "./search.ts";
import { ThresholdClassifier } from "./threshold.ts";

const search: Entry = (state) => new Search(state);

/** Searches. */
export const modelSelectionEntries: Entries = {
  "sklearn.model_selection.FixedThresholdClassifier": (state) => new ThresholdClassifier(state),
  "sklearn.model_selection.TunedThresholdClassifierCV": (state) => new ThresholdClassifier(state),
  "sklearn.model_selection.GridSearchCV": search,
  "sklearn.model_selection.RandomizedSearchCV": search,
  "sklearn.model_selection.HalvingGridSearchCV": search,
  "sklearn.model_selection.HalvingRandomSearchCV": search,
};
