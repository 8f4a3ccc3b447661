import type { Entries } from "../base/entry.ts";
import {
  EliminatingSelector,
  fromModelMask,
  genericMask,
  kBestMask,
  percentileMask,
  pValueMask,
  Selector,
  varianceMask,
} from "./selectors.ts";

/** Feature selection. */
export const featureSelectionEntries: Entries = [
  { name: "sklearn.feature_selection.SelectKBest", revive: (state) => new Selector(state, kBestMask(state)) },
  { name: "sklearn.feature_selection.SelectPercentile", revive: (state) => new Selector(state, percentileMask(state)) },
  { name: "sklearn.feature_selection.SelectFpr", revive: (state) => new Selector(state, pValueMask(state, "fpr")) },
  { name: "sklearn.feature_selection.SelectFdr", revive: (state) => new Selector(state, pValueMask(state, "fdr")) },
  { name: "sklearn.feature_selection.SelectFwe", revive: (state) => new Selector(state, pValueMask(state, "fwe")) },
  {
    name: "sklearn.feature_selection.GenericUnivariateSelect",
    revive: (state) => new Selector(state, genericMask(state)),
  },
  { name: "sklearn.feature_selection.VarianceThreshold", revive: (state) => new Selector(state, varianceMask(state)) },
  { name: "sklearn.feature_selection.SelectFromModel", revive: (state) => new Selector(state, fromModelMask(state)) },
  {
    name: "sklearn.feature_selection.SequentialFeatureSelector",
    revive: (state) => new Selector(state, state.floats("support_", [undefined])),
  },
  { name: "sklearn.feature_selection.RFE", revive: (state) => new EliminatingSelector(state) },
  { name: "sklearn.feature_selection.RFECV", revive: (state) => new EliminatingSelector(state) },
];
