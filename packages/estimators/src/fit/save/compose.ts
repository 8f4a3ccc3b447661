/** @module ColumnTransformer and SimpleImputer as older releases pickle them. */

import { NdArray } from "@curtido/arrays";
import { type Dict, Float } from "@curtido/pickle";
import type { LayoutChanges } from "./changes.ts";

/** Names and their number had attributes of its own. */
function ownNames(state: Dict<unknown>): undefined {
  state.set("_feature_names_in", state.get("feature_names_in_") ?? null);
  state.set("_n_features", state.get("n_features_in_"));
  state.set("_has_str_cols", state.has("feature_names_in_"));
  return undefined;
}

/** What a constant puts into numbers was an array of numbers. */
function numberStatistics(state: Dict<unknown>): undefined {
  const statistics = state.get("statistics_") as NdArray | undefined;
  if (statistics === undefined) return undefined;
  const values = statistics.flat().map((value) => (value instanceof Float ? value.value : value));
  const numbers = statistics.dtype.kind === "O" && values.every((value) => typeof value === "number");
  if (numbers) state.set("statistics_", NdArray.of(Float64Array.from(values as number[])));
  return undefined;
}

export const COMPOSE_CHANGES: LayoutChanges = {
  "sklearn.compose._column_transformer.ColumnTransformer": [{ before: "1.0", change: ownNames }],
  "sklearn.impute._base.SimpleImputer": [{ before: "1.8", change: numberStatistics }],
};
