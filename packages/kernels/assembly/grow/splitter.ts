// Finds the split of a node: the best one, or the best of random ones. The draws and the order of the features are those of
// scikit-learn 1.9.1's tree/_splitter.pyx.

import { SQUARED_ERROR, constantFeatures, constraints, criterion, features, first, isMonotonic, isRandom, last, leastSamples, leastWeight, mostFeatures, sampleAt, targetOf, valueAt, width } from "./state";
import { extremes, isClose, least, missing, missingFirst, most, nextPosition, sortNode, splitSamples, splitValues } from "./partition";
import { children, improvement, isInOrder, leftWeight, moveTo, nodeWeight, proxy, reset, rightWeight, total } from "./criterion";

const RANDOM_END: u32 = 2147483647;

let seed: u32 = 0;

export function plant(value: u32): void {
  seed = value;
  for (let at = 0; at < width; at++) setFeature(at, at);
}

// The best split so far: everything up to `bestPosition` goes left.
export let bestPosition: i32 = 0, bestFeature: i32 = 0;
export let bestThreshold: f64 = 0, bestImprovement: f64 = 0;
export let bestMissingLeft: bool = false;
/** After a split: how many features are constant in the node. */
export let constants: i32 = 0;
let bestProxy: f64 = 0, lower: f64 = 0, upper: f64 = 0;

@inline function featureAt(at: i32): i32 {
  return load<i32>(features + (<usize>at << 2));
}
@inline function setFeature(at: i32, feature: i32): void {
  store<i32>(features + (<usize>at << 2), feature);
}
@inline function swapFeatures(one: i32, other: i32): void {
  const feature = featureAt(one);
  setFeature(one, featureAt(other)); setFeature(other, feature);
}

/** Marsaglia's xorshift of 32 bits (2003), of which 31 are given. */
function draw(): u32 {
  let x: u32 = seed == 0 ? <u32>1 : seed;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  seed = x;
  return x & RANDOM_END;
}

@inline function drawBetween(from: i32, end: i32): i32 {
  return from + <i32>(draw() % <u32>(end - from));
}

/** Splits the node whose impurity is `impurity`, of which `known` features are constant. `bestPosition` is `last` if nothing does. */
export function split(impurity: f64, known: i32, low: f64, high: f64): void {
  lower = low; upper = high;
  bestPosition = last; bestFeature = 0; bestThreshold = 0; bestMissingLeft = false;
  bestImprovement = -Infinity; bestProxy = -Infinity;
  const seen = lookAtFeatures(known);
  if (bestPosition >= last) return;
  // Random splits leave the samples in the order of the last feature that was looked at.
  if (!isRandom || seen != bestFeature) splitSamples(bestFeature, bestThreshold, bestMissingLeft);
  reset();
  moveTo(bestPosition);
  children();
  bestImprovement = improvement(impurity);
}

/** Draws features without repetition, and does not count constant ones; gives the last one that was looked at. */
function lookAtFeatures(known: i32): i32 {
  let open = width, total = known, visited = 0, found = 0, drawn = 0, seen = -1;
  while (open > total && (visited < mostFeatures || visited <= found + drawn)) {
    visited++;
    let at = drawBetween(drawn, open - found);
    if (at < known) {
      swapFeatures(drawn++, at);
      continue;
    }
    at += found;
    seen = featureAt(at);
    if (isConstant(seen)) {
      swapFeatures(at, total);
      found++;
      total++;
      continue;
    }
    swapFeatures(--open, at);
    const constraint = isMonotonic ? <i32>load<i8>(constraints + <usize>seen) : 0;
    if (isRandom) tryRandom(seen, constraint);
    else tryAll(seen, constraint);
  }
  memory.copy(features, constantFeatures, <usize>known << 2);
  memory.copy(constantFeatures + (<usize>known << 2), features + (<usize>known << 2), <usize>found << 2);
  constants = total;
  return seen;
}

function isConstant(feature: i32): bool {
  if (isRandom) {
    extremes(feature);
    return missing == last - first || (missing == 0 && isClose(most, least));
  }
  sortNode(feature);
  return last - missing == first || (missing == 0 && isClose(valueAt(last - 1), valueAt(first)));
}

/** Every threshold between two values of the feature, with missing values to the right, then to the left. */
function tryAll(feature: i32, constraint: i32): void {
  search(feature, constraint, false);
  if (missing == 0) return;
  missingFirst();
  search(feature, constraint, true);
}

function search(feature: i32, constraint: i32, missingLeft: bool): void {
  if (criterion == SQUARED_ERROR && constraint == 0) {
    searchSquares(feature, missingLeft);
    return;
  }
  reset();
  for (let at = nextPosition(first, missingLeft); at < last; at = nextPosition(at, missingLeft)) {
    if (at - first < leastSamples || last - at < leastSamples) continue;
    moveTo(at);
    if (!improves(constraint)) continue;
    keep(at, feature, thresholdAt(at, missingLeft), missingLeft);
  }
}

@inline function thresholdAt(at: i32, missingLeft: bool): f64 {
  const beforeMissing = at == last - missing && !missingLeft;
  return beforeMissing ? Infinity : <f64>valueAt(at - 1) / 2 + <f64>valueAt(at) / 2;
}

/** What `search` does, for squared errors: most of training is spent here, and its sums stay in registers. */
function searchSquares(feature: i32, missingLeft: bool): void {
  const all = total, allWeight = nodeWeight;
  let sum: f64 = 0, weight: f64 = 0, position = first;
  for (let at = nextPosition(first, missingLeft); at < last; at = nextPosition(at, missingLeft)) {
    if (at - first < leastSamples || last - at < leastSamples) continue;
    if (at - position <= last - at) {
      for (; position < at; position++) {
        const target = targetOf(sampleAt(position)), own = load<f64>(target);
        sum += own * load<f64>(target, 8);
        weight += own;
      }
    } else {
      sum = all; weight = allWeight;
      for (position = last - 1; position >= at; position--) {
        const target = targetOf(sampleAt(position)), own = load<f64>(target);
        sum -= own * load<f64>(target, 8);
        weight -= own;
      }
      position = at;
    }
    const right = all - sum, rightWeight = allWeight - weight;
    if (weight < leastWeight || rightWeight < leastWeight) continue;
    const merit = sum * sum / weight + right * right / rightWeight;
    if (!(merit > bestProxy)) continue;
    bestProxy = merit;
    keep(at, feature, thresholdAt(at, missingLeft), missingLeft);
  }
}

function tryRandom(feature: i32, constraint: i32): void {
  const low = <f64>least, high = <f64>most;
  let threshold = (high - low) * <f64>draw() / <f64>RANDOM_END + low;
  const missingLeft = missing > 0 && drawBetween(0, 2) == 1;
  if (threshold == high) threshold = low;
  const at = splitValues(threshold, missingLeft);
  if (at - first < leastSamples || last - at < leastSamples) return;
  reset();
  moveTo(at);
  if (improves(constraint)) keep(at, feature, threshold, missingLeft);
}

/** Whether the split that the criterion looks at is allowed, and better than those before. */
@inline function improves(constraint: i32): bool {
  if (leftWeight < leastWeight || rightWeight < leastWeight) return false;
  if (constraint != 0 && !isInOrder(constraint, lower, upper)) return false;
  const merit = proxy();
  if (!(merit > bestProxy)) return false;
  bestProxy = merit;
  return true;
}

/** Without missing values, those that come later go where most samples went. */
function keep(at: i32, feature: i32, threshold: f64, missingLeft: bool): void {
  bestPosition = at; bestFeature = feature; bestThreshold = threshold;
  bestMissingLeft = missing == 0 ? at - first > last - at : missingLeft;
}
