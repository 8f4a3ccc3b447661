/** @module Which columns a part of a ColumnTransformer takes, however they were named. */

import { NdArray } from "@curtido/arrays";
import { Slice, Tuple, typeName } from "@curtido/pickle";
import { MOST_FEATURES } from "../base/cost.ts";
import type { State } from "../base/state.ts";

/** Columns by position or by name. */
export type Columns =
  | { readonly kind: "positions"; readonly positions: readonly number[] }
  | { readonly kind: "names"; readonly names: readonly string[] };

/** What is left for the remainder, as 1.5 and 1.6 wrap it. */
export class RemainderColumns {
  readonly columns: unknown;

  constructor(state: State) {
    this.columns = state.raw("data");
  }
}

/**
 * A column specification of scikit-learn: an int or a str, a list of either, a slice, a mask.
 *
 * @param width how many columns there are, where that is known
 * @param names their names, where they are known
 */
export function readColumns(
  state: State,
  value: unknown,
  place: string,
  width: number | undefined,
  names: readonly string[] | undefined,
): Columns {
  if (typeof value === "string") return { kind: "names", names: [value] };
  if (typeof value === "number") return positions([value], width);
  if (value instanceof Slice) return readSlice(state, value, place, width, names);
  const items = itemsOf(state, value);
  if (items === undefined) return state.fail(place, `must name columns, not be a ${typeName(value)}`);
  if (items.length > 0 && items.every((item) => typeof item === "boolean")) {
    return { kind: "positions", positions: items.flatMap((keep, at) => (keep ? [at] : [])) };
  }
  if (items.length > 0 && items.every((item) => typeof item === "string"))
    return { kind: "names", names: items as string[] };
  if (items.every((item) => typeof item === "number" && Number.isInteger(item)))
    return positions(items as number[], width);
  return state.fail(place, "mixes names and positions");
}

function itemsOf(state: State, value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value.map((item) => plain(state, item));
  if (value instanceof Tuple) return value.items.map((item) => plain(state, item));
  const revived = state.context.value(value);
  if (revived instanceof NdArray) return revived.flat();
  if (isIndex(revived)) return revived.labels;
  const part = state.context.entryOf(value) === undefined ? undefined : state.partFrom(value, "remainder");
  return part instanceof RemainderColumns ? itemsOf(state, part.columns) : undefined;
}

function isIndex(value: unknown): value is { readonly labels: readonly unknown[] } {
  return typeof value === "object" && value !== null && "labels" in value;
}

function plain(state: State, item: unknown): unknown {
  const revived = state.context.value(item);
  return revived instanceof NdArray && revived.size === 1 ? revived.item(0) : revived;
}

/** Positions count from the end when they are negative. */
function positions(items: readonly number[], width: number | undefined): Columns {
  return { kind: "positions", positions: items.map((item) => (item < 0 && width !== undefined ? item + width : item)) };
}

function readSlice(
  state: State,
  slice: Slice,
  place: string,
  width: number | undefined,
  names: readonly string[] | undefined,
): Columns {
  const labelled = typeof slice.start === "string" || typeof slice.stop === "string";
  const count = width ?? names?.length;
  if (count === undefined || (labelled && names === undefined))
    return state.fail(place, "is a slice of columns that the file does not list");
  const at = (label: unknown, fallback: number): number => {
    if (label === null) return fallback;
    if (typeof label === "number") return label < 0 ? Math.max(0, label + count) : Math.min(label, count);
    const found = names!.indexOf(String(label));
    return found < 0 ? state.fail(place, `names '${String(label)}', which is no column`) : found;
  };
  const step = typeof slice.step === "number" && slice.step > 0 ? slice.step : 1;
  const from = at(slice.start, 0);
  // A slice of labels includes its end, as in pandas.
  const to = at(slice.stop, count) + (typeof slice.stop === "string" ? 1 : 0);
  if (to - from > step * MOST_FEATURES) state.fail(place, `takes more than ${MOST_FEATURES} columns`);
  const chosen: number[] = [];
  for (let column = from; column < to; column += step) chosen.push(column);
  return { kind: "positions", positions: chosen };
}
