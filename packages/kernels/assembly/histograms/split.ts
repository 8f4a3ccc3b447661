// The best split of a feature by its histogram, as scikit-learn 1.9.1's splitting.pyx finds it.

import { COUNT, ENTRY } from "./entry";

/** What keeps a quotient finite where all hessians are 0. */
const TINY: f64 = 1e-15;

let regularization: f64 = 0;
let leastHessian: f64 = 0;
let leastSamples: f64 = 0;
let constantHessian: bool = false;

/** The rules of all splits that follow. */
export function rules(l2: f64, hessian: f64, samples: f64, constant: bool): void {
  regularization = l2;
  leastHessian = hessian;
  leastSamples = samples;
  constantHessian = constant;
}

/** What a leaf answers, within the bounds that monotonic constraints set. */
@inline function valueOf(gradient: f64, hessian: f64, lower: f64, upper: f64): f64 {
  const value = -gradient / (hessian + regularization + TINY);
  return value < lower ? lower : value > upper ? upper : value;
}

/** The gain without constraints: both children at once. Signs are left out where they cancel, which changes no bit. */
@inline function freeGain(left: f64, leftHessian: f64, right: f64, rightHessian: f64, loss: f64): f64 {
  const gradients = f64x2.replace_lane(f64x2.splat(left), 1, right);
  const hessians = f64x2.replace_lane(f64x2.splat(leftHessian), 1, rightHessian);
  const shrunk = f64x2.add(f64x2.add(hessians, f64x2.splat(regularization)), f64x2.splat(TINY));
  const gains = f64x2.mul(gradients, f64x2.div(gradients, shrunk));
  return loss + f64x2.extract_lane(gains, 0) + f64x2.extract_lane(gains, 1);
}

@inline function gainOf(
  free: bool,
  leftGradient: f64,
  leftHessian: f64,
  rightGradient: f64,
  rightHessian: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
): f64 {
  if (free) return freeGain(leftGradient, leftHessian, rightGradient, rightHessian, loss);
  const left = valueOf(leftGradient, leftHessian, lower, upper);
  const right = valueOf(rightGradient, rightHessian, lower, upper);
  if ((direction > 0 && left > right) || (direction < 0 && left < right)) return -1;
  return loss - leftGradient * left - rightGradient * right;
}

/** Which bins go left (up to which one), what is in them, and whether missing values go along. */
@inline function keep(out: usize, bin: i32, missingLeft: bool, gradient: f64, hessian: f64, count: f64): void {
  store<f64>(out, <f64>bin);
  store<f64>(out, <f64>missingLeft, 8);
  store<f64>(out, gradient, 16);
  store<f64>(out, hessian, 24);
  store<f64>(out, count, 32);
}

/**
 * The best split with missing values, if there are any, on the right. Gives its gain, or -1.
 *
 * @param counted whether hessians are numbers of samples, and least ones say no more than those of samples
 */
@inline function leftToRight(
  free: bool,
  counted: bool,
  histogram: usize,
  end: i32,
  count: f64,
  gradients: f64,
  hessians: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const which: usize = constantHessian ? COUNT : 8;
  let best: f64 = 0, gradient: f64 = 0, hessian: f64 = 0, left: f64 = 0;
  let bestBin = -1, bestGradient: f64 = 0, bestHessian: f64 = 0, bestLeft: f64 = 0;
  for (let bin = 0, entry = histogram; bin < end; bin++, entry += ENTRY) {
    left += load<f64>(entry, COUNT);
    if (!counted) hessian += load<f64>(entry + which);
    gradient += load<f64>(entry);
    if (left < leastSamples) continue;
    if (count - left < leastSamples) break;
    if (counted) hessian = left;
    else {
      if (hessian < leastHessian) continue;
      if (hessians - hessian < leastHessian) break;
    }
    const gain = gainOf(free, gradient, hessian, gradients - gradient, hessians - hessian, loss, direction, lower, upper);
    if (gain > best) {
      best = gain;
      bestBin = bin; bestGradient = gradient; bestHessian = hessian; bestLeft = left;
    }
  }
  if (bestBin < 0) return -1;
  keep(out, bestBin, false, bestGradient, bestHessian, bestLeft);
  return best;
}

/** The best split with missing values on the left, where it is better than `best`. */
@inline function rightToLeft(
  free: bool,
  histogram: usize,
  start: i32,
  count: f64,
  gradients: f64,
  hessians: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  best: f64,
  out: usize,
): f64 {
  const which: usize = constantHessian ? COUNT : 8;
  let gradient: f64 = 0, hessian: f64 = 0, right: f64 = 0;
  for (let bin = start; bin >= 0; bin--) {
    const entry = histogram + <usize>(bin + 1) * ENTRY;
    right += load<f64>(entry, COUNT);
    hessian += load<f64>(entry + which);
    gradient += load<f64>(entry);
    if (right < leastSamples) continue;
    if (count - right < leastSamples) break;
    if (hessian < leastHessian) continue;
    if (hessians - hessian < leastHessian) break;
    const gain = gainOf(free, gradients - gradient, hessians - hessian, gradient, hessian, loss, direction, lower, upper);
    if (gain > best && gain > 0) {
      best = gain;
      keep(out, bin, true, gradients - gradient, hessians - hessian, count - right);
    }
  }
  return best;
}

/** The best split, first with missing values on the right, then on the left. */
@inline function splitBoth(
  free: bool,
  histogram: usize,
  bins: i32,
  missing: bool,
  count: f64,
  gradients: f64,
  hessians: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const end = bins - 1 + <i32>missing;
  const gain = leftToRight(free, false, histogram, end, count, gradients, hessians, loss, direction, lower, upper, out);
  if (!missing) return gain;
  return rightToLeft(free, histogram, bins - 2, count, gradients, hessians, loss, direction, lower, upper, gain, out);
}

/**
 * The best split of a feature whose bins are in order. Gives its gain, or -1 where none is allowed.
 *
 * @param bins without that of missing values
 * @param direction of the monotonic constraint: 1, 0 or -1
 */
export function split(
  histogram: usize,
  bins: i32,
  missing: bool,
  count: f64,
  gradients: f64,
  hessians: f64,
  value: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const loss = gradients * value;
  const isFree = direction == 0 && lower == -Infinity && upper == Infinity;
  if (isFree && !missing && constantHessian && leastSamples >= leastHessian && hessians == count)
    return leftToRight(true, true, histogram, bins - 1, count, gradients, count, loss, 0, lower, upper, out);
  if (isFree)
    return splitBoth(true, histogram, bins, missing, count, gradients, hessians, loss, 0, lower, upper, out);
  return splitBoth(false, histogram, bins, missing, count, gradients, hessians, loss, direction, lower, upper, out);
}
