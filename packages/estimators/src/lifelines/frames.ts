/** @module Labelled numbers of lifelines' states: series by name, and curves over time. */

import { DataFrame, NdArray, reviveNumpy, Series } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import type { State } from "../base/state.ts";

/** A label as its parts: those of an index of several levels, or the label alone. */
export function partsOfLabel(label: unknown): readonly unknown[] {
  const parts = label instanceof Tuple ? label.items : Array.isArray(label) ? label : [label];
  return parts.map((part) => plain(reviveNumpy(part)?.item(0) ?? part));
}

/** Ints of Python as numbers. */
const plain = (part: unknown): unknown => (typeof part === "bigint" ? Number(part) : part);

/** A series' numbers, with the label of each. */
export function labelled(state: State, name: string): readonly (readonly [label: readonly unknown[], value: number])[] {
  const series = state.attribute(name);
  if (!(series instanceof Series)) return state.fail(name, "must be a series");
  const values = series.values.toFloat64();
  const labels = series.rowIndex?.labels ?? series.index ?? [];
  return Array.from(values, (value, at) => [partsOfLabel(labels[at]), value] as const);
}

/** Numbers over time. */
export interface Curve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** The columns of a table over time, with their labels. */
export function curvesOf(
  state: State,
  name: string,
): readonly { readonly label: readonly unknown[]; readonly curve: Curve }[] {
  const table = state.attribute(name);
  if (!(table instanceof DataFrame)) return state.fail(name, "must be a table");
  const times = timesOf(table.rowIndex.labels);
  if (times.some(Number.isNaN)) state.fail(name, "must have times for labels");
  const labels = table.columnIndex.labels;
  return table.series.map((series, at) => ({
    label: partsOfLabel(labels[at] ?? series.name),
    curve: { times, values: series.values.toFloat64() },
  }));
}

/** Times, whatever holds them. */
export function timesOf(labels: readonly unknown[]): Float64Array {
  return Float64Array.from(labels, (label) =>
    typeof label === "number" || typeof label === "bigint" ? Number(label) : Number.NaN,
  );
}

/** A value between two times, in proportion; at the ends what is there (`numpy.interp`). */
export function between({ times, values }: Curve, time: number): number {
  const last = times.length - 1;
  if (time >= times[last]!) return values[last]!;
  if (!(time > times[0]!)) return values[0]!;
  const at = lastBefore(times, time);
  const slope = (values[at + 1]! - values[at]!) / (times[at + 1]! - times[at]!);
  return slope * (time - times[at]!) + values[at]!;
}

/** The place of the last time that is not behind another; -1 where all are. */
export function lastBefore(times: Float64Array, time: number): number {
  let [from, to] = [-1, times.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (times[middle]! <= time) from = middle;
    else to = middle;
  }
  return from;
}

/** A table of probabilities, a column for each time. */
export function survivalTable(times: Float64Array, rows: number, at: (row: number, time: number) => number): DataFrame {
  const series = Array.from(times, (time) => ({
    name: String(time),
    values: NdArray.of(Float64Array.from({ length: rows }, (_, row) => at(row, time))),
    dtype: "float64",
  }));
  return new DataFrame(series, undefined, rows);
}
