/** @module ARIMA and other models in state space: the state that the Kalman filter ended with, and how it goes on. */

import type { Revive } from "../base/entry.ts";
import { type Ahead, Forecaster } from "../base/forecaster.ts";
import type { State } from "../base/state.ts";
import { exogNames } from "./exog.ts";
import { resultsOf } from "./results.ts";

/** What changes with time in a model, beyond its matrices. */
export class Extension {
  readonly state: State;
  /** The powers of time that are added to a state or to what is observed, and where. */
  readonly trend: { readonly powers: readonly number[]; readonly offset: number; readonly at: "state" | "observed" };
  /** The row of the state that a trend is added to. */
  readonly row: number;
  /** How many columns the user gave beside the series. */
  readonly exog: number;
  /** Whether their coefficients are parameters; else they are states, the last ones. */
  readonly fixed: boolean;

  constructor(state: State, parts: Pick<Extension, "trend" | "row" | "exog" | "fixed">) {
    this.state = state;
    this.trend = parts.trend;
    this.row = parts.row;
    this.exog = parts.exog;
    this.fixed = parts.fixed;
  }
}

function powersOf(state: State, name: string): readonly number[] {
  const all = state.given(name) ? state.floats(name, [undefined]) : new Float64Array(0);
  return Array.from(all, (value, power) => (value > 0 ? power : -1)).filter((power) => power >= 0);
}

/** SARIMAX: a trend is added to the first state behind the differences, in Hamilton's form to what is observed. */
export const sarimax: Revive = (state) => {
  const hamilton = state.boolean("hamilton_representation", false);
  if (hamilton && powersOf(state, "polynomial_trend").length > 0)
    state.fail("hamilton_representation", "with a trend is not known here");
  return new Extension(state, {
    trend: {
      powers: powersOf(state, "polynomial_trend"),
      offset: state.integer("trend_offset", 1, -(2 ** 31)),
      at: "state",
    },
    row: state.integer("_k_states_diff", 0),
    exog: state.integer("k_exog", 0, 0, 1e6),
    fixed: state.boolean("mle_regression", true),
  });
};

/** ARIMA: a trend is a regression, in front of the user's columns. */
export const arima: Revive = (state) => {
  const spec = state.child("_spec_arima");
  return new Extension(state, {
    trend: {
      powers: powersOf(spec, "trend_poly"),
      offset: spec.integer("trend_offset", 1, -(2 ** 31)),
      at: "observed",
    },
    row: 0,
    exog: spec.integer("k_exog", 0, 0, 1e6),
    fixed: true,
  });
};

/** Models whose matrices stay as they are. */
export const invariant: Revive = (state) => {
  if (state.given("exog")) state.fail("exog", "is not known in forecasts of this model");
  return new Extension(state, { trend: { powers: [], offset: 1, at: "state" }, row: 0, exog: 0, fixed: true });
};

/** A matrix as its rows, each without the zeros: most of a transition is nothing but a shift. */
class Sparse {
  private readonly starts: Int32Array;
  private readonly columns: Int32Array;
  private readonly values: Float64Array;

  constructor(data: Float64Array, rows: number, columns: number) {
    const found: [number, number][] = [];
    this.starts = new Int32Array(rows + 1);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = data[row * columns + column]!;
        if (value !== 0) found.push([column, value]);
      }
      this.starts[row + 1] = found.length;
    }
    this.columns = Int32Array.from(found, ([column]) => column);
    this.values = Float64Array.from(found, ([, value]) => value);
  }

  times(vector: Float64Array, row: number): number {
    let sum = 0;
    for (let at = this.starts[row]!; at < this.starts[row + 1]!; at++)
      sum += this.values[at]! * vector[this.columns[at]!]!;
    return sum;
  }
}

/** The future of a state: `y = Z a + d`, `a = T a + c`, from the one that was predicted behind the last observation. */
export class StateSpace extends Forecaster {
  private readonly extension: Extension;
  private readonly observed: number;
  private readonly states: number;
  private readonly first: Float64Array;
  private readonly design: Sparse;
  private readonly transition: Sparse;
  private readonly fixedState: Float64Array;
  private readonly fixedObserved: Float64Array;
  private readonly params: Float64Array;
  private readonly seen: number;

  constructor(state: State) {
    const results = resultsOf(state);
    const extension = extensionOf(results);
    const filter = results.child("filter_results");
    const observed = filter.integer("k_endog", undefined, 1, 1e4);
    super(state, exogNames(results.child("data"), extension.exog), observed);
    this.extension = extension;
    this.observed = observed;
    this.states = filter.integer("k_states", undefined, 1, 1e5);
    this.seen = filter.integer("nobs", undefined, 1);
    this.params = results.floats("params", [undefined]);
    this.first = lastColumn(filter, "predicted_state", this.states);
    const moving = extension.exog > 0 && !extension.fixed ? extension.exog : 0;
    const design = lastMatrix(filter, "design", this.observed, this.states);
    for (let at = 0; at < moving; at++) design[this.states - moving + at] = 0;
    this.design = new Sparse(design, this.observed, this.states);
    this.transition = new Sparse(lastMatrix(filter, "transition", this.states, this.states), this.states, this.states);
    const { at, powers } = extension.trend;
    this.fixedState =
      at === "state" && powers.length > 0
        ? new Float64Array(this.states)
        : constant(filter, "state_intercept", this.states);
    const regressed = (at === "observed" && powers.length > 0) || (extension.exog > 0 && extension.fixed);
    this.fixedObserved = regressed ? new Float64Array(this.observed) : constant(filter, "obs_intercept", this.observed);
    const needed = powers.length + (extension.fixed ? extension.exog : 0);
    if (this.params.length < needed)
      results.fail("params", `has ${this.params.length} numbers for a regression on ${needed}`);
  }

  override forecast({ steps, known }: Ahead): Float64Array {
    const { extension, states, observed } = this;
    const { powers, offset, at } = extension.trend;
    const out = new Float64Array(steps * observed);
    let current: Float64Array = this.first.slice();
    for (let step = 0; step < steps; step++) {
      const time = offset + this.seen + step;
      const trend = powers.reduce((sum, power, k) => sum + this.params[k]! * time ** power, 0);
      const row = known.subarray(step * extension.exog, (step + 1) * extension.exog);
      for (let series = 0; series < observed; series++) {
        const base = this.design.times(current, series) + this.fixedObserved[series]!;
        out[step * observed + series] = base + (at === "observed" ? trend : 0) + this.regression(row, current);
      }
      const next = Float64Array.from(
        { length: states },
        (_, each) => this.transition.times(current, each) + this.fixedState[each]!,
      );
      if (at === "state" && powers.length > 0) next[extension.row]! += trend;
      current = next;
    }
    return out;
  }

  /** What the user's columns add: their coefficients are parameters behind the trend's, or the last states. */
  private regression(row: Float64Array, current: Float64Array): number {
    const { fixed, exog, trend } = this.extension;
    const [from, first] = fixed ? [this.params, trend.powers.length] : [current, this.states - exog];
    return row.reduce((sum, value, column) => sum + value * from[first + column]!, 0);
  }
}

function extensionOf(results: State): Extension {
  const found = results.part("model");
  return found instanceof Extension ? found : results.fail("model", "must be a model that is known");
}

/** The last column of `[rows, times]`. */
function lastColumn(filter: State, name: string, rows: number): Float64Array {
  const data = filter.floats(name, [rows, undefined]);
  const times = data.length / rows;
  if (times < 1) filter.fail(name, "is empty");
  return Float64Array.from({ length: rows }, (_, row) => data[row * times + times - 1]!);
}

/** The last matrix of `[rows, columns, times]`. */
function lastMatrix(filter: State, name: string, rows: number, columns: number): Float64Array {
  const data = filter.floats(name, [rows, columns, undefined]);
  const times = data.length / (rows * columns);
  return Float64Array.from({ length: rows * columns }, (_, at) => data[at * times + times - 1]!);
}

/** What is added at every time; what changes with it is not known beyond training. */
function constant(filter: State, name: string, rows: number): Float64Array {
  const data = filter.floats(name, [rows, undefined]);
  const times = data.length / rows;
  if (times > 1 && data.some((value, at) => value !== data[at - (at % times)]))
    filter.fail(name, "changes with time in a way that is not known here");
  return lastColumn(filter, name, rows);
}
