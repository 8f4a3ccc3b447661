import type { Entries } from "../base/entry.ts";
import { FittedColumnTransformer } from "./column_transformer.ts";
import { RemainderColumns } from "./columns.ts";
import { TransformedTargetRegressor } from "./target.ts";

/** Composition. */
export const composeEntries: Entries = [
  { name: "sklearn.compose.ColumnTransformer", revive: (state) => new FittedColumnTransformer(state) },
  { name: "sklearn.compose._RemainderColsList", revive: (state) => new RemainderColumns(state) },
  { name: "sklearn.compose.TransformedTargetRegressor", revive: (state) => new TransformedTargetRegressor(state) },
];
