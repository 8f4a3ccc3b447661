/** @module Transformers of numbers of feature-engine: functions, bins, caps (`feature_engine.transformation` and others). */

import { type NdArray, parseDType } from "@curtido/arrays";
import { PySet } from "@curtido/pickle";
import { featureError } from "../base/errors.ts";
import type { Estimator } from "../base/estimator.ts";
import { isMissing, labelsOf, numberColumn, objectColumn } from "../base/frames.ts";
import type { State } from "../base/state.ts";
import { numbersByColumn } from "./encoding.ts";
import { anyShape, ignoresMissing, numberShape, type Table, variablesOf, type Work } from "./table.ts";

/** Changes each number of the columns that it works on; `allowed` says which numbers have an answer. */
function eachNumber(
  state: State,
  of: (value: number, label: unknown) => number,
  allowed?: (value: number, label: unknown) => boolean,
): Work {
  const variables = variablesOf(state);
  const apply = (table: Table) => {
    for (const label of variables) {
      const numbers = table.numbers(label);
      const row = allowed === undefined ? -1 : numbers.findIndex((value) => !allowed(value, label));
      if (row >= 0)
        throw featureError([
          { row, feature: String(label), detail: `'${String(label)}' has no answer for ${numbers[row]}` },
        ]);
      table.set(
        numberColumn(
          label,
          numbers.map((value) => of(value, label)),
        ),
      );
    }
  };
  return { apply, variables, shape: numberShape, missing: ignoresMissing(state) };
}

const logOf = (state: State) => (state.string("base", "e") === "10" ? Math.log10 : Math.log);

export function logarithm(state: State): Work {
  return eachNumber(state, logOf(state), (value) => value > 0);
}
export function logarithmAfterShift(state: State): Work {
  const shift = numbersByColumn(state, state.named("C_", "C"), variablesOf(state));
  const log = logOf(state);
  const shifted = (value: number, label: unknown) => value + (shift.get(label) ?? 0);
  return eachNumber(
    state,
    (value, label) => log(shifted(value, label)),
    (value, label) => shifted(value, label) > 0,
  );
}
export const reciprocal = (state: State): Work =>
  eachNumber(
    state,
    (value) => 1 / value,
    (value) => value !== 0,
  );
export const arcsine = (state: State): Work =>
  eachNumber(
    state,
    (value) => Math.asin(Math.sqrt(value)),
    (value) => value >= 0 && value <= 1,
  );
export function power(state: State): Work {
  const exponent = state.number("exp", 0.5);
  return eachNumber(state, (value) => value ** exponent);
}
export function boxCox(state: State): Work {
  const lambdas = numbersByColumn(state, "lambda_dict_", variablesOf(state));
  const of = (value: number, lambda: number) =>
    lambda === 0 ? Math.log(value) : Math.expm1(lambda * Math.log(value)) / lambda;
  return eachNumber(
    state,
    (value, label) => of(value, lambdas.get(label)!),
    (value) => value > 0,
  );
}
export function yeoJohnson(state: State): Work {
  const lambdas = numbersByColumn(state, "lambda_dict_", variablesOf(state));
  return eachNumber(state, (value, label) => yeoJohnsonOf(value, lambdas.get(label)!));
}

/** Yeo and Johnson's power, as scipy.stats.yeojohnson has it. */
function yeoJohnsonOf(value: number, lambda: number): number {
  if (value >= 0)
    return Math.abs(lambda) < 2.2e-16 ? Math.log1p(value) : Math.expm1(lambda * Math.log1p(value)) / lambda;
  const other = 2 - lambda;
  return Math.abs(other) > 2.2e-16 ? -Math.expm1(other * Math.log1p(-value)) / other : -Math.log1p(-value);
}

export function meanNormalization(state: State): Work {
  const variables = variablesOf(state);
  const [means, ranges] = ["mean_", "range_"].map((name) => numbersByColumn(state, name, variables));
  return eachNumber(state, (value, label) => (value - means!.get(label)!) / ranges!.get(label)!);
}

/** Winsorizer and ArbitraryOutlierCapper: no number beyond its cap; truths beside for those that were. */
export function caps(state: State): Work {
  const variables = variablesOf(state);
  const upper = numbersByColumn(state, "right_tail_caps_", []);
  const lower = numbersByColumn(state, "left_tail_caps_", []);
  const tail = state.has("tail") ? state.string("tail") : "both";
  const told = state.has("add_indicators") && state.boolean("add_indicators");
  const apply = (table: Table) => {
    const truths: ReturnType<typeof numberColumn>[] = [];
    for (const label of variables) {
      const given = table.numbers(label);
      const [most, least] = [upper.get(label) ?? Infinity, lower.get(label) ?? -Infinity];
      const capped = given.map((value) => (value > most ? most : value < least ? least : value));
      const whole = "iu".includes(table.column(label).values.dtype.kind) && capped.every(Number.isInteger);
      table.set(numberColumn(label, capped, whole));
      const is = (side: string) => told && (tail === side || tail === "both");
      if (is("left"))
        truths.push(
          numberColumn(
            `${String(label)}_left`,
            given.map((value) => Number(value < least)),
          ),
        );
      if (is("right"))
        truths.push(
          numberColumn(
            `${String(label)}_right`,
            given.map((value) => Number(value > most)),
          ),
        );
    }
    for (const truth of truths) table.set(truth);
  };
  return { apply, variables, shape: numberShape, missing: ignoresMissing(state) };
}

/** Bins: the number of the one that a value lies in, closed to the right; NaN outside of all. */
export function bins(state: State): Work {
  const variables = variablesOf(state);
  if (state.has("return_boundaries") && state.boolean("return_boundaries"))
    state.fail("return_boundaries", "gives texts of intervals, which are not written here");
  const edges = new Map(
    [...state.dict("binner_dict_")].map(([label, list]) => [label, state.floatsFrom(list, "binner_dict_")]),
  );
  const objects = state.has("return_object") && state.boolean("return_object");
  const apply = (table: Table) => {
    for (const label of variables) {
      const of = edges.get(label) ?? state.fail("binner_dict_", `has no bins of '${String(label)}'`);
      const codes = table.numbers(label).map((value) => binOf(value, of));
      const column = numberColumn(label, codes, true);
      table.set(objects ? objectColumn(label, [...codes]) : column);
    }
  };
  return { apply, variables, shape: numberShape, missing: ignoresMissing(state) };
}

function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return Number.NaN;
  if (value === edges[0]) return 0;
  const at = edges.findIndex((edge) => value <= edge);
  return at <= 0 ? Number.NaN : at - 1;
}

/** DecisionTreeDiscretiser and DecisionTreeEncoder's trees: what a tree of one column says of it. */
export function treeBins(state: State): Work {
  const variables = variablesOf(state);
  const output = state.has("bin_output") ? state.string("bin_output") : "prediction";
  if (output === "boundaries") state.fail("bin_output", "gives texts of intervals, which are not written here");
  if (output === "bin_number") return bins(state);
  const trees = new Map<unknown, Estimator>(
    [...state.dict("binner_dict_")].map(([label, value]) => [
      label,
      state.estimatorFrom(value, `binner_dict_[${String(label)}]`),
    ]),
  );
  const regression = state.boolean("regression", true);
  const digits = state.given("precision") ? 10 ** state.integer("precision") : undefined;
  const apply = (table: Table) => {
    for (const label of variables) {
      const tree = trees.get(label) ?? state.fail("binner_dict_", `has no tree of '${String(label)}'`);
      const rows = table.alone(label);
      const answer = regression ? tree.predict(rows) : (tree.predictProba(rows) as NdArray);
      const width = answer.size / Math.max(1, table.length);
      const data = answer.toFloat64();
      const values = Float64Array.from({ length: table.length }, (_, row) => data[row * width + width - 1]!);
      table.set(
        numberColumn(label, digits === undefined ? values : values.map((value) => halfToEven(value * digits) / digits)),
      );
    }
  };
  return { apply, variables, shape: numberShape, missing: false };
}

function halfToEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/** The imputers: what is missing becomes what was learned for its column. */
export function imputer(state: State): Work {
  const fills = new Map([...state.dict("imputer_dict_")].map(([label, value]) => [label, plainOf(state, value)]));
  const variables = state.given("variables_") ? variablesOf(state) : [...fills.keys()];
  const apply = (table: Table) => {
    for (const [label, fill] of fills) {
      const { values } = table.column(label);
      if (values.dtype.kind === "f" && typeof fill === "number") {
        table.set(
          numberColumn(
            label,
            values.toFloat64().map((value) => (Number.isNaN(value) ? fill : value)),
          ),
        );
        continue;
      }
      const cells = Array.from(table.cells(label));
      if (cells.some(isMissing))
        table.set(
          objectColumn(
            label,
            cells.map((cell) => (isMissing(cell) ? fill : cell)),
          ),
        );
    }
  };
  const shape = (label: unknown) => {
    const fill = fills.get(label);
    return {
      type: typeof fill === "number" ? ("number" as const) : ("any" as const),
      missing: true,
      ...(fill === undefined ? {} : { default: fill }),
    };
  };
  return { apply, variables, shape, missing: true };
}

function plainOf(state: State, value: unknown): unknown {
  return typeof value === "string" || typeof value === "number" ? value : state.floatsFrom(value, "imputer_dict_")[0];
}

/** Truths in a byte each. */
const BYTE = parseDType("i1");

/** AddMissingIndicator: 1 where a value is missing, in columns of their own. */
export function missingIndicator(state: State): Work {
  const variables = variablesOf(state);
  const apply = (table: Table) => {
    for (const label of variables) {
      const cells = table.cells(label);
      const truths = Float64Array.from({ length: table.length }, (_, row) => Number(isMissing(cells[row])));
      table.set(numberColumn(`${String(label)}_na`, truths, BYTE));
    }
  };
  return { apply, variables, shape: anyShape, missing: true };
}

/** What was learned to leave out. */
export function dropped(state: State): Work {
  const raw = state.raw("features_to_drop_");
  const labels = raw instanceof PySet ? [...raw] : labelsOf(state, "features_to_drop_");
  return { apply: (table) => table.drop(labels), variables: [], shape: anyShape, missing: true };
}
