// How mixed the targets of a node are, kept up to date while samples move from its right child to its left one. The
// formulas and the order of their sums are those of scikit-learn 1.9.1's tree/_criterion.pyx, so that rounding agrees.

import { ABSOLUTE_ERROR, ENTROPY, GINI, POISSON, SQUARED_ERROR, allWeight, criterion, first, isClasses, last, leftErrors, leftMedians, lefts, outputs, rightErrors, rightMedians, rights, sampleAt, targetOf, totals } from "./state";
import { prepareMedians } from "./absolute_error";

/** The natural logarithm with glibc's bits, of src/log.ts. */
@external("env", "log")
declare function ln(x: f64): f64;

const LN2: f64 = 0.6931471805599453;
/** Sums of counts below this are none: ten times the distance from 1 to the next double. */
const NOTHING: f64 = 10 * f64.EPSILON;

export let nodeWeight: f64 = 0, leftWeight: f64 = 0, rightWeight: f64 = 0;
export let leftImpurity: f64 = 0, rightImpurity: f64 = 0;
/** The node's sum of weighted targets. */
export let total: f64 = 0;
let squares: f64 = 0, left: f64 = 0, right: f64 = 0;
let position: i32 = 0;

@inline function classAt(list: usize, at: usize): f64 {
  return load<f64>(list + (at << 3));
}

/** Looks at the node; all its samples are in its right child. */
export function begin(): void {
  let weight: f64 = 0;
  if (isClasses) {
    memory.fill(totals, 0, <usize>outputs << 3);
    countClasses(totals, first, last, 0);
    weight = counted;
  } else {
    let sum: f64 = 0, sumOfSquares: f64 = 0;
    for (let at = first; at < last; at++) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target), y = load<f64>(target, 8), weighted = own * y;
      sum += weighted;
      sumOfSquares += weighted * y;
      weight += own;
    }
    total = sum; squares = sumOfSquares;
  }
  nodeWeight = weight;
  reset();
}

/** All samples back into the right child. */
export function reset(): void {
  position = first;
  leftWeight = 0;
  rightWeight = nodeWeight;
  left = 0; right = total;
  if (isClasses) {
    for (let at: usize = 0, end = <usize>outputs << 3; at < end; at += 8) {
      store<f64>(lefts + at, 0);
      store<f64>(rights + at, load<f64>(totals + at));
    }
  } else if (criterion == ABSOLUTE_ERROR) prepareMedians();
}

/** Moves `samples[position..to)` into the left child: from the end where that is shorter. */
@inline export function moveTo(to: i32): void {
  if (isClasses) moveClasses(to);
  else if (criterion == ABSOLUTE_ERROR) moveWeights(to);
  else moveSums(to);
  rightWeight = nodeWeight - leftWeight;
  position = to;
}

function moveClasses(to: i32): void {
  if (to - position <= last - to) countClasses(lefts, position, to, leftWeight);
  else {
    for (let at: usize = 0, end = <usize>outputs << 3; at < end; at += 8) store<f64>(lefts + at, load<f64>(totals + at));
    discountClasses(lefts, to, nodeWeight);
  }
  leftWeight = counted;
  for (let at: usize = 0, end = <usize>outputs << 3; at < end; at += 8)
    store<f64>(rights + at, load<f64>(totals + at) - load<f64>(lefts + at));
}

/** After counting: the weight with that of the samples. */
let counted: f64 = 0;

/** The number where `is` is 1, and 0 where it is 0: by its bits, as engines choose between floats by branches. */
@inline function where(is: i32, own: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(own) & -<i64>is);
}

/** Adds the samples to the weights of their classes, and to `weight`. Two classes are counted without waiting for memory. */
function countClasses(list: usize, from: i32, to: i32, weight: f64): void {
  if (outputs == 2) {
    let zero = load<f64>(list), one = load<f64>(list, 8);
    for (let at = from; at < to; at++) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target), label = load<i32>(target, 8);
      zero += where(label ^ 1, own);
      one += where(label, own);
      weight += own;
    }
    store<f64>(list, zero); store<f64>(list, one, 8);
  } else {
    for (let at = from; at < to; at++) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target), place = list + (<usize>load<i32>(target, 8) << 3);
      store<f64>(place, load<f64>(place) + own);
      weight += own;
    }
  }
  counted = weight;
}

/** Takes the samples away again, from the last of the node down to `to`. */
function discountClasses(list: usize, to: i32, weight: f64): void {
  if (outputs == 2) {
    let zero = load<f64>(list), one = load<f64>(list, 8);
    for (let at = last - 1; at >= to; at--) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target), label = load<i32>(target, 8);
      zero -= where(label ^ 1, own);
      one -= where(label, own);
      weight -= own;
    }
    store<f64>(list, zero); store<f64>(list, one, 8);
  } else {
    for (let at = last - 1; at >= to; at--) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target), place = list + (<usize>load<i32>(target, 8) << 3);
      store<f64>(place, load<f64>(place) - own);
      weight -= own;
    }
  }
  counted = weight;
}

function moveSums(to: i32): void {
  let weight = leftWeight, sum = left;
  if (to - position <= last - to) {
    for (let at = position; at < to; at++) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target);
      sum += own * load<f64>(target, 8);
      weight += own;
    }
  } else {
    sum = total;
    weight = nodeWeight;
    for (let at = last - 1; at >= to; at--) {
      const target = targetOf(sampleAt(at)), own = load<f64>(target);
      sum -= own * load<f64>(target, 8);
      weight -= own;
    }
  }
  left = sum; leftWeight = weight;
  right = total - sum;
}

function moveWeights(to: i32): void {
  for (let at = position; at < to; at++) leftWeight += load<f64>(targetOf(sampleAt(at)));
}

@inline function gini(list: usize, weight: f64): f64 {
  let sum: f64 = 0;
  for (let at = list, end = list + (<usize>outputs << 3); at < end; at += 8) {
    const count = load<f64>(at);
    sum += count * count;
  }
  return 1 - sum / (weight * weight);
}

function entropy(list: usize, weight: f64): f64 {
  let sum: f64 = 0;
  for (let at: usize = 0; at < <usize>outputs; at++) {
    const count = classAt(list, at);
    if (!(count > 0)) continue;
    const share = count / weight;
    sum -= share * (ln(share) / LN2);
  }
  return sum;
}

/** Half the Poisson deviance, without what is 0 where the prediction is the mean. */
function deviance(from: i32, to: i32, sum: f64, weight: f64): f64 {
  if (sum <= NOTHING) return Infinity;
  const mean = sum / weight;
  let loss: f64 = 0;
  for (let at = from; at < to; at++) {
    const target = targetOf(sampleAt(at)), y = load<f64>(target, 8);
    loss += load<f64>(target) * (y == 0 ? 0 : y * ln(y / mean));
  }
  return loss / weight;
}

/** The impurity of the root, as the first node that is looked at. */
export function impurity(): f64 {
  if (criterion == GINI) return gini(totals, nodeWeight);
  if (criterion == ENTROPY) return entropy(totals, nodeWeight);
  if (criterion == POISSON) return deviance(first, last, total, nodeWeight);
  if (criterion == ABSOLUTE_ERROR) return load<f64>(rightErrors) / nodeWeight;
  const mean = total / nodeWeight;
  return squares / nodeWeight - mean * mean;
}

/** What grows with the improvement of a split, without what is the same for all splits of the node. */
@inline export function proxy(): f64 {
  if (criterion == SQUARED_ERROR) return left * left / leftWeight + right * right / rightWeight;
  if (criterion == GINI) return -rightWeight * gini(rights, rightWeight) - leftWeight * gini(lefts, leftWeight);
  return rareProxy();
}

function rareProxy(): f64 {
  if (criterion == POISSON) {
    if (left <= NOTHING || right <= NOTHING) return -Infinity;
    return left * (ln(left / leftWeight) / LN2) + right * (ln(right / rightWeight) / LN2);
  }
  children();
  return -rightWeight * rightImpurity - leftWeight * leftImpurity;
}

/** Sets the impurities of the children. */
export function children(): void {
  if (criterion == GINI) {
    leftImpurity = gini(lefts, leftWeight); rightImpurity = gini(rights, rightWeight);
  } else if (criterion == ENTROPY) {
    leftImpurity = entropy(lefts, leftWeight); rightImpurity = entropy(rights, rightWeight);
  } else if (criterion == POISSON) {
    leftImpurity = deviance(first, position, left, leftWeight); rightImpurity = deviance(position, last, right, rightWeight);
  } else if (criterion == ABSOLUTE_ERROR) {
    leftImpurity = (position > first ? classAt(leftErrors, position - 1) : 0) / leftWeight;
    rightImpurity = (position < last ? classAt(rightErrors, position) : 0) / rightWeight;
  } else squaredChildren();
}

function squaredChildren(): void {
  let sum: f64 = 0;
  for (let at = first; at < position; at++) {
    const target = targetOf(sampleAt(at)), y = load<f64>(target, 8);
    sum += load<f64>(target) * y * y;
  }
  const leftMean = left / leftWeight, rightMean = right / rightWeight;
  leftImpurity = sum / leftWeight - leftMean * leftMean;
  rightImpurity = (squares - sum) / rightWeight - rightMean * rightMean;
}

/** How much purer the children are than their parent. */
export function improvement(parent: f64): f64 {
  return (nodeWeight / allWeight) *
    (parent - (rightWeight / nodeWeight) * rightImpurity - (leftWeight / nodeWeight) * leftImpurity);
}

/** What the node answers, f64[outputs]: shares of the classes, the mean, or the median. */
export function value(to: usize): void {
  if (criterion == ABSOLUTE_ERROR) store<f64>(to, classAt(rightMedians, first));
  else if (isClasses) for (let at: usize = 0; at < <usize>outputs; at++) store<f64>(to + (at << 3), classAt(totals, at) / nodeWeight);
  else store<f64>(to, total / nodeWeight);
}

/** Keeps what the node answers within bounds; of two classes, the share of the first. */
export function clip(to: usize, lower: f64, upper: f64): void {
  const own = load<f64>(to);
  if (own < lower) store<f64>(to, lower);
  else if (own > upper) store<f64>(to, upper);
  if (isClasses) store<f64>(to, 1 - load<f64>(to), 8);
}

/** Between what the children answer. */
export function middle(): f64 {
  if (criterion == ABSOLUTE_ERROR) return (classAt(leftMedians, position - 1) + classAt(rightMedians, position)) / 2;
  if (isClasses) return load<f64>(lefts) / (2 * leftWeight) + load<f64>(rights) / (2 * rightWeight);
  return left / (2 * leftWeight) + right / (2 * rightWeight);
}

/** Whether what the children answer rises (1) or falls (-1), and stays within bounds. */
export function isInOrder(constraint: i32, lower: f64, upper: f64): bool {
  const medians = criterion == ABSOLUTE_ERROR;
  const one = medians ? classAt(leftMedians, position - 1) : (isClasses ? load<f64>(lefts) : left) / leftWeight;
  const other = medians ? classAt(rightMedians, position) : (isClasses ? load<f64>(rights) : right) / rightWeight;
  return one >= lower && other >= lower && one <= upper && other <= upper && (one - other) * <f64>constraint <= 0;
}
