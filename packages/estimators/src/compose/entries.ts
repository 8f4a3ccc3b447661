import type { Entries } from "../base/entry.ts";
import { ColumnTransformer } from "./column_transformer.ts";
import { TransformedTargetRegressor } from "./target.ts";

/** Composition. */
export const composeEntries: Entries = {
  "sklearn.compose.ColumnTransformer": (state) => new ColumnTransformer(state),
  "sklearn.compose.TransformedTargetRegressor": (state) => new TransformedTargetRegressor(state),
};
