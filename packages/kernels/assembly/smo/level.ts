// Choices and thresholds of nu-SVM, where two unknowns have the same y (Chang and Lin, LIBSVM, sections 4.2 and 4.3).

import { similarities } from "./cache";
import { LOWER, UPPER } from "./shrink";
import { active, diagonal, double, downs, int, signs, slopes, statuses, TAU, ups } from "./state";

export let first: i32 = -1, second: i32 = -1;
/** The mean of the thresholds of both signs; see {@link levelThreshold}. */
export let margin: f64 = 0;

let gain: f64 = 0, negativeGain: f64 = 0;
let positive: i32 = -1, negative: i32 = -1;

/** The unknowns of each sign that can gain most per step. */
function steepestOfEach(): void {
  gain = f64.NEGATIVE_INFINITY; negativeGain = gain; positive = -1; negative = -1;
  for (let at = 0; at < active; at++) {
    if (double(ups, at) < 0) continue;
    const rise = -double(slopes, at);
    if (double(signs, at) > 0) {
      if (rise >= gain) { gain = rise; positive = at; }
    } else if (rise >= negativeGain) { negativeGain = rise; negative = at; }
  }
}

/** Chooses two unknowns of the same sign; false where it is optimal within the tolerance. */
export function chooseLevel(tolerance: f64): bool {
  steepestOfEach();
  const similar = positive < 0 ? 0 : similarities(positive, active);
  const negativeSimilar = negative < 0 ? 0 : similarities(negative, active);
  let down = f64.NEGATIVE_INFINITY, negativeDown = down, best = down;
  second = -1;
  for (let at = 0; at < active; at++) {
    if (double(downs, at) < 0) continue;
    const slope = double(slopes, at), isPositive = double(signs, at) > 0;
    if (isPositive) down = max(down, slope);
    else negativeDown = max(negativeDown, slope);
    const apart = (isPositive ? gain : negativeGain) + slope;
    if (!(apart > 0)) continue;
    const near = <f64>load<f32>((isPositive ? similar : negativeSimilar) + (<usize>at << 2));
    let quad = double(diagonal, isPositive ? positive : negative) + double(diagonal, at) - 2 * near;
    if (!(quad > 0)) quad = TAU;
    const score = (apart * apart) / quad;
    if (score >= best) { best = score; second = at; }
  }
  if (second < 0 || max(gain + down, negativeGain + negativeDown) < tolerance) return false;
  first = double(signs, second) > 0 ? positive : negative;
  return true;
}

/** The mean gradient of the free unknowns of a sign, or the middle of what the others allow. */
function thresholdOf(sign: f64): f64 {
  let count: f64 = 0, sum: f64 = 0, upper = f64.POSITIVE_INFINITY, lower = f64.NEGATIVE_INFINITY;
  for (let at = 0; at < active; at++) {
    if (double(signs, at) != sign) continue;
    const gradient = sign * double(slopes, at), status = int(statuses, at);
    if (status == UPPER) lower = max(lower, gradient);
    else if (status == LOWER) upper = min(upper, gradient);
    else { count++; sum += gradient; }
  }
  return count > 0 ? sum / count : (upper + lower) / 2;
}

/** Half of what the thresholds of both signs are apart; their mean is {@link margin}. */
export function levelThreshold(): f64 {
  const one = thresholdOf(1), other = thresholdOf(-1);
  margin = (one + other) / 2;
  return (one - other) / 2;
}
