/** @module ColumnTransformer and SimpleImputer as older releases pickle them. */

import { NdArray } from "@curtido/arrays";
import { type Dict, Float } from "@curtido/pickle";
import { isNaNValue, isOneOf, isTrue, type Layouts } from "./layout.ts";

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

/** Composition and imputation. */
export const COMPOSE_LAYOUTS: Layouts = {
  "sklearn.compose.ColumnTransformer": { changes: [{ before: "1.0", change: ownNames }] },
  "sklearn.impute.SimpleImputer": {
    changes: [{ before: "1.8", change: numberStatistics }],
    needs: [
      { since: "1.2", what: "'keepEmptyFeatures'", has: isTrue("keep_empty_features") },
      {
        since: "1.8",
        what: "strategy: 'constant' over a column that is empty",
        has: (state) =>
          isOneOf("strategy", "constant")(state) &&
          (state.get("statistics_") as NdArray | undefined)?.flat().some(isNaNValue) === true,
      },
    ],
  },
};
