/** @module A frame whose row labels are columns: what formats without an index are given. */

import { dtypeName } from "../dtype.ts";
import { NdArray } from "../ndarray.ts";
import { DataFrame } from "./frame.ts";
import type { Index } from "./index_labels.ts";
import { indexValues } from "./index_values.ts";
import { Series } from "./series.ts";

/** What pandas calls a column of row labels without a name. */
const UNNAMED = "index";

/**
 * The same rows with their labels in front as columns, as pandas' `reset_index`; the frame itself when its labels are the
 * default 0, 1, 2 ...
 *
 * @param unnamed - the name of labels that have none; `level_0` ... of several levels
 * @example
 * withoutIndex(new DataFrame([column], ["x", "y"])).columns; // ["index", "a"]
 */
export function withoutIndex(frame: DataFrame, unnamed = UNNAMED): DataFrame {
  const { rowIndex } = frame;
  return rowIndex.isDefault ? frame : new DataFrame([...indexColumns(rowIndex, unnamed), ...frame.series]);
}

/** The labels of an index as columns, one per level. */
export function indexColumns(index: Index, unnamed = UNNAMED): readonly Series[] {
  const { levels, codes } = index;
  if (levels === undefined || codes === undefined)
    return [new Series({ ...columnOf(index), name: index.name ?? unnamed })];
  const names = Array.isArray(index.name) ? index.name : [];
  return levels.map((level, at) => {
    const column = columnOf(level);
    const name = names[at] ?? `level_${at}`;
    return new Series({ ...taken(column, codes[at]!), name });
  });
}

function columnOf(index: Index) {
  if (index.range === undefined) return indexValues(index);
  const labels = BigInt64Array.from(index.labels as readonly number[], BigInt);
  return { values: NdArray.of(labels), dtype: "int64" };
}

/** The labels that codes choose; where there is none, objects with `null`. */
function taken(column: ReturnType<typeof columnOf>, codes: Int32Array) {
  const flat = column.values.flat();
  const items = Array.from(codes, (code) => (code < 0 ? null : (flat[code] ?? null)));
  const numeric = !codes.includes(-1) && column.values.dtype.kind !== "O";
  const values = numeric
    ? NdArray.of(items, [items.length], column.values.dtype)
    : NdArray.objects(items, [items.length]);
  const dtype = numeric || column.values.dtype.kind === "O" ? column.dtype : "object";
  return { ...column, values, dtype: dtype === "" ? dtypeName(values.dtype) : dtype };
}
