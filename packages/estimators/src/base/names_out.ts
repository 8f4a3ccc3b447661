/** @module Tables with named columns, where a transformer was told to give them (`set_output`). */

import { DataFrame, dtypeName, NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import type { Input } from "./input.ts";
import type { State } from "./state.ts";

/** Whether `set_output(transform="pandas")`, or polars, was called on it. */
export function givesFrames(state: State): boolean {
  const config = state.has("_sklearn_output_config") ? state.raw("_sklearn_output_config") : undefined;
  const kind = config instanceof Dict ? config.get("transform") : undefined;
  return kind === "pandas" || kind === "polars";
}

/** A table under these names, its rows labelled as those of `X`. */
export function withNames(table: NdArray, names: readonly string[], X: Input): DataFrame {
  const rows = table.shape[0]!;
  const { data, dtype } = table.toC();
  const series = names.map((name, column) => {
    const values = Array.isArray(data) ? new Array<unknown>(rows) : data.slice(0, rows);
    for (let row = 0; row < rows; row++) values[row] = data[row * names.length + column] as number;
    return { name, values: NdArray.of(values, [rows], dtype), dtype: dtypeName(dtype) };
  });
  return new DataFrame(series, X instanceof DataFrame ? X.rowIndex : undefined, rows);
}
