/** @module What a Prophet object holds, whether it was pickled or written as JSON: params, seasonalities, holidays, scales. */

import { DataFrame, NdArray, reviveNumpy, Series } from "@curtido/arrays";
import { Dict, Instance } from "@curtido/pickle";
import type { State } from "../base/state.ts";

/** A term that repeats itself. */
export interface Seasonality {
  readonly name: string;
  /** In days. */
  readonly period: number;
  readonly order: number;
  /** The column that says in which rows it holds. */
  readonly condition: string | undefined;
}

/** A column of the user's that is a term. */
export interface Regressor {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Which columns of `beta` make up each component; `additive` and `multiplicative` are the sums that count. */
export interface Components {
  readonly names: readonly string[];
  /** By component, which columns belong to it. */
  readonly columns: readonly Uint8Array[];
}

/** More columns than any model has, and more days of holidays. */
const MOST_COLUMNS = 100_000;

const NANOSECONDS_PER_DAY = 8.64e13;
const SECONDS_PER_DAY = 86_400;
/** Nanoseconds of a unit, by the number that pandas writes for it. */
const UNITS: Readonly<Record<number, number>> = { 7: 1e9, 8: 1e6, 9: 1e3, 10: 1 };

/** A moment or a length of time in days: pandas' objects count nanoseconds, or say in what; JSON has seconds. */
export function daysIn(state: State, name: string): number {
  const value = state.raw(name);
  if (typeof value === "number") return value / SECONDS_PER_DAY;
  if (!(value instanceof Instance)) return state.fail(name, "must be a moment or a length of time");
  const args = value.args;
  const ticks = args[0];
  const unit = args[value.className.toLowerCase().includes("timedelta") ? 1 : 3];
  const scale = typeof unit === "number" ? UNITS[unit] : 1;
  if ((typeof ticks !== "number" && typeof ticks !== "bigint") || scale === undefined)
    return state.fail(name, "must be a moment or a length of time");
  return (Number(ticks) * scale) / NANOSECONDS_PER_DAY;
}

/** A parameter's mean over its draws, `[draws, columns]` in the file: one draw unless it was sampled. */
export function meanOf(state: State, name: string): Float64Array {
  const array = state.arrayFrom(state.dict("params").get(name), `params['${name}']`);
  const columns = array.ndim < 2 ? 1 : array.shape[1]!;
  const draws = columns === 0 ? 0 : array.size / columns;
  const data = array.toFloat64();
  return Float64Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) sum += data[draw * columns + column]!;
    return sum / draws;
  });
}

/** The seasonalities, in the order of their columns. */
export function seasonalitiesOf(state: State): readonly Seasonality[] {
  let columns = 0;
  return [...state.dict("seasonalities")].map(([name, props]): Seasonality => {
    if (!(props instanceof Dict)) return state.fail("seasonalities", "must hold dicts");
    const [period, order] = [numberIn(props, "period"), numberIn(props, "fourier_order")];
    if (!(period > 0 && Number.isInteger(order) && order >= 1))
      return state.fail("seasonalities", `has a period of ${period} and an order of ${order}`);
    columns += 2 * order;
    if (columns > MOST_COLUMNS) return state.fail("seasonalities", "has too many terms");
    const condition = props.get("condition_name");
    return { name: String(name), period, order, condition: typeof condition === "string" ? condition : undefined };
  });
}

/** The regressors, in the order of their columns. */
export function regressorsOf(state: State): readonly Regressor[] {
  const all = state.has("extra_regressors") ? [...state.dict("extra_regressors")] : [];
  return all.map(([name, props]): Regressor => {
    if (!(props instanceof Dict)) return state.fail("extra_regressors", "must hold dicts");
    return { name: String(name), mean: numberIn(props, "mu"), deviation: numberIn(props, "std") };
  });
}

/** A number of a dict, which numpy may have made. */
function numberIn(dict: Dict, name: string): number {
  const value = dict.get(name);
  const found = reviveNumpy(value)?.item(0) ?? value;
  return typeof found === "number" || typeof found === "bigint" ? Number(found) : Number.NaN;
}

/** Which columns make up which components. */
export function componentsOf(state: State, columns: number): Components {
  const table = state.attribute("train_component_cols");
  if (!(table instanceof DataFrame) || table.length !== columns)
    return state.fail("train_component_cols", `must be a table with a row for each of ${columns} terms`);
  return {
    names: table.columns.map(String),
    columns: table.series.map(({ values }) => Uint8Array.from(values.toFloat64(), (value) => Number(value !== 0))),
  };
}

/** Texts of a series or a list. */
export function textsOf(state: State, name: string): readonly string[] {
  if (!state.given(name)) return [];
  const found = state.attribute(name);
  const items = found instanceof Series ? found.values.flat() : found instanceof NdArray ? found.flat() : found;
  return Array.isArray(items) ? items.map(String) : state.fail(name, "must be a list of names");
}
