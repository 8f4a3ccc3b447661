/** @module Rows as few atoms of a dictionary: matching pursuit, coordinate descent, thresholds (`sklearn.decomposition._dict_learning`). */

import { solveCholesky } from "../base/triangular.ts";
import type { Version } from "../base/version.ts";

const EPSILON = 2 ** -52;

/**
 * Orthogonal matching pursuit from inner products (Rubinstein, Zibulevsky and Elad 2008).
 *
 * @param gram the atoms' inner products with each other, `[count, count]`
 * @param target their inner products with the row, `[count]`
 * @param most atoms at most
 * @param units whether atoms are taken to have length 1, as releases before 0.20 did, whatever they have
 */
export function matchingPursuit(
  gram: Float64Array,
  count: number,
  target: Float64Array,
  most: number,
  units: boolean,
): Float64Array {
  const active: number[] = [];
  let lower = new Float64Array(0);
  let weights = new Float64Array(0);
  const residuals = target.slice();
  while (active.length < most) {
    let best = 0;
    for (let k = 1; k < count; k++) if (Math.abs(residuals[k]!) > Math.abs(residuals[best]!)) best = k;
    if (active.includes(best) || residuals[best]! ** 2 < EPSILON) break;
    const wider = widen(lower, active, gram, count, best, units);
    if (wider === undefined) break;
    lower = wider;
    active.push(best);
    weights = Float64Array.from(active, (index) => target[index]!);
    solveCholesky(lower, active.length, weights, 1);
    for (let k = 0; k < count; k++) {
      let explained = 0;
      for (const [at, index] of active.entries()) explained += gram[k * count + index]! * weights[at]!;
      residuals[k] = target[k]! - explained;
    }
  }
  const out = new Float64Array(count);
  for (const [at, index] of active.entries()) out[index] = weights[at]!;
  return out;
}

/** Cholesky's factor with one more row; `undefined` when the new atom is nearly made of the others. */
function widen(
  lower: Float64Array,
  active: readonly number[],
  gram: Float64Array,
  count: number,
  next: number,
  units: boolean,
) {
  const n = active.length;
  const out = new Float64Array((n + 1) * (n + 1));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) out[i * (n + 1) + j] = lower[i * n + j]!;
  let own = 0;
  for (let j = 0; j < n; j++) {
    let sum = gram[next * count + active[j]!]!;
    for (let k = 0; k < j; k++) sum -= out[n * (n + 1) + k]! * lower[j * n + k]!;
    const value = sum / lower[j * n + j]!;
    out[n * (n + 1) + j] = value;
    own += value * value;
  }
  const rest = (units ? 1 : gram[next * count + next]!) - own;
  if (n > 0 && rest <= EPSILON) return undefined;
  out[out.length - 1] = Math.sqrt(rest);
  return out;
}

/** How coordinate descent goes. */
export interface LassoProblem {
  /** The atoms' inner products with each other, `[count, count]`. */
  readonly gram: Float64Array;
  readonly count: number;
  /** The weight of the sum of sizes. */
  readonly alpha: number;
  readonly positive: boolean;
  readonly steps: number;
  readonly version: Version;
}

/** Coordinate descent from zeros until the duality gap is small (`enet_coordinate_descent_gram`). */
class Descent {
  readonly weights: Float64Array;
  private readonly problem: LassoProblem;
  private readonly target: Float64Array;
  private readonly squared: number;
  /** The Gram matrix times the weights. */
  private readonly product: Float64Array;
  private readonly gradient: Float64Array;
  private strongest = 0;
  private active: number[];

  constructor(problem: LassoProblem, target: Float64Array, squared: number) {
    const { count } = problem;
    this.problem = problem;
    this.target = target;
    this.squared = squared;
    this.weights = new Float64Array(count);
    this.product = new Float64Array(count);
    this.gradient = new Float64Array(count);
    this.active = Array.from({ length: count }, (_, k) => k);
  }

  private add(k: number, weight: number): void {
    const { gram, count } = this.problem;
    for (let j = 0; j < count; j++) this.product[j]! += weight * gram[k * count + j]!;
  }

  /** One pass; the largest change, relative to the largest weight. */
  sweep(): number {
    const { gram, count, alpha, positive, version } = this.problem;
    const { weights, product, target } = this;
    const late = version.atLeast(1, 8);
    let largest = 0;
    let change = 0;
    for (const k of this.active) {
      const own = gram[k * count + k]!;
      if (own === 0) continue;
      const before = weights[k]!;
      if (!late && before !== 0) this.add(k, -before);
      const rest = late ? target[k]! - product[k]! + before * own : target[k]! - product[k]!;
      const size = Math.max(Math.abs(rest) - alpha, 0);
      const after = positive && rest < 0 ? 0 : (Math.sign(rest) * size) / own;
      weights[k] = after;
      if (late && after !== before) this.add(k, after - before);
      else if (!late && after !== 0) this.add(k, after);
      change = Math.max(change, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
    return largest === 0 ? 0 : change / largest;
  }

  /** How far from the minimum the weights can be. */
  gap(): number {
    const { count, alpha, positive, version } = this.problem;
    const { weights, product, target, gradient } = this;
    let inner = 0;
    let curved = 0;
    let sizes = 0;
    this.strongest = positive ? Number.NEGATIVE_INFINITY : 0;
    for (let k = 0; k < count; k++) {
      inner += weights[k]! * target[k]!;
      curved += weights[k]! * product[k]!;
      sizes += Math.abs(weights[k]!);
      gradient[k] = target[k]! - product[k]!;
      this.strongest = Math.max(this.strongest, positive ? gradient[k]! : Math.abs(gradient[k]!));
    }
    if (alpha === 0 && version.atLeast(1, 9)) return gradient.reduce((sum, value) => sum + value * value, 0);
    const residual = this.squared + curved - 2 * inner;
    const scale = this.strongest > alpha ? alpha / this.strongest : 1;
    return 0.5 * residual * (1 + scale * scale) + alpha * sizes - scale * this.squared + scale * inner;
  }

  /** Leaves out atoms whose weight is surely 0 (gap safe screening, Ndiaye et al. 2017). */
  screen(gap: number): void {
    const { gram, count, alpha } = this.problem;
    const radius = Math.sqrt(2 * Math.abs(gap)) / alpha;
    this.active = this.active.filter((k) => {
      const own = gram[k * count + k]!;
      const at = this.gradient[k]! / Math.max(alpha, this.strongest);
      if (own !== 0 && (1 - Math.abs(at)) / Math.sqrt(own) <= radius) return true;
      if (this.weights[k] !== 0) this.add(k, -this.weights[k]!);
      this.weights[k] = 0;
      return false;
    });
  }
}

/**
 * The Lasso's weights, as far as scikit-learn goes: it stops when the gap is below a share of the row's square.
 *
 * @param target the atoms' inner products with the row, `[count]`
 * @param squared the row's inner product with itself
 */
export function lassoDescent(problem: LassoProblem, target: Float64Array, squared: number): Float64Array {
  const { version, alpha, steps } = problem;
  const late = version.atLeast(1, 8);
  // The dictionary's users pass a tolerance of their own from 1.8 on.
  const tolerance = late ? 1e-8 : 1e-4;
  const limit = tolerance * squared;
  const descent = new Descent(problem, target, squared);
  const screens = late && alpha !== 0;
  if (late) {
    const gap = descent.gap();
    if (gap >= 0 && gap <= limit) return descent.weights;
    if (screens) descent.screen(gap);
  }
  for (let step = 0; step < steps; step++) {
    const change = descent.sweep();
    const still = change === 0 || (late ? change <= tolerance : change < tolerance);
    if (!still && step < steps - 1) continue;
    const gap = descent.gap();
    if (late ? gap <= limit : gap < limit) break;
    if (screens) descent.screen(gap);
  }
  return descent.weights;
}

/** What of each inner product is beyond the threshold. */
export function softThreshold(target: Float64Array, threshold: number, positive: boolean): Float64Array {
  return target.map((value) => {
    const kept = Math.sign(value) * Math.max(Math.abs(value) - threshold, 0);
    return positive ? Math.max(kept, 0) : kept;
  });
}
