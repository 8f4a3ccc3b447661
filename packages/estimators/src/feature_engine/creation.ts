/** @module Features made of features: sums, ratios, circles, parts of dates (`feature_engine.creation`, `feature_engine.datetime`). */

import { int32 } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { numberColumn } from "../base/frames.ts";
import { datePart, type Moment, momentOf } from "../base/moments.ts";
import type { State } from "../base/state.ts";
import { numbersByColumn } from "./encoding.ts";
import { anyShape, ignoresMissing, numberShape, type Table, variablesOf, type Work } from "./table.ts";

/** Statistics over several columns of a row, as pandas' `agg` has them; what is missing is left out. */
const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  prod: (values) => values.reduce((product, value) => product * value, 1),
  mean: (values) => STATISTICS["sum"]!(values) / values.length,
  min: (values) => values.reduce((least, value) => Math.min(least, value), values[0] ?? Number.NaN),
  max: (values) => values.reduce((most, value) => Math.max(most, value), values[0] ?? Number.NaN),
  var: variance,
  std: (values) => Math.sqrt(variance(values)),
  median: (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  },
};

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function textsOf(state: State, name: string): readonly string[] {
  const single = state.raw(name);
  const list = typeof single === "string" ? [single] : state.list(name);
  return list.map((item) =>
    typeof item === "string" ? item : state.fail(name, "has a function, which only Python can call"),
  );
}

/** MathFeatures: statistics of some columns of each row. */
export function mathFeatures(state: State): Work {
  const variables = variablesOf(state);
  const functions = textsOf(state, "func");
  const unknown = functions.find((name) => STATISTICS[name] === undefined);
  if (unknown !== undefined) state.fail("func", `has '${unknown}', which is not known here`);
  const joined = variables.map(String).join("_");
  const names = state.given("new_variables_names")
    ? textsOf(state, "new_variables_names")
    : functions.map((name) => `${name}_${joined}`);
  const drops = state.boolean("drop_original", false);
  const apply = (table: Table) => {
    const columns = variables.map((label) => table.numbers(label));
    const ints = variables.every((label) => "iu".includes(table.column(label).values.dtype.kind));
    functions.forEach((name, at) => {
      const values = Float64Array.from({ length: table.length }, (_, row) =>
        STATISTICS[name]!(columns.map((numbers) => numbers[row]!).filter((value) => !Number.isNaN(value))),
      );
      table.set(numberColumn(names[at], values, ints && functions.length === 1 && /^(sum|prod|min|max)$/.test(name)));
    });
    if (drops) table.drop(variables);
  };
  return { apply, variables, shape: numberShape, missing: ignoresMissing(state) };
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  sub: (a, b) => a - b,
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  truediv: (a, b) => a / b,
  floordiv: (a, b) => Math.floor(a / b),
  mod: (a, b) => a - Math.floor(a / b) * b,
  pow: (a, b) => a ** b,
};
const DIVISIONS = /^(div|truediv|floordiv|mod)$/;

/** RelativeFeatures: each column against each reference. */
export function relativeFeatures(state: State): Work {
  const [variables, reference] = ["variables", "reference"].map((name) => state.list(name)) as [
    readonly unknown[],
    readonly unknown[],
  ];
  const functions = textsOf(state, "func");
  const unknown = functions.find((name) => OPERATIONS[name] === undefined);
  if (unknown !== undefined) state.fail("func", `has '${unknown}', which is not known here`);
  const fill = state.given("fill_value") ? state.number("fill_value") : undefined;
  const drops = state.boolean("drop_original", false);
  const all = [...new Set([...variables, ...reference])];
  const apply = (table: Table) => {
    for (const name of functions)
      for (const other of reference) {
        const by = table.numbers(other);
        const zero = DIVISIONS.test(name) ? by.indexOf(0) : -1;
        if (zero >= 0 && fill === undefined)
          throw featureError([
            { row: zero, feature: String(other), detail: `'${String(other)}' is 0, and nothing is divided by it` },
          ]);
        for (const label of variables) {
          const values = table
            .numbers(label)
            .map((value, row) => (zero >= 0 && by[row] === 0 ? fill! : OPERATIONS[name]!(value, by[row]!)));
          const ints = [label, other].every((each) => "iu".includes(table.column(each).values.dtype.kind));
          table.set(numberColumn(`${String(label)}_${name}_${String(other)}`, values, ints && !/div$/.test(name)));
        }
      }
    if (drops) table.drop(all);
  };
  return { apply, variables: all, shape: numberShape, missing: ignoresMissing(state) };
}

/** CyclicalFeatures: the place on a circle that has the largest value's length. */
export function cyclicalFeatures(state: State): Work {
  const variables = variablesOf(state);
  const most = numbersByColumn(state, "max_values_", variables);
  const drops = state.boolean("drop_original", false);
  const apply = (table: Table) => {
    for (const label of variables) {
      const angles = table.numbers(label).map((value) => value * ((2 * Math.PI) / most.get(label)!));
      table.set(numberColumn(`${String(label)}_sin`, angles.map(Math.sin)));
      table.set(numberColumn(`${String(label)}_cos`, angles.map(Math.cos)));
    }
    if (drops) table.drop(variables);
  };
  return { apply, variables, shape: numberShape, missing: false };
}

/** What feature-engine calls parts of dates otherwise than pandas. */
const PART_NAMES: Readonly<Record<string, string>> = {
  weekend: "is_weekend",
  month_start: "is_month_start",
  month_end: "is_month_end",
  quarter_start: "is_quarter_start",
  quarter_end: "is_quarter_end",
  year_start: "is_year_start",
  year_end: "is_year_end",
  leap_year: "is_leap_year",
};

/** What pandas has in 32 bits, from 2.0 on. */
const SHORT = /^(month|quarter|year|day_of_week|day_of_month|day_of_year|hour|minute|second)$/;

/** DatetimeFeatures: parts of dates in ISO 8601. */
export function datetimeFeatures(state: State): Work {
  const variables = variablesOf(state);
  for (const name of ["dayfirst", "yearfirst"])
    if (state.has(name) && state.boolean(name)) state.fail(name, "is another order than that of ISO 8601");
  const parts = textsOf(state, "features_to_extract_").map((name) => {
    const of = datePart(PART_NAMES[name] ?? name);
    return { name, of: of ?? state.fail("features_to_extract_", `has '${name}', which is no part of a date`) };
  });
  const drops = state.boolean("drop_original", true);
  const apply = (table: Table) => {
    for (const label of variables) {
      const moments = Array.from(table.cells(label), (cell, row) => momentIn(cell, row, label));
      for (const { name, of } of parts) {
        const values = Float64Array.from(moments, (moment) => (moment === undefined ? Number.NaN : of(moment)));
        table.set(numberColumn(`${String(label)}_${name}`, values, SHORT.test(name) ? int32 : true));
      }
    }
    if (drops) table.drop(variables);
  };
  return { apply, variables, shape: anyShape, missing: ignoresMissing(state) };
}

function momentIn(cell: unknown, row: number, label: unknown): Moment | undefined {
  const moment = momentOf(cell);
  if (moment !== undefined || cell === null || cell === undefined || Number.isNaN(cell)) return moment;
  const detail = `'${String(label)}' must be a date in ISO 8601, such as 2024-02-29, not ${JSON.stringify(cell)}`;
  throw featureError([{ row, feature: String(label), detail }]);
}
