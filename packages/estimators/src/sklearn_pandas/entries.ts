import type { Entries } from "../base/entry.ts";
import { DataFrameMapper } from "./mapper.ts";
import { TransformerPipeline } from "./pipeline.ts";

/** sklearn-pandas. */
export const sklearnPandasEntries: Entries = [
  { name: "sklearn_pandas.DataFrameMapper", revive: (state) => new DataFrameMapper(state) },
  { name: "sklearn_pandas.TransformerPipeline", revive: (state) => new TransformerPipeline(state) },
];
