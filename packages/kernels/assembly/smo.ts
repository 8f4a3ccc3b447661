// Sequential minimal optimization with working sets of second order (Fan, Chen and Lin 2005), with the iterations of the
// libsvm in scikit-learn 1.9.1. src/smo.ts brings the memory and the problem. Gradients are kept times y.

import { empty, similarities } from "./smo/cache";
import { cameRound, startWatching } from "./smo/cycle";
import { chooseLevel, first as levelFirst, levelThreshold, second as levelSecond } from "./smo/level";
import { similarity, similarityToVector } from "./smo/similarity";
import { LOWER, restoreSlopes, setStatus, shrink, startShrinking, UPPER } from "./smo/shrink";
import { activate, active, alphas, bounds, boundSlopes, diagonal, double, downs, int, ownRows, doubled, level, pose, rows, setDouble, signs, size, slopes, statuses, TAU, ups } from "./smo/state";

export { alphas, bounds, lay, linear, order, ownRows, powers, rows, signs, slopes, squares, diagonal, table, useKernel } from "./smo/state";
export { margin } from "./smo/level";
export { dot } from "./smo/similarity";

/** Iterations between two looks at what can be left out. */
const SHRINK_EVERY: i32 = 1000;
/** What `run` says: it is optimal, it had no iterations left, or numbers of this size get no better. */
export const OPTIMAL: i32 = 0, EXHAUSTED: i32 = 1, STUCK: i32 = 2;

let first: i32 = -1, second: i32 = -1;
let similarToFirst: usize = 0;
export let iterations: i32 = 0;

/** Begins a problem from where its unknowns are; `room` is what the cache has, in bytes. */
export function begin(unknowns: i32, twice: bool, sums: bool, room: f64): void {
  pose(unknowns, twice, sums);
  empty(room);
  startShrinking();
  memory.fill(boundSlopes, 0, <usize>unknowns << 3);
  for (let at = 0; at < unknowns; at++) setStatus(at);
  for (let at = 0; at < unknowns; at++) {
    const status = int(statuses, at), alpha = double(signs, at) * double(alphas, at);
    if (status == LOWER || alpha == 0) continue;
    const similar = similarities(at, unknowns);
    addSimilar(slopes, alpha, similar);
    if (status == UPPER) addSimilar(boundSlopes, double(signs, at) * double(bounds, at), similar);
  }
}

/** Adds a multiple of similarities to a list. */
@inline function addSimilar(list: usize, factor: f64, similar: usize): void {
  for (let k = 0; k < size; k++)
    setDouble(list, k, double(list, k) + factor * <f64>load<f32>(similar + (<usize>k << 2)));
}

/** Which of the best in two lanes it is: of equal ones the last. */
@inline function bestLane(bests: v128, places: v128): i32 {
  const a = f64x2.extract_lane(bests, 0), b = f64x2.extract_lane(bests, 1);
  const atA = <i32>f64x2.extract_lane(places, 0), atB = <i32>f64x2.extract_lane(places, 1);
  if (a == b) return max(atA, atB);
  return a > b ? atA : atB;
}

/** The unknown that can gain most per step; -1 without one. */
function steepest(): i32 {
  let best = f64x2.splat(f64.NEGATIVE_INFINITY), place = f64x2.splat(-1);
  let here = f64x2(0, 1);
  const pairs = active & ~1;
  for (let at: usize = 0, end = <usize>pairs << 3; at < end; at += 16) {
    const gain = f64x2.sub(v128.load(ups + at), v128.load(slopes + at));
    const better = f64x2.ge(gain, best);
    best = v128.bitselect(gain, best, better);
    place = v128.bitselect(here, place, better);
    here = f64x2.add(here, f64x2.splat(2));
  }
  let at = bestLane(best, place);
  let most = at < 0 ? f64.NEGATIVE_INFINITY : double(ups, at) - double(slopes, at);
  if (pairs < active) {
    const gain = double(ups, pairs) - double(slopes, pairs);
    if (gain >= most) {
      most = gain;
      at = pairs;
    }
  }
  return most == f64.NEGATIVE_INFINITY ? -1 : at;
}

let mostDown: f64 = 0;

/** The unknown that lowers the objective most together with the first; -1 without one. */
function partner(gain: f64, curve: f64, similar: usize): i32 {
  let best = f64x2.splat(f64.NEGATIVE_INFINITY), place = f64x2.splat(-1), most = best;
  let here = f64x2(0, 1);
  const gains = f64x2.splat(gain), curves = f64x2.splat(curve), zero = f64x2.splat(0), tau = f64x2.splat(TAU);
  const pairs = active & ~1;
  for (let at: usize = 0, end = <usize>pairs << 3; at < end; at += 16) {
    const slope = f64x2.add(v128.load(downs + at), v128.load(slopes + at));
    most = f64x2.pmax(most, slope);
    const apart = f64x2.add(gains, slope);
    const near = f64x2.promote_low_f32x4(v128.load64_zero(similar + (at >> 1)));
    let quad = f64x2.sub(f64x2.add(curves, v128.load(diagonal + at)), f64x2.add(near, near));
    quad = v128.bitselect(quad, tau, f64x2.gt(quad, zero));
    const score = f64x2.div(f64x2.mul(apart, apart), quad);
    const better = v128.and(f64x2.gt(apart, zero), f64x2.ge(score, best));
    best = v128.bitselect(score, best, better);
    place = v128.bitselect(here, place, better);
    here = f64x2.add(here, f64x2.splat(2));
  }
  let at = bestLane(best, place);
  mostDown = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (pairs == active) return at;
  const slope = double(downs, pairs) + double(slopes, pairs), apart = gain + slope;
  if (slope >= mostDown) mostDown = slope;
  if (!(apart > 0)) return at;
  const near = <f64>load<f32>(similar + (<usize>pairs << 2));
  let quad = curve + double(diagonal, pairs) - 2 * near;
  if (!(quad > 0)) quad = TAU;
  const score = (apart * apart) / quad;
  return score >= max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1)) ? pairs : at;
}

/** Chooses two unknowns; false where it is optimal within the tolerance. */
function choose(tolerance: f64): bool {
  if (level) {
    if (!chooseLevel(tolerance)) return false;
    first = levelFirst; second = levelSecond;
    similarToFirst = similarities(first, active);
    return true;
  }
  first = steepest();
  if (first < 0) return false;
  similarToFirst = similarities(first, active);
  const gain = -double(slopes, first);
  second = partner(gain, double(diagonal, first), similarToFirst);
  return second >= 0 && !(gain + mostDown < tolerance);
}

/** The step of two unknowns whose y differ, within their bounds. */
function stepApart(i: i32, j: i32, quad: f64): void {
  const most = double(bounds, i), mostOther = double(bounds, j);
  const delta = (-(double(signs, i) * double(slopes, i)) - double(signs, j) * double(slopes, j)) / quad;
  const apart = double(alphas, i) - double(alphas, j);
  let a = double(alphas, i) + delta, b = double(alphas, j) + delta;
  if (apart > 0) {
    if (b < 0) { b = 0; a = apart; }
  } else if (a < 0) { a = 0; b = -apart; }
  if (apart > most - mostOther) {
    if (a > most) { a = most; b = most - apart; }
  } else if (b > mostOther) { b = mostOther; a = mostOther + apart; }
  setDouble(alphas, i, a);
  setDouble(alphas, j, b);
}

/** The step of two unknowns with the same y, within their bounds. */
function stepTogether(i: i32, j: i32, quad: f64): void {
  const most = double(bounds, i), mostOther = double(bounds, j);
  const delta = (double(signs, i) * double(slopes, i) - double(signs, j) * double(slopes, j)) / quad;
  const sum = double(alphas, i) + double(alphas, j);
  let a = double(alphas, i) - delta, b = double(alphas, j) + delta;
  if (sum > most) {
    if (a > most) { a = most; b = sum - most; }
  } else if (b < 0) { b = 0; a = sum; }
  if (sum > mostOther) {
    if (b > mostOther) { b = mostOther; a = sum - mostOther; }
  } else if (a < 0) { a = 0; b = sum; }
  setDouble(alphas, i, a);
  setDouble(alphas, j, b);
}

/** What the two steps do to the slopes. */
function moveSlopes(similarOne: usize, one: f64, similarOther: usize, other: f64): void {
  const ones = f64x2.splat(one), others = f64x2.splat(other), pairs = active & ~1;
  for (let at: usize = 0, end = <usize>pairs << 3; at < end; at += 16) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(similarOne + (at >> 1)));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(similarOther + (at >> 1)));
    v128.store(slopes + at, f64x2.add(v128.load(slopes + at), f64x2.add(f64x2.mul(a, ones), f64x2.mul(b, others))));
  }
  if (pairs == active) return;
  const place = <usize>pairs << 2;
  const change = <f64>load<f32>(similarOne + place) * one + <f64>load<f32>(similarOther + place) * other;
  setDouble(slopes, pairs, double(slopes, pairs) + change);
}

/** Sums up again what unknowns at their upper bounds do, when one of them came to its bound or left it. */
function moveBound(at: i32, was: bool): void {
  setStatus(at);
  if (was == (int(statuses, at) == UPPER)) return;
  const similar = similarities(at, size), bound = double(signs, at) * double(bounds, at);
  addSimilar(boundSlopes, was ? -bound : bound, similar);
}

/** One step; false where it changed nothing. */
function step(i: i32, j: i32): bool {
  const similarOne = similarToFirst, similarOther = similarities(j, active);
  const before = double(alphas, i), beforeOther = double(alphas, j);
  let quad = double(diagonal, i) + double(diagonal, j) - 2 * <f64>load<f32>(similarOne + (<usize>j << 2));
  if (quad <= 0) quad = TAU;
  if (double(signs, i) != double(signs, j)) stepApart(i, j, quad);
  else stepTogether(i, j, quad);
  const change = double(alphas, i) - before, changeOther = double(alphas, j) - beforeOther;
  moveSlopes(similarOne, double(signs, i) * change, similarOther, double(signs, j) * changeOther);
  const wasUpper = int(statuses, i) == UPPER, otherWasUpper = int(statuses, j) == UPPER;
  moveBound(i, wasUpper);
  moveBound(j, otherWasUpper);
  return change != 0 || changeOther != 0;
}

/** Solves the problem that began; gives how it ended. */
export function run(tolerance: f64, shrinking: bool, most: i32): i32 {
  const every = min(size, SHRINK_EVERY);
  let counter = every + 1, idle = 0;
  iterations = 0;
  startWatching();
  while (iterations < most) {
    if (--counter == 0) {
      counter = every;
      if (shrinking) shrink(tolerance);
    }
    if (!choose(tolerance)) {
      restoreSlopes();
      activate(size);
      if (!choose(tolerance)) return OPTIMAL;
      counter = 1;
    }
    iterations++;
    if (cameRound(iterations, first, second)) return STUCK;
    idle = step(first, second) ? 0 : idle + 1;
    if (idle > 3 * SHRINK_EVERY) return STUCK;
  }
  return EXHAUSTED;
}

/** The threshold: the mean slope of the free unknowns, or the middle of what the others allow. */
export function threshold(): f64 {
  if (level) return levelThreshold();
  let count: f64 = 0, sum: f64 = 0, upper = f64.POSITIVE_INFINITY, lower = f64.NEGATIVE_INFINITY;
  for (let at = 0; at < active; at++) {
    const slope = double(slopes, at), status = int(statuses, at), positive = double(signs, at) > 0;
    if (status == UPPER) {
      if (positive) lower = max(lower, slope);
      else upper = min(upper, slope);
    } else if (status == LOWER) {
      if (positive) upper = min(upper, slope);
      else lower = max(lower, slope);
    } else {
      count++;
      sum += slope;
    }
  }
  return count > 0 ? sum / count : (upper + lower) / 2;
}

/** The diagonal of a problem's matrix, for kernels whose values of a row with itself are computed here. */
export function fillDiagonal(): void {
  for (let at = 0; at < size; at++) {
    const row = doubled ? int(ownRows, int(rows, at)) : int(rows, at);
    setDouble(diagonal, at, similarity(row, row));
  }
}

/** What a machine makes of a row: its vectors' similarities, weighted, in their order. */
export function weigh(row: i32, vectors: usize, weights: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let at = 0; at < count; at++) sum += double(weights, at) * similarityToVector(row, int(vectors, at));
  return sum;
}
