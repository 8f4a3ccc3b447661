/** @module Probabilities from decision values: Platt's sigmoid, as Lin, Lin and Weng (2007) fit it, over five folds (libsvm). */

import { exp, log, RandomState } from "@curtido/kernels";
import { type PairProblem, trainPair } from "./pair.ts";

/** The probability of the first class is 1 / (1 + exp(a value + b)). */
export interface Scaling {
  readonly a: number;
  readonly b: number;
}

/** The generator of the folds, which every training sets back to its seed. */
export interface Draws {
  readonly seed: number;
  random: RandomState;
  /** Whether every machine of the folds became optimal. */
  converged: boolean;
}

const FOLDS = 5;
const MOST_STEPS = 100;
const LEAST_STEP = 1e-10;
/** Keeps the Hessian positive definite. */
const RIDGE = 1e-12;
const TOLERANCE = 1e-5;
/** The part of the predicted decrease that a step has to bring. */
const DECREASE = 1e-4;

/** Fits a sigmoid to decision values of rows that the machine was not trained on. */
export function plattScaling(
  problem: PairProblem,
  [first, second]: readonly [Int32Array, Int32Array],
  limits: readonly [number, number],
  draws: Draws,
): Scaling {
  const rows = Int32Array.from([...first, ...second]);
  const isFirst = Uint8Array.from(rows, (_, at) => (at < first.length ? 1 : 0));
  const order = shuffled(rows.length, draws.random);
  const values = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const begin = Math.floor((fold * rows.length) / FOLDS);
    const end = Math.floor(((fold + 1) * rows.length) / FOLDS);
    const trained = [...order.subarray(0, begin), ...order.subarray(end)];
    const held = order.subarray(begin, end);
    const of = (wanted: number) =>
      Int32Array.from(
        trained.filter((at) => isFirst[at] === wanted),
        (at) => rows[at]!,
      );
    const found = heldValues(
      problem,
      [of(0), of(1)],
      limits,
      Int32Array.from(held, (at) => rows[at]!),
      draws,
    );
    held.forEach((at, k) => {
      values[at] = found[k]!;
    });
  }
  return fitSigmoid(values, isFirst);
}

/** Decision values of rows, positive for the first class, by a machine that has the second class in front. */
function heldValues(
  problem: PairProblem,
  [negative, positive]: readonly [Int32Array, Int32Array],
  [limit, otherLimit]: readonly [number, number],
  held: Int32Array,
  draws: Draws,
): Float64Array {
  if (negative.length === 0 || positive.length === 0)
    return new Float64Array(held.length).fill(Math.sign(positive.length - negative.length));
  draws.random = new RandomState(draws.seed);
  const { weights, threshold, converged } = trainPair(problem, [negative, positive], [otherLimit, limit]);
  if (!converged) draws.converged = false;
  const rows = Int32Array.from([...negative, ...positive]);
  const isVector = (_: number, at: number) => weights[at] !== 0;
  const sums = problem.space.weigh(held, rows.filter(isVector), weights.filter(isVector));
  return sums.map((sum) => -(sum - threshold));
}

/** The numbers below `count` in a random order, each place drawn from those that are left. */
function shuffled(count: number, random: RandomState): Int32Array {
  const out = Int32Array.from({ length: count }, (_, at) => at);
  for (let at = 0; at < count; at++) {
    const other = at + boundedDraw(random, count - at);
    [out[at], out[other]] = [out[other]!, out[at]!];
  }
  return out;
}

/** A whole number from 0 up to, but not including `end`, by Lemire's multiplication (2019); `end` is below 2^31. */
function boundedDraw(random: RandomState, end: number): number {
  const least = 2 ** 32 % end;
  for (;;) {
    const draw = random.uint32();
    if (Math.imul(draw, end) >>> 0 < least) continue;
    const low = (draw & 0xffff) * end;
    return Math.floor(((draw >>> 16) * end + Math.floor(low / 2 ** 16)) / 2 ** 16);
  }
}

/** Newton's method with halved steps on the log loss of targets that are nearly 0 and 1. */
function fitSigmoid(values: Float64Array, isFirst: Uint8Array): Scaling {
  const positives = isFirst.reduce((sum, each) => sum + each, 0);
  const negatives = isFirst.length - positives;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  const targets = Float64Array.from(isFirst, (each) => (each === 1 ? high : low));
  let a = 0;
  let b = log((negatives + 1) / (positives + 1));
  let loss = scalingLoss(values, targets, a, b);
  for (let round = 0; round < MOST_STEPS; round++) {
    const { h11, h21, h22, g1, g2 } = derivatives(values, targets, a, b);
    if (Math.abs(g1) < TOLERANCE && Math.abs(g2) < TOLERANCE) break;
    const determinant = h11 * h22 - h21 * h21;
    const stepA = -(h22 * g1 - h21 * g2) / determinant;
    const stepB = -(-h21 * g1 + h11 * g2) / determinant;
    const slope = g1 * stepA + g2 * stepB;
    let size = 1;
    for (; size >= LEAST_STEP; size /= 2) {
      const [nextA, nextB] = [a + size * stepA, b + size * stepB];
      const next = scalingLoss(values, targets, nextA, nextB);
      if (!(next < loss + DECREASE * size * slope)) continue;
      [a, b, loss] = [nextA, nextB, next];
      break;
    }
    if (size < LEAST_STEP) break;
  }
  return { a, b };
}

function scalingLoss(values: Float64Array, targets: Float64Array, a: number, b: number): number {
  let loss = 0;
  for (let at = 0; at < values.length; at++) {
    const x = values[at]! * a + b;
    loss += x >= 0 ? targets[at]! * x + log(1 + exp(-x)) : (targets[at]! - 1) * x + log(1 + exp(x));
  }
  return loss;
}

function derivatives(values: Float64Array, targets: Float64Array, a: number, b: number) {
  let [h11, h22, h21, g1, g2] = [RIDGE, RIDGE, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const x = value * a + b;
    const small = exp(-Math.abs(x));
    const [p, q] = x >= 0 ? [small / (1 + small), 1 / (1 + small)] : [1 / (1 + small), small / (1 + small)];
    const d2 = p * q;
    h11 += value * value * d2;
    h22 += d2;
    h21 += value * d2;
    const d1 = targets[at]! - p;
    g1 += value * d1;
    g2 += d1;
  }
  return { h11, h22, h21, g1, g2 };
}
