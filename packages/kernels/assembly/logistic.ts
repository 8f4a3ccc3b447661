// The loss of logistic regression, with its slopes and its gradient, in one pass over the rows. Addresses are in bytes.
// src/logistic.ts brings the memory, and the functions for the few arguments that take more care.

import { exp, log1p, useTable } from "./logistic/functions";
import { addOne, addFour } from "./logistic/gradient";
import { one, four } from "./logistic/raw";

@external("env", "log")
declare function log(x: f64): f64;

let x: usize = 0, width: usize = 0, targets: usize = 0;
let labels: usize = 0, weights: usize = 0, raw: usize = 0, slopes: usize = 0, losses: usize = 0;

/**
 * Where everything lies. `weights` is 0 where all rows count the same; labels are doubles. `raw` and `slopes` have
 * `targets` elements for each row.
 */
export function pose(
  data: usize, features: usize, outputs: usize, labelsAt: usize, weightsAt: usize, rawAt: usize,
  slopesAt: usize, lossesAt: usize, table: usize,
): void {
  x = data; width = features; targets = outputs;
  labels = labelsAt; weights = weightsAt; raw = rawAt; slopes = slopesAt; losses = lossesAt;
  useTable(table);
}

/** The loss of one row of two classes. */
@inline function binomial(row: usize, intercept: f64, total: f64): void {
  const at = row << 3;
  const y = load<f64>(labels + at), p = load<f64>(raw + at) + intercept;
  const weight = weights == 0 ? 1.0 : load<f64>(weights + at);
  const e = exp(p <= -2 ? p : -p);
  let loss: f64, slope: f64;
  if (p <= -2) {
    loss = (p <= -37 ? e : log1p(e)) - y * p;
    slope = p <= -37 ? e - y : ((1 - y) * e - y) / (1 + e);
  } else {
    loss = (p <= 18 ? log1p(e) : e) + (1 - y) * p;
    slope = (1 - y - y * e) / (1 + e);
  }
  store<f64>(raw + at, p);
  store<f64>(losses + at, loss * weight);
  store<f64>(slopes + at, (slope * weight) / total);
}

/** The loss of one row of several classes; raw predictions become probabilities. */
function multinomial(row: usize, intercepts: usize, total: f64): void {
  const at = row << 3, line = targets << 3;
  const from = raw + row * line, to = slopes + row * line;
  const label = <usize>load<f64>(labels + at) << 3;
  const weight = weights == 0 ? 1.0 : load<f64>(weights + at);
  if (intercepts != 0)
    for (let k: usize = 0; k < line; k += 8) store<f64>(from + k, load<f64>(from + k) + load<f64>(intercepts + k));
  let most = load<f64>(from);
  for (let k: usize = 8; k < line; k += 8) {
    const p = load<f64>(from + k);
    if (p > most) most = p;
  }
  const own = load<f64>(from + label);
  let sum: f64 = 0;
  for (let k: usize = 0; k < line; k += 8) {
    const e = exp(load<f64>(from + k) - most);
    store<f64>(from + k, e);
    sum += e;
  }
  store<f64>(losses + at, (log(sum) + most - own) * weight);
  for (let k: usize = 0; k < line; k += 8) {
    const share = load<f64>(from + k) / sum;
    store<f64>(from + k, share);
    store<f64>(to + k, ((k == label ? share - 1 : share) * weight) / total);
  }
}

@inline function loss(row: usize, intercepts: usize, total: f64): void {
  if (targets == 1) binomial(row, intercepts == 0 ? 0 : load<f64>(intercepts), total);
  else multinomial(row, intercepts, total);
}

/**
 * Sets raw predictions, losses, and slopes, each divided by `total`, of the rows from `from` to `to`.
 *
 * @param coefficients of all targets for each feature, with room for one more
 * @param intercepts where those of all targets are, or 0
 * @param gradient where the products of slopes and features are added, `[targets, width]`, or 0
 */
export function run(from: usize, to: usize, coefficients: usize, intercepts: usize, gradient: usize, total: f64): void {
  const step = width << 3, line = targets << 3;
  let row = from;
  for (; row + 4 <= to; row += 4) {
    const at = x + row * step;
    four(at, width, coefficients, targets, raw + row * line);
    for (let k: usize = 0; k < 4; k++) loss(row + k, intercepts, total);
    if (gradient != 0) addFour(at, width, slopes + row * line, targets, gradient);
  }
  for (; row < to; row++) {
    const at = x + row * step;
    one(at, width, coefficients, targets, raw + row * line);
    loss(row, intercepts, total);
    if (gradient != 0) addOne(at, width, slopes + row * line, targets, gradient);
  }
}
