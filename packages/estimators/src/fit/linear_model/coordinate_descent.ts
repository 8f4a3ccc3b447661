/**
 * @module Coordinate descent for squares with penalties on sizes and squares of coefficients, with gap safe screening
 * (`sklearn.linear_model._cd_fast`; Friedman 2010, Fercoq 2015, Ndiaye 2017).
 */

import type { Quadratic } from "./quadratic.ts";

/** What is asked of the coefficients. */
export interface DescentOptions {
  /** The penalty on sizes, for the sum of squares. */
  readonly l1: number;
  /** The penalty on squares. */
  readonly l2: number;
  readonly positive: boolean;
  readonly tol: number;
  readonly maxIterations: number;
  /** The seed of the order of features; `undefined` goes through them in order. */
  readonly seed: number | undefined;
}

/** What was found. */
export interface Descended {
  readonly coefficients: Float64Array;
  readonly gap: number;
  readonly iterations: number;
}

/** The coefficients where the penalized squares are least, from 0. */
export function descend(quadratic: Quadratic, options: DescentOptions): Descended {
  return new Descent(quadratic, options).run();
}

class Descent {
  readonly #quadratic: Quadratic;
  readonly #options: DescentOptions;
  readonly #w: Float64Array;
  /** The slopes by each coefficient, without the penalty on sizes. */
  readonly #slopes: Float64Array;
  /** The features that may yet have a coefficient. */
  #active: number[];
  #gap = 0;
  /** The largest slope, or without a penalty on sizes the sum of their squares. */
  #dualNorm = 0;
  #draw: () => number;

  constructor(quadratic: Quadratic, options: DescentOptions) {
    this.#quadratic = quadratic;
    this.#options = options;
    this.#w = new Float64Array(quadratic.width);
    this.#slopes = new Float64Array(quadratic.width);
    this.#active = Array.from({ length: quadratic.width }, (_, feature) => feature);
    this.#draw = xorshift(options.seed ?? 0);
  }

  run(): Descended {
    const { tol, maxIterations } = this.#options;
    const enough = tol * this.#quadratic.squaredTargets;
    const ended = (iterations: number) => ({ coefficients: this.#w, gap: this.#gap, iterations });
    this.#measure();
    if (this.#gap >= 0 && this.#gap <= enough) return ended(0);
    this.#screen(true);
    for (let iteration = 1; iteration <= maxIterations; iteration++) {
      const { largest, change } = this.#round();
      if (largest !== 0 && change / largest > tol && iteration < maxIterations) continue;
      this.#measure();
      if (this.#gap <= enough) return ended(iteration);
      this.#screen(false);
    }
    return ended(maxIterations);
  }

  /** Goes through the features once. */
  #round(): { readonly largest: number; readonly change: number } {
    const { l1, l2, positive, seed } = this.#options;
    const quadratic = this.#quadratic;
    const [w, active] = [this.#w, this.#active];
    let largest = 0;
    let change = 0;
    for (let turn = 0; turn < active.length; turn++) {
      const feature = active[seed === undefined ? turn : this.#draw() % active.length]!;
      const curvature = quadratic.curvature(feature);
      if (curvature === 0) continue;
      const before = w[feature]!;
      const slope = quadratic.slope(feature) + before * curvature;
      const shrunk = Math.max(Math.abs(slope) - l1, 0) / (curvature + l2);
      const after = positive && slope < 0 ? 0 : slope < 0 ? -shrunk : slope === 0 ? 0 : shrunk;
      w[feature] = after;
      if (after !== before) quadratic.move(feature, after - before);
      change = Math.max(change, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
    return { largest, change };
  }

  /** The gap between the problem and its dual. */
  #measure(): void {
    const { l1, l2, positive } = this.#options;
    const [w, slopes] = [this.#w, this.#slopes];
    const { squares, withTargets } = this.#quadratic.residuals(w);
    let own = 0;
    let sizes = 0;
    for (let k = 0; k < w.length; k++) {
      slopes[k] = this.#quadratic.slope(k) - (l1 === 0 ? 0 : l2 * w[k]!);
      own += w[k]! * w[k]!;
      sizes += Math.abs(w[k]!);
    }
    if (l2 === 0) own = 0;
    if (l1 === 0) {
      this.#dualNorm = slopes.reduce((sum, each) => sum + each * each, 0);
      this.#gap = l2 === 0 ? this.#dualNorm : squares + 0.5 * l2 * own - withTargets + (1 / (2 * l2)) * this.#dualNorm;
      return;
    }
    this.#dualNorm = slopes.reduce(
      (most, each) => Math.max(most, positive ? each : Math.abs(each)),
      Number.NEGATIVE_INFINITY,
    );
    const scale = this.#dualNorm > l1 ? l1 / this.#dualNorm : 1;
    const penalized = squares + l2 * own;
    this.#gap = 0.5 * penalized + l1 * sizes - (-0.5 * scale * scale * penalized + scale * withTargets);
  }

  /** Leaves out the features that cannot have a coefficient, as far as the gap tells. */
  #screen(first: boolean): void {
    const { l1, l2 } = this.#options;
    if (l1 === 0) return;
    const radius = Math.sqrt(2 * Math.abs(this.#gap)) / l1;
    const bound = Math.max(l1, this.#dualNorm);
    this.#active = this.#active.filter((feature) => {
      const curvature = this.#quadratic.curvature(feature);
      if (first && curvature === 0) return false;
      const far = (1 - Math.abs(this.#slopes[feature]! / bound)) / Math.sqrt(curvature + l2);
      if (far <= radius) return true;
      if (this.#w[feature] !== 0) this.#quadratic.move(feature, -this.#w[feature]!);
      this.#w[feature] = 0;
      return false;
    });
  }
}

/** scikit-learn's own generator (`our_rand_r`): Marsaglia's xorshift of 32 bits. */
function xorshift(seed: number): () => number {
  let state = seed === 0 ? 1 : seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % 2 ** 31;
  };
}
