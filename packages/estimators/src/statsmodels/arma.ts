/** @module ARMA and ARIMA of releases before 0.13, which had no state space (`statsmodels.tsa.arima_model`). */

import { type Ahead, Forecaster } from "../base/forecaster.ts";
import type { State } from "../base/state.ts";
import { resultsOf } from "./results.ts";

/** More lags than a covariance of all states is made for. */
const MOST_LAGS = 60;

/** Autoregression on the last values and moving average of the last errors, of differences where there are some. */
export class LegacyArma extends Forecaster {
  /** Coefficients, the nearest lag first. */
  private readonly ar: Float64Array;
  private readonly ma: Float64Array;
  private readonly mean: number;
  /** The last values and the last errors, the newest last. */
  private readonly last: Float64Array;
  private readonly errors: Float64Array;
  /** The last value of the series, of its differences, of theirs ... */
  private readonly levels: readonly number[];

  constructor(state: State) {
    super(state, [], 1);
    const results = resultsOf(state);
    const model = results.child("model");
    const count = (name: string, most: number) => results.integer(name, 0, 0, most);
    if (count("k_exog", 1e6) > 0)
      results.fail("k_exog", "is not 0: forecasts of this class with exog are not known here");
    const [p, q, trend] = [count("k_ar", MOST_LAGS), count("k_ma", MOST_LAGS), count("k_trend", 1)];
    const params = results.floats("params", [trend + p + q]);
    this.mean = trend === 1 ? params[0]! : 0;
    this.ar = params.slice(trend, trend + p);
    this.ma = params.slice(trend + p);
    const endog = model.floats("endog", [undefined]);
    if (endog.length < p) model.fail("endog", `has ${endog.length} values for ${p} lags`);
    this.last = endog.slice(endog.length - p);
    const exact = /mle/.test(model.string("method", "css-mle"));
    const centred = endog.map((value) => value - this.mean);
    const all =
      q === 0
        ? new Float64Array(0)
        : exact
          ? innovations(centred, this.ar, this.ma)
          : conditional(centred, this.ar, this.ma);
    this.errors = all.slice(Math.max(0, all.length - q));
    if (this.errors.length < q) model.fail("endog", `has too few values for ${q} errors`);
    this.levels = levelsOf(model);
  }

  override forecast({ steps }: Ahead): Float64Array {
    const [p, q] = [this.ar.length, this.ma.length];
    const path = new Float64Array(p + steps);
    path.set(this.last.map((value) => value - this.mean));
    for (let step = 0; step < steps; step++) {
      let sum = 0;
      for (let lag = 1; lag <= p; lag++) sum += this.ar[lag - 1]! * path[p + step - lag]!;
      for (let lag = step + 1; lag <= q; lag++) sum += this.ma[lag - 1]! * this.errors[q + step - lag]!;
      path[p + step] = sum;
    }
    let out = path.slice(p).map((value) => value + this.mean);
    for (const level of this.levels.toReversed()) {
      let sum = level;
      out = out.map((value) => (sum += value));
    }
    return out;
  }
}

/** What differences are added up on: the last value of each order below theirs. */
function levelsOf(model: State): readonly number[] {
  const order = model.integer("k_diff", 0, 0, 2);
  let values = order === 0 ? new Float64Array(0) : model.child("data").floats("endog", [undefined]);
  if (values.length < order) model.fail("data.endog", "has too few values");
  return Array.from({ length: order }, () => {
    const level = values[values.length - 1]!;
    values = values.slice(1).map((value, at) => value - values[at]!);
    return level;
  });
}

/** Errors of the conditional sum of squares: those before the first lags are 0. */
function conditional(y: Float64Array, ar: Float64Array, ma: Float64Array): Float64Array {
  const errors = new Float64Array(y.length);
  for (let t = ar.length; t < y.length; t++) {
    let expected = 0;
    for (let lag = 1; lag <= ar.length; lag++) expected += ar[lag - 1]! * y[t - lag]!;
    for (let lag = 1; lag <= Math.min(ma.length, t); lag++) expected += ma[lag - 1]! * errors[t - lag]!;
    errors[t] = y[t]! - expected;
  }
  return errors.slice(ar.length);
}

/** The errors of a Kalman filter that begins with the stationary distribution (Harvey's form). */
function innovations(y: Float64Array, ar: Float64Array, ma: Float64Array): Float64Array {
  const size = Math.max(ar.length, ma.length + 1);
  const shock = Float64Array.from({ length: size }, (_, at) => (at === 0 ? 1 : (ma[at - 1] ?? 0)));
  const next = (matrix: Float64Array): Float64Array => shifted(shifted(matrix, ar, size), ar, size);
  let covariance: Float64Array = stationary(next, shock, size);
  let state: Float64Array = new Float64Array(size);
  const errors = new Float64Array(y.length);
  for (let t = 0; t < y.length; t++) {
    const [error, variance] = [y[t]! - state[0]!, covariance[0]!];
    errors[t] = error;
    const gain = Float64Array.from(
      { length: size },
      (_, row) => ((ar[row] ?? 0) * covariance[0]! + (covariance[(row + 1) * size] ?? 0)) / variance,
    );
    state = Float64Array.from(
      { length: size },
      (_, row) => (ar[row] ?? 0) * state[0]! + (state[row + 1] ?? 0) + gain[row]! * error,
    );
    covariance = next(covariance).map((value, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      return value + shock[row]! * shock[column]! - gain[row]! * gain[column]! * variance;
    });
  }
  return errors;
}

/** The transition times a matrix, transposed: done twice, `T M T'`. */
function shifted(matrix: Float64Array, ar: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++)
      out[column * size + row] =
        (ar[row] ?? 0) * matrix[column]! + (row + 1 < size ? matrix[(row + 1) * size + column]! : 0);
  }
  return out;
}

/** `P = T P T' + R R'`, as the sum of what shocks become after 1, 2, 3 ... steps. */
function stationary(next: (matrix: Float64Array) => Float64Array, shock: Float64Array, size: number): Float64Array {
  const start = Float64Array.from(
    { length: size * size },
    (_, at) => shock[Math.floor(at / size)]! * shock[at % size]!,
  );
  let sum: Float64Array = start;
  let term: Float64Array = start;
  for (let step = 0; step < MOST_ROUNDS; step++) {
    term = next(term);
    sum = sum.map((value, at) => value + term[at]!);
    // An autoregression that explodes has no stationary distribution.
    if (!Number.isFinite(sum[0]!)) break;
    if (term.every((value, at) => Math.abs(value) <= 1e-17 * Math.abs(sum[at]!))) break;
  }
  return sum;
}

/** Shocks of a root of 0.999 are gone by then. */
const MOST_ROUNDS = 40_000;
