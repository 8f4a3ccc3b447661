/** @module Exponential smoothing: a level, a trend and a season, as training left them (`statsmodels.tsa.holtwinters`). */

import { reviveNumpy } from "@curtido/arrays";
import { pow } from "@curtido/kernels";
import { type Ahead, Forecaster } from "../base/forecaster.ts";
import { exp, log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { resultsOf } from "./results.ts";

type Way = "add" | "mul" | undefined;

/** What smoothing starts with, and how it goes. */
interface Smoothing {
  readonly trend: Way;
  readonly seasonal: Way;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly damping: number;
  readonly level: number;
  readonly slope: number;
  readonly season: Float64Array;
}

/** Where smoothing ends. */
interface Smoothed {
  readonly level: number;
  readonly slope: number;
  /** The last season, of which step `h` has the place `h % length`: Python counts so. */
  readonly season: Float64Array;
}

/**
 * Simple, Holt's and Holt-Winters' smoothing, damped or not. Python smooths the data again, from the parameters that it
 * found, whenever it forecasts, and so it is done here, once.
 */
export class HoltWinters extends Forecaster {
  private readonly rules: Smoothing;
  private readonly end: Smoothed;
  /** The power of the Box-Cox transform. */
  private readonly lambda: number | undefined;
  private readonly bias: number;

  constructor(state: State) {
    super(state, [], 1);
    const results = resultsOf(state);
    const model = results.child(results.named("_model", "model"));
    const params = results.dict("params");
    const number = (...names: readonly string[]) => {
      const value = params.get(names.find((name) => params.has(name)) ?? "");
      return Number(reviveNumpy(value)?.item(0) ?? value ?? 0);
    };
    const boxcox = params.get("use_boxcox");
    this.lambda = boxcox === false || boxcox === null || boxcox === undefined ? undefined : number("lamda");
    const seasonal = wayOf(model, "seasonal");
    const damped = model.boolean(model.named("damped_trend", "damped"), false);
    this.rules = {
      trend: wayOf(model, "trend"),
      seasonal,
      alpha: number("smoothing_level"),
      beta: number("smoothing_trend", "smoothing_slope"),
      gamma: number("smoothing_seasonal"),
      damping: damped ? number("damping_trend", "damping_slope") : 1,
      level: number("initial_level"),
      slope: number("initial_trend", "initial_slope"),
      season: seasonal === undefined ? new Float64Array(1) : seasonOf(results, model),
    };
    const endog = model.floats("endog", [undefined]);
    const { lambda } = this;
    this.end = smoothed(lambda === undefined ? endog : endog.map((value) => boxcoxOf(value, lambda)), this.rules);
    this.bias = params.get("remove_bias") === true ? meanOf(results, results.named("_resid", "resid")) : 0;
  }

  override forecast({ steps }: Ahead): Float64Array {
    const { lambda, rules, end } = this;
    const out = new Float64Array(steps);
    let times = 0;
    for (let step = 1; step <= steps; step++) {
      times += rules.damping === 1 ? 1 : pow(rules.damping, step);
      const base = trended(end.level, damp(end.slope, times, rules.trend), rules.trend);
      const season = end.season[step % end.season.length]!;
      const value = rules.seasonal === "mul" ? base * season : base + season;
      out[step - 1] = (lambda === undefined ? value : backFrom(value, lambda)) + this.bias;
    }
    return out;
  }
}

const trended = (level: number, slope: number, way: Way): number => (way === "mul" ? level * slope : level + slope);
const damp = (slope: number, times: number, way: Way): number =>
  way === undefined ? 0 : way === "mul" ? pow(slope, times) : slope * times;

/** Level, slope and season behind the last value. */
function smoothed(y: Float64Array, rules: Smoothing): Smoothed {
  const { trend, seasonal, alpha, beta, gamma, damping } = rules;
  const length = rules.season.length;
  const season = new Float64Array(y.length + length);
  season.set(rules.season);
  let { level, slope } = rules;
  for (let at = 0; at < y.length; at++) {
    const damped = damp(slope, damping, trend);
    const expected = trended(level, damped, trend);
    const before = season[at]!;
    const next = (seasonal === "mul" ? (alpha * y[at]!) / before : alpha * (y[at]! - before)) + (1 - alpha) * expected;
    if (trend !== undefined) slope = beta * (trend === "mul" ? next / level : next - level) + (1 - beta) * damped;
    if (seasonal !== undefined)
      season[at + length] =
        (seasonal === "mul" ? (gamma * y[at]!) / expected : gamma * (y[at]! - expected)) + (1 - gamma) * before;
    level = next;
  }
  return {
    level,
    slope,
    season: seasonal === undefined ? rules.season : season.slice(y.length - 1, y.length - 1 + length),
  };
}

function seasonOf(results: State, model: State): Float64Array {
  const length = model.integer("seasonal_periods", undefined, 1, 2 ** 20);
  return results.floatsFrom(results.dict("params").get("initial_seasons"), "params['initial_seasons']", [length]);
}

function boxcoxOf(value: number, lambda: number): number {
  return lambda === 0 ? log(value) : Math.expm1(lambda * log(value)) / lambda;
}

/** The inverse of the Box-Cox transform. */
function backFrom(value: number, lambda: number): number {
  return lambda === 0 ? exp(value) : exp(Math.log1p(lambda * value) / lambda);
}

function wayOf(model: State, name: string): Way {
  const found = model.raw(name);
  if (found === null || found === undefined) return undefined;
  const way = String(found);
  if (/^add(itive)?$/.test(way)) return "add";
  return /^mul(tiplicative)?$/.test(way) ? "mul" : model.fail(name, `must be 'add' or 'mul', not '${way}'`);
}

function meanOf(results: State, name: string): number {
  const all = results.floats(name, [undefined]);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}
