/** @module What stands for each category of a column: a row of numbers, one for unknown values, one for missing ones. */

import { DataFrame, isNumeric, NdArray, Series } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { CategoryIndex } from "../base/categories.ts";
import { isMissing } from "../base/frames.ts";
import type { State } from "../base/state.ts";

/** The codes that stand for values that training did not see, and for missing ones that it did not see. */
export const UNKNOWN = -1;
export const MISSING = -2;

/** Numbers by label, as a Series, a DataFrame or a dict keeps them. */
export interface Numbers {
  readonly labels: readonly unknown[];
  /** The names of the columns; one without a name for a Series. */
  readonly columns: readonly string[];
  /** A column after the other. */
  readonly values: readonly Float64Array[];
  /** Whether a column holds integers. */
  readonly whole: readonly boolean[];
}

/** Reads numbers by label. @throws CurtidoError E_STATE when they are none */
export function readNumbers(state: State, value: unknown, place: string): Numbers {
  const found = state.context.value(value);
  if (found instanceof Series) return { ...numbersOfColumns(state, [found], place), labels: labelsOfRows(found) };
  if (found instanceof DataFrame)
    return { ...numbersOfColumns(state, found.series, place), labels: found.rowIndex.labels };
  if (!(found instanceof Dict)) return state.fail(place, "must be a Series, a DataFrame or a dict");
  const values = Float64Array.from(found.values(), (item) => numberOf(state, item, place));
  return { labels: [...found.keys()], columns: [""], values: [values], whole: [values.every(Number.isInteger)] };
}

function labelsOfRows(series: Series): readonly unknown[] {
  return series.index ?? Array.from({ length: series.values.size }, (_, at) => at);
}

function numberOf(state: State, item: unknown, place: string): number {
  const value = state.context.value(item);
  const plain = value instanceof NdArray && value.size === 1 ? value.item(0) : value;
  return isMissing(plain)
    ? Number.NaN
    : typeof plain === "number" || typeof plain === "bigint"
      ? Number(plain)
      : state.fail(place, "must hold numbers");
}

function numbersOfColumns(
  state: State,
  series: readonly { readonly name: unknown; readonly values: NdArray }[],
  place: string,
): Omit<Numbers, "labels"> {
  return {
    columns: series.map(({ name }) => String(name)),
    values: series.map(({ values }) =>
      isNumeric(values.dtype)
        ? values.toFloat64()
        : Float64Array.from(values.flat(), (item) => numberOf(state, item, place)),
    ),
    whole: series.map(({ values }) => values.dtype.kind !== "f" && isNumeric(values.dtype)),
  };
}

/** Which row of each column of a table of numbers a value gets. */
export interface Coding {
  /** The column of the input, or the columns that are joined into one. */
  readonly label: unknown;
  readonly index: CategoryIndex;
  /** The labels of the columns that come out. */
  readonly names: readonly unknown[];
  /** Per column of the output: the number of each category, then of unknown values, then of missing ones. */
  readonly values: readonly Float64Array[];
  /** Whether a column stays one of integers as long as nothing is missing in it. */
  readonly whole: readonly boolean[];
  /** Whether one value that training did not see makes the whole column one of floats. */
  readonly unknownMakesFloats: boolean;
  readonly refusesUnknown: boolean;
  readonly refusesMissing: boolean;
}

/** The categories of labels; what is missing among them is found as NaN, whichever kind it is. */
export function indexOf(labels: readonly unknown[]): CategoryIndex {
  return new CategoryIndex(
    NdArray.objects(
      labels.map((label) => (isMissing(label) ? Number.NaN : label)),
      [labels.length],
    ),
  );
}

/** Where a value stands: a category, the place behind them for unknown values, the one behind that for missing ones. */
export function placeOf({ index }: Pick<Coding, "index">, value: unknown): number {
  const { length } = index.categories;
  if (isMissing(value)) return length + 1;
  const at = index.find(value);
  return at < 0 ? length : at;
}

/** The numbers of one output column. */
export function encoded(coding: Coding, places: Int32Array, column: number): Float64Array {
  const numbers = coding.values[column]!;
  return Float64Array.from(places, (place) => numbers[place]!);
}

/** What is done about values that training did not see, or that are missing: an error, NaN, a number. */
export type Policy = "error" | "return_nan" | "value" | number | string;

/** A parameter that says what is done; functions stay with Python. */
export function readPolicy(state: State, name: string, fallback: Policy): Policy {
  const value = state.has(name) ? state.plain(name) : fallback;
  if (typeof value === "string" || typeof value === "number") return value;
  if (value === null) return "none";
  return state.fail(name, "is a function, which only Python can call");
}

/** Codes of an ordinal encoding by category: what unknown and missing values become stands behind them. */
export function codesOf(
  { labels, values }: Numbers,
  unknown: Policy,
  missing: Policy,
): { index: CategoryIndex; codes: Float64Array } {
  const index = indexOf(labels);
  const codes = new Float64Array(labels.length + 2);
  codes.set(values[0]!);
  const forUnknown = unknown === "value" ? UNKNOWN : typeof unknown === "number" ? unknown : Number.NaN;
  codes[labels.length] = forUnknown;
  codes[labels.length + 1] = index.missing < 0 ? forUnknown : codes[index.missing]!;
  const absent = missing === "return_nan" ? Number.NaN : typeof missing === "number" ? missing : undefined;
  if (absent === undefined) return { index, codes };
  return { index, codes: codes.map((code) => (code === MISSING ? absent : code)) };
}
