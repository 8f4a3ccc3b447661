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
export const featureSelectionEntries: Entries = {
  "sklearn.feature_selection.SelectKBest": (state) => new Selector(state, kBestMask(state)),
  "sklearn.feature_selection.SelectPercentile": (state) => new Selector(state, percentileMask(state)),
  "sklearn.feature_selection.SelectFpr": (state) => new Selector(state, pValueMask(state, "fpr")),
  "sklearn.feature_selection.SelectFdr": (state) => new Selector(state, pValueMask(state, "fdr")),
  "sklearn.feature_selection.SelectFwe": (state) => new Selector(state, pValueMask(state, "fwe")),
  "sklearn.feature_selection.GenericUnivariateSelect": (state) => new Selector(state, genericMask(state)),
  "sklearn.feature_selection.VarianceThreshold": (state) => new Selector(state, varianceMask(state)),
  "sklearn.feature_selection.SelectFromModel": (state) => new Selector(state, fromModelMask(state)),
  "sklearn.feature_selection.SequentialFeatureSelector": (state) =>
    new Selector(state, state.floats("support_", [undefined])),
  "sklearn.feature_selection.RFE": (state) => new EliminatingSelector(state),
  "sklearn.feature_selection.RFECV": (state) => new EliminatingSelector(state),
};
