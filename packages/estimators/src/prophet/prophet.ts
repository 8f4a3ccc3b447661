/** @module Prophet: a trend, seasonalities, holidays and regressors (`prophet`, and `fbprophet` before 1.0). */

import { DataFrame, NdArray, parseDate } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { type Holidays, holidaysOf } from "./holidays.ts";
import {
  type Components,
  componentsOf,
  daysIn,
  meanOf,
  type Regressor,
  regressorsOf,
  type Seasonality,
  seasonalitiesOf,
} from "./state.ts";
import { offsetsOf, type Trend, trendAt } from "./trend.ts";

const DAY = 8.64e13;

/** A row, read. */
interface Row {
  /** Days since 1970. */
  readonly ds: number;
  readonly cap: number;
  readonly floor: number;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly regressors: readonly number[];
  readonly holiday: string | undefined;
}

/**
 * A Prophet model. A row has a date `ds`, and what else the model was fitted with: `cap` and `floor`, conditions of
 * seasonalities, regressors; where a country's holidays are in it, `holiday` is the name of the day's, or `null`.
 *
 * `predict` is `yhat`, `predictComponents` what it is the sum of. The intervals, which Python draws at random, are left out.
 * Rows keep their order, which Python sorts by date.
 *
 * @example
 * model.predict([{ ds: "2024-03-01" }, { ds: "2024-03-02 12:00:00" }]);
 */
export class Prophet extends Estimator {
  private readonly trend: Trend;
  private readonly offsets: Float64Array;
  private readonly start: number;
  private readonly length: number;
  private readonly scale: number;
  /** Whether rows have a floor of their own; else the least that training has seen, or 0. */
  private readonly floors: boolean;
  private readonly least: number;
  private readonly seasonalities: readonly Seasonality[];
  private readonly holidays: Holidays;
  private readonly regressors: readonly Regressor[];
  private readonly conditions: readonly string[];
  private readonly beta: Float64Array;
  private readonly components: Components;

  constructor(state: State) {
    super(state);
    const growth = state.oneOf("growth", ["linear", "logistic", "flat"], "linear");
    const changepoints = state.floats("changepoints_t", [undefined]);
    const deltas = meanOf(state, "delta");
    if (deltas.length !== changepoints.length)
      state.fail("changepoints_t", `has ${changepoints.length} changepoints for ${deltas.length} changes`);
    this.trend = { growth, k: meanOf(state, "k")[0]!, m: meanOf(state, "m")[0]!, deltas, changepoints };
    this.offsets = offsetsOf(this.trend);
    this.start = daysIn(state, "start");
    this.length = daysIn(state, "t_scale");
    this.scale = state.number("y_scale");
    this.floors = state.boolean("logistic_floor", false);
    this.least = state.string("scaling", "absmax") === "minmax" ? state.number("y_min") : 0;
    this.seasonalities = seasonalitiesOf(state);
    this.holidays = holidaysOf(state);
    this.regressors = regressorsOf(state);
    this.conditions = [...new Set(this.seasonalities.flatMap(({ condition }) => condition ?? []))];
    const terms = this.seasonalities.reduce((sum, { order }) => sum + 2 * order, 0);
    // A model without any has one column of zeros.
    const columns = terms + this.holidays.columns + this.regressors.length || 1;
    this.beta = meanOf(state, "beta");
    if (this.beta.length !== columns)
      state.fail("params['beta']", `has ${this.beta.length} numbers for ${columns} terms`);
    this.components = componentsOf(state, columns);
    this.feature_names_in_ = this.fields().map(([name]) => name);
    this.n_features_in_ = this.feature_names_in_.length;
  }

  /** The columns of a row, in order. */
  private fields(): readonly (readonly [name: string, shape: FeatureShape])[] {
    const number: FeatureShape = { type: "number", missing: false };
    const named = [...this.holidays.named.keys()];
    return [
      ["ds", { ...number, date: { unit: "days" } }],
      ...(this.trend.growth === "logistic" ? [["cap", number] as const] : []),
      ...(this.floors ? [["floor", number] as const] : []),
      ...this.conditions.map((name) => [name, { type: "boolean", missing: false }] as const),
      ...this.regressors.map(({ name }) => [name, number] as const),
      ...(named.length === 0
        ? []
        : [["holiday", { type: "string", missing: true, categories: named, closed: true }] as const]),
    ];
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.fields().map(([, shape]) => shape);
  }
  override task(): Signature["task"] {
    return "regression";
  }

  protected doPredict(X: Input): NdArray {
    return NdArray.of(Float64Array.from(this.read(X), (row) => this.answer(row).yhat));
  }

  /** The trend and every component, which are named as Python's columns are. */
  protected doPredictComponents(X: Input): DataFrame {
    const names = ["trend", ...this.components.names];
    const rows = this.read(X).map((row) => this.answer(row));
    const series = names.map((name, column) => ({
      name,
      values: NdArray.of(Float64Array.from(rows, ({ trend, parts }) => (column === 0 ? trend : parts[column - 1]!))),
      dtype: "float64",
    }));
    return new DataFrame(series, undefined, rows.length);
  }

  private answer(row: Row): { readonly yhat: number; readonly trend: number; readonly parts: readonly number[] } {
    const t = (row.ds - this.start) / this.length;
    const trend = trendAt(t, this.trend, this.offsets, (row.cap - row.floor) / this.scale) * this.scale + row.floor;
    const terms = this.termsOf(row);
    const { names, columns } = this.components;
    const multiplied = columns[names.indexOf("multiplicative_terms")];
    const parts = columns.map((members) => {
      let sum = 0;
      let factor = this.scale;
      for (let column = 0; column < terms.length; column++) {
        if (members[column] === 0) continue;
        sum += terms[column]! * this.beta[column]!;
        if (multiplied?.[column] === 1) factor = 1;
      }
      return sum * factor;
    });
    const of = (name: string) => parts[names.indexOf(name)] ?? 0;
    return { yhat: trend * (1 + of("multiplicative_terms")) + of("additive_terms"), trend, parts };
  }

  /** The columns that `beta` is for: sines and cosines, days that are holidays, regressors. */
  private termsOf({ ds, conditions, regressors, holiday }: Row): Float64Array {
    const terms = new Float64Array(this.beta.length);
    const angle = Math.PI * 2 * ds;
    let at = 0;
    for (const { period, order, condition } of this.seasonalities) {
      const holds = condition === undefined || conditions.get(condition) === true;
      for (let k = 1; k <= order; k++) {
        const c = (k / period) * angle;
        terms[at++] = holds ? Math.sin(c) : 0;
        terms[at++] = holds ? Math.cos(c) : 0;
      }
    }
    for (const column of this.holidays.days.get(Math.floor(ds)) ?? []) terms[at + column] = 1;
    if (holiday !== undefined) terms[at + this.holidays.named.get(holiday)!] = 1;
    at += this.holidays.columns;
    this.regressors.forEach(({ mean, deviation }, column) => {
      terms[at + column] = (regressors[column]! - mean) / deviation;
    });
    return terms;
  }

  private read(X: Input): readonly Row[] {
    const names = this.feature_names_in_!;
    const columns = names.map((_, column) => columnValues(X, column));
    const at = new Map(names.map((name, column) => [name, columns[column]!]));
    return Array.from({ length: shapeOf(X)[0] }, (_, row) => this.rowOf(row, (name) => at.get(name)?.[row]));
  }

  private rowOf(row: number, of: (name: string) => unknown): Row {
    const number = (name: string): number => {
      const value = of(name);
      const found = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof found === "number" && Number.isFinite(found)) return found;
      if (typeof found === "boolean") return Number(found);
      throw featureError([{ row, feature: name, detail: `'${name}' must be a number` }]);
    };
    const floor = this.floors ? number("floor") : this.least;
    const cap = this.trend.growth === "logistic" ? number("cap") : floor;
    if (this.trend.growth === "logistic" && !(cap > floor))
      throw featureError([{ row, feature: "cap", detail: `'cap' must be greater than the floor, ${floor}` }]);
    const holiday = of("holiday");
    const known = typeof holiday === "string" && this.holidays.named.has(holiday) ? holiday : undefined;
    if (typeof holiday === "string" && known === undefined)
      throw featureError([
        {
          row,
          feature: "holiday",
          detail: `'holiday' is ${JSON.stringify(holiday.slice(0, 60))}, which training has not seen`,
        },
      ]);
    return {
      ds: dayOf(of("ds"), row),
      cap,
      floor,
      conditions: new Map(this.conditions.map((name) => [name, truthOf(of(name), name, row)])),
      regressors: this.regressors.map(({ name }) => number(name)),
      holiday: known,
    };
  }
}

/** Days since 1970 of a date in ISO 8601, or of a number of them. */
function dayOf(value: unknown, row: number): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const parsed = typeof value === "string" ? parseDate(value.trim()) : undefined;
  if (parsed !== undefined && !parsed.zoned) return Number(parsed.nanoseconds) / DAY;
  const zone = parsed === undefined ? "" : " and has no time zone";
  const detail = `'ds' must be a date such as 2024-02-29 or 2024-02-29 12:00:00${zone}`;
  throw featureError([{ row, feature: "ds", detail }]);
}

function truthOf(value: unknown, name: string, row: number): boolean {
  if (value === true || value === 1 || value === "true" || value === "True") return true;
  if (value === false || value === 0 || value === "false" || value === "False") return false;
  throw featureError([{ row, feature: name, detail: `'${name}' must be true or false` }]);
}
