/** @module Least angle regression from inner products (`sklearn.linear_model._least_angle`). */

import { cholesky } from "../base/symmetric.ts";
import { solveCholesky } from "../base/triangular.ts";

/** What to follow the path of. */
export interface LeastAngleProblem {
  /** Inner products of the regressors with each other, `[count, count]`. */
  readonly gram: Float64Array;
  readonly count: number;
  /** How many numbers each regressor has: correlations are divided by it. */
  readonly length: number;
  /** Where the path ends. */
  readonly least: number;
  /** Steps at most. */
  readonly steps: number;
  /** Whether a weight that becomes 0 leaves. */
  readonly lasso: boolean;
  /** Whether weights must not be negative. */
  readonly positive: boolean;
}

/** Correlations so near to the end of the path are at it: float32's epsilon. */
const EQUAL = 2 ** -23;
/** float32's smallest normal number keeps divisors from 0. */
const TINY = 2 ** -126;
const EPSILON = 2 ** -52;
/** A regressor with so little of its own is left out. */
const DEGENERATE = 1e-7;
/** Weights may leave and come back: so many rounds per regressor and step are enough. */
const ROUNDS = 8;

/** Weights of the active regressors on the way. */
class Path {
  readonly problem: LeastAngleProblem;
  /** The inner products with what is still unexplained. */
  readonly correlations: Float64Array;
  private readonly target: Float64Array;
  active: number[] = [];
  private signs: number[] = [];
  private readonly isActive: Uint8Array;
  weights: Float64Array;
  previous: Float64Array;
  private dropped = false;

  constructor(problem: LeastAngleProblem, target: Float64Array) {
    this.problem = problem;
    this.target = target;
    this.correlations = target.slice();
    this.isActive = new Uint8Array(problem.count);
    this.weights = new Float64Array(problem.count);
    this.previous = this.weights;
  }

  /** The regressor that is not active and explains most, or -1. */
  leader(): number {
    const { count, positive } = this.problem;
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      if (this.isActive[k]) continue;
      const value = positive ? this.correlations[k]! : Math.abs(this.correlations[k]!);
      if (value > most) {
        most = value;
        best = k;
      }
    }
    return best;
  }

  /** The factor of the active regressors' inner products. */
  private factor(indices: readonly number[], lift = 0): Float64Array | undefined {
    const { gram, count } = this.problem;
    const n = indices.length;
    const own = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) own[i * n + j] = gram[indices[i]! * count + indices[j]!]! + (i === j ? lift : 0);
    return cholesky(own, n);
  }

  /** Lets the leader in, unless a weight has just left; whether it could. */
  admit(leader: number): boolean {
    if (this.dropped) return true;
    const wider = [...this.active, leader];
    const lower = this.factor(wider);
    const pivot = lower === undefined ? 0 : lower[lower.length - 1]!;
    if (pivot < DEGENERATE) {
      this.correlations[leader] = 0;
      return false;
    }
    this.active = wider;
    this.isActive[leader] = 1;
    this.signs.push(this.problem.positive ? 1 : Math.sign(this.correlations[leader]!));
    return true;
  }

  /** The direction that leads all active regressors down alike, and by how much. */
  private direction(): [Float64Array, number] {
    const n = this.active.length;
    let lower = this.factor(this.active);
    for (let lift = EPSILON; lower === undefined; lift *= 2) lower = this.factor(this.active, lift);
    const along = Float64Array.from(this.signs);
    solveCholesky(lower, n, along, 1);
    if (n === 1 && along[0] === 0) return [along.fill(1), 1];
    const speed = 1 / Math.sqrt(along.reduce((sum, value, at) => sum + value * this.signs[at]!, 0));
    return [along.map((value) => value * speed), speed];
  }

  /** Goes on until another regressor explains as much, or a weight becomes 0. */
  advance(strength: number): void {
    const { gram, count, positive, lasso } = this.problem;
    const [along, speed] = this.direction();
    const slopes = new Float64Array(count);
    let step = strength / speed;
    for (let k = 0; k < count; k++) {
      if (this.isActive[k]) continue;
      let slope = 0;
      for (const [at, index] of this.active.entries()) slope += gram[index * count + k]! * along[at]!;
      slopes[k] = slope;
      const near = (strength - this.correlations[k]!) / (speed - slope + TINY);
      if (near > 0 && near < step) step = near;
      const far = (strength + this.correlations[k]!) / (speed + slope + TINY);
      if (!positive && far > 0 && far < step) step = far;
    }
    const crossings = this.active.map((index, at) => -this.weights[index]! / (along[at]! + TINY));
    const first = crossings.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
    this.dropped = first < step;
    if (this.dropped && lasso) step = first;
    this.previous = this.weights;
    this.weights = new Float64Array(count);
    for (const [at, index] of this.active.entries()) this.weights[index] = this.previous[index]! + step * along[at]!;
    for (let k = 0; k < count; k++) if (!this.isActive[k]) this.correlations[k]! -= step * slopes[k]!;
    if (!this.dropped) return;
    const leaving = new Set(crossings.flatMap((value, at) => (value === first ? [at] : [])));
    if (lasso) this.drop(leaving);
    else this.signs = this.signs.map((sign, at) => (leaving.has(at) ? -sign : sign));
  }

  private drop(leaving: ReadonlySet<number>): void {
    const { gram, count } = this.problem;
    for (const at of leaving) {
      const index = this.active[at]!;
      this.isActive[index] = 0;
      let explained = 0;
      for (let k = 0; k < count; k++) explained += gram[index * count + k]! * this.weights[k]!;
      this.correlations[index] = this.target[index]! - explained;
    }
    this.active = this.active.filter((_, at) => !leaving.has(at));
    this.signs = this.signs.filter((_, at) => !leaving.has(at));
  }
}

/**
 * The weights at the end of the path.
 *
 * Source: Efron, Hastie, Johnstone and Tibshirani, Least angle regression, Annals of Statistics 32 (2004).
 *
 * @param target the regressors' inner products with what they are to explain, `[count]`
 */
export function leastAngle(problem: LeastAngleProblem, target: Float64Array): Float64Array {
  const { count, length, least, steps, lasso } = problem;
  const path = new Path(problem, target);
  let alphaBefore = 0;
  let done = 0;
  for (let round = 0; round < ROUNDS * (count + Math.min(steps, ROUNDS * count) + 1); round++) {
    const leader = path.leader();
    const correlation = leader < 0 ? 0 : path.correlations[leader]!;
    const strength = problem.positive ? correlation : Math.abs(correlation);
    const alpha = strength / length;
    if (alpha <= least + EQUAL) {
      if (Math.abs(alpha - least) > EQUAL && done > 0) {
        const share = (alphaBefore - least) / (alphaBefore - alpha);
        path.weights = path.weights.map((w, k) => path.previous[k]! + share * (w - path.previous[k]!));
      }
      break;
    }
    if (done >= steps || path.active.length >= count) break;
    if (!path.admit(leader)) continue;
    if (lasso && done > 0 && alphaBefore < alpha) break;
    path.advance(strength);
    alphaBefore = alpha;
    done++;
  }
  return path.weights;
}
