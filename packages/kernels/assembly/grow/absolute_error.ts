// Sums of absolute errors around medians for every position of a split at once, from sums of weights and of targets in a
// Fenwick tree (Fenwick 1994), in the order of scikit-learn 1.9.1's tree/_criterion.pyx (MAE) and tree/_utils.pyx.

import { first, last, leftErrors, leftMedians, order, ordered, places, rightErrors, rightMedians, sampleAt, sumsOfTargets, sumsOfWeights, targetOf } from "./state";
import { sort } from "./sort";

@inline function doubleAt(list: usize, at: i32): f64 {
  return load<f64>(list + (<usize>at << 3));
}
@inline function setDouble(list: usize, at: i32, value: f64): void {
  store<f64>(list + (<usize>at << 3), value);
}

let size: i32 = 0, topBit: i32 = 0, weightSum: f64 = 0, targetSum: f64 = 0;
let leftWeight: f64 = 0, leftTarget: f64 = 0, before: i32 = 0;

/** Errors and medians for each position of the node, from both ends. */
export function prepareMedians(): void {
  const n = last - first;
  for (let at = 0; at < n; at++) {
    setDouble(ordered, at, load<f64>(targetOf(sampleAt(first + at)), 8));
    store<i32>(order + (<usize>at << 2), at);
  }
  sort<f64>(ordered, order, n);
  for (let at = 0; at < n; at++) store<i32>(places + (<usize>load<i32>(order + (<usize>at << 2)) << 2), at);
  pass(first, 1, n, leftErrors, leftMedians);
  pass(last - 1, -1, n, rightErrors, rightMedians);
}

function pass(from: i32, step: i32, n: i32, errors: usize, medians: usize): void {
  clear(n);
  for (let done = 0, at = from; done < n; done++, at += step) {
    const place = load<i32>(places + (<usize>(at - first) << 2)), weight = load<f64>(targetOf(sampleAt(at)));
    add(place, doubleAt(ordered, place), weight);
    const found = search(0.5 * weightSum);
    const median = found != before ? (doubleAt(ordered, before) + doubleAt(ordered, found)) / 2 : doubleAt(ordered, found);
    const rightWeight = weightSum - leftWeight, rightTarget = targetSum - leftTarget;
    setDouble(medians, at, median);
    setDouble(errors, at, 0.0 + (rightTarget - median * rightWeight) + (median * leftWeight - leftTarget));
  }
}

function clear(n: i32): void {
  size = n; weightSum = 0; targetSum = 0;
  memory.fill(sumsOfWeights, 0, <usize>(n + 1) << 3);
  memory.fill(sumsOfTargets, 0, <usize>(n + 1) << 3);
  topBit = 1;
  while (topBit <= n) topBit <<= 1;
  topBit >>= 1;
}

function add(place: i32, target: f64, weight: f64): void {
  const weighted = weight * target;
  for (let at = place + 1; at <= size; at += at & -at) {
    setDouble(sumsOfWeights, at, doubleAt(sumsOfWeights, at) + weight);
    setDouble(sumsOfTargets, at, doubleAt(sumsOfTargets, at) + weighted);
  }
  weightSum += weight; targetSum += weighted;
}

/** The place where the sum of weights reaches `wanted`; `before` is the last one below it. */
function search(wanted: f64): i32 {
  let at = 0, bit = topBit;
  leftWeight = 0; leftTarget = 0;
  for (; bit != 0; bit >>= 1) {
    const next = at + bit;
    if (next > size) continue;
    const weight = doubleAt(sumsOfWeights, next);
    if (wanted == weight) break;
    if (wanted > weight) {
      wanted -= weight; at = next;
      leftWeight += weight; leftTarget += doubleAt(sumsOfTargets, next);
    }
  }
  before = at;
  if (bit == 0) return at;
  before = lastBelow(at, bit, wanted);
  for (; bit != 0; bit >>= 1) {
    const next = at + bit;
    if (next > size) continue;
    const weight = doubleAt(sumsOfWeights, next);
    if (wanted >= weight) {
      wanted -= weight; at = next;
      leftWeight += weight; leftTarget += doubleAt(sumsOfTargets, next);
    }
  }
  return at;
}

function lastBelow(at: i32, bit: i32, wanted: f64): i32 {
  for (; bit != 0; bit >>= 1) {
    const next = at + bit;
    if (next > size) continue;
    const weight = doubleAt(sumsOfWeights, next);
    if (wanted > weight) { wanted -= weight; at = next; }
  }
  return at;
}
