/** @module The trend of a Prophet model: pieces of a line or of a logistic curve between changepoints, or a constant. */

import { exp } from "../base/math.ts";

/** A trend's parameters. */
export interface Trend {
  readonly growth: "linear" | "logistic" | "flat";
  readonly k: number;
  readonly m: number;
  readonly deltas: Float64Array;
  /** `[deltas]`, in units of the training's length. */
  readonly changepoints: Float64Array;
}

/** The offsets that keep a logistic curve in one piece at its changepoints. */
export function offsetsOf({ k, m, deltas, changepoints }: Trend): Float64Array {
  const offsets = new Float64Array(changepoints.length);
  let [rate, sum] = [k, 0];
  for (let at = 0; at < changepoints.length; at++) {
    const next = rate + deltas[at]!;
    offsets[at] = (changepoints[at]! - m - sum) * (1 - rate / next);
    sum += offsets[at]!;
    rate = next;
  }
  return offsets;
}

/** The trend at a time, scaled; `cap` is where a logistic curve ends. */
export function trendAt(t: number, trend: Trend, offsets: Float64Array, cap: number): number {
  const { growth, deltas, changepoints } = trend;
  if (growth === "flat") return trend.m;
  let rate = 0;
  let shift = 0;
  for (let at = 0; at < changepoints.length; at++) {
    if (t < changepoints[at]!) continue;
    rate += deltas[at]!;
    shift += growth === "linear" ? -changepoints[at]! * deltas[at]! : offsets[at]!;
  }
  if (growth === "linear") return (rate + trend.k) * t + (shift + trend.m);
  return cap / (1 + exp(-(trend.k + rate) * (t - (trend.m + shift))));
}
