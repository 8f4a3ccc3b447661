/**
 * @module Minima of smooth functions: limited-memory BFGS without bounds, with the line search and the rules to stop of
 * `scipy.optimize.minimize(method="L-BFGS-B")` (Byrd, Lu, Nocedal and Zhu 1995; Morales and Nocedal 2011).
 */

import { dot } from "@curtido/kernels";
import { LineSearch } from "./line_search.ts";

/** The value at x; writes the gradient. */
export type ObjectiveFunction = (x: Float64Array, gradient: Float64Array) => number;

/** When to stop, with scipy's names. */
export interface LbfgsOptions {
  /** The largest element of the gradient at a minimum. */
  readonly gtol: number;
  /** The relative decrease below which there is no progress. */
  readonly ftol: number;
  readonly maxIterations: number;
  readonly maxEvaluations: number;
  /** Steps of a line search. */
  readonly maxLineSteps: number;
}

/** What was found. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** scipy's own rules. */
export const LBFGS_DEFAULTS: LbfgsOptions = {
  gtol: 1e-5,
  ftol: 2.220446049250313e-9,
  maxIterations: 15_000,
  maxEvaluations: 15_000,
  maxLineSteps: 20,
};

/** How many steps are remembered (`maxcor`). */
const MEMORY = 10;
const EPSILON = 2 ** -52;
/** The longest step. */
const LONGEST = 1e10;
const SEARCH = { ftol: 1e-3, gtol: 0.9, xtol: 0.1, least: 0, most: LONGEST };

/**
 * The minimum of a function from a first guess.
 *
 * @param start - never changed
 * @example
 * minimize((x, g) => { g[0] = 2 * x[0]; return x[0] ** 2; }, Float64Array.of(3), LBFGS_DEFAULTS).x; // near [0]
 */
export function minimize(objective: ObjectiveFunction, start: Float64Array, options: LbfgsOptions): Minimum {
  return new Lbfgs(objective, start, options).run();
}

/** A step that was made, and how the gradient changed with it. */
interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

class Lbfgs {
  readonly #objective: ObjectiveFunction;
  readonly #options: LbfgsOptions;
  readonly #n: number;
  #x: Float64Array;
  #gradient: Float64Array;
  #value: number;
  #evaluations = 1;
  #steps: Step[] = [];
  #theta = 1;

  constructor(objective: ObjectiveFunction, start: Float64Array, options: LbfgsOptions) {
    this.#objective = objective;
    this.#options = options;
    this.#n = start.length;
    this.#x = start.slice();
    this.#gradient = new Float64Array(this.#n);
    this.#value = objective(this.#x, this.#gradient);
  }

  run(): Minimum {
    const { gtol, ftol, maxIterations, maxEvaluations } = this.#options;
    let iterations = 0;
    const ended = (converged: boolean) => ({ x: this.#x, value: this.#value, iterations, converged });
    if (this.#largest() <= gtol) return ended(true);
    for (;;) {
      const before = this.#value;
      const found = this.#search(iterations === 0);
      if (found === "none") return ended(false);
      if (found === "again") continue;
      iterations++;
      if (iterations >= maxIterations || this.#evaluations > maxEvaluations) return ended(false);
      if (this.#largest() <= gtol) return ended(true);
      const size = Math.max(Math.abs(before), Math.abs(this.#value), 1);
      if (before - this.#value <= ftol * size) return ended(true);
      this.#remember(found);
    }
  }

  #largest(): number {
    return this.#gradient.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  }

  /** Goes along the direction; what was learned of the curvature, or that the memory was dropped, or that nothing is left to try. */
  #search(first: boolean): Made | "again" | "none" {
    const [x, gradient, value] = [this.#x, this.#gradient, this.#value];
    const target = this.#target();
    const direction = target.map((each, at) => each - x[at]!);
    const length = Math.sqrt(this.#dot(direction, direction));
    const slope = this.#dot(gradient, direction);
    if (slope < 0) {
      const search = new LineSearch(first ? Math.min(1 / length, LONGEST) : 1, value, slope, SEARCH);
      for (let tried = 0; tried < this.#options.maxLineSteps; tried++) {
        const { step } = search;
        this.#x = step === 1 ? target : direction.map((each, at) => step * each + x[at]!);
        this.#gradient = new Float64Array(this.#n);
        this.#value = this.#objective(this.#x, this.#gradient);
        this.#evaluations++;
        const now = this.#dot(this.#gradient, direction);
        if (search.next(this.#value, now) !== "try") return { gradient, direction, step, slope, now };
      }
    }
    this.#x = x;
    this.#gradient = gradient;
    this.#value = value;
    if (this.#steps.length === 0) return "none";
    this.#steps = [];
    this.#theta = 1;
    return "again";
  }

  /** Where a Newton step with the remembered curvature leads: x - H gradient, by the two loops of Nocedal (1980). */
  #target(): Float64Array {
    const q = this.#gradient.slice();
    const shares = new Float64Array(this.#steps.length);
    for (let k = this.#steps.length - 1; k >= 0; k--) {
      const { move, change, product } = this.#steps[k]!;
      shares[k] = this.#dot(move, q) / product;
      add(q, -shares[k]!, change);
    }
    for (let at = 0; at < this.#n; at++) q[at]! /= this.#theta;
    this.#steps.forEach(({ move, change, product }, k) => {
      add(q, shares[k]! - this.#dot(change, q) / product, move);
    });
    return q.map((each, at) => this.#x[at]! - each);
  }

  /** Keeps a step unless the curvature along it is not positive. */
  #remember({ gradient, direction, step, slope, now }: Made): void {
    const change = this.#gradient.map((each, at) => each - gradient[at]!);
    const product = step === 1 ? now - slope : (now - slope) * step;
    const expected = step === 1 ? -slope : -slope * step;
    if (product <= EPSILON * expected) return;
    const move = step === 1 ? direction : direction.map((each) => each * step);
    if (this.#steps.length === MEMORY) this.#steps.shift();
    this.#steps.push({ move, change, product });
    this.#theta = this.#dot(change, change) / product;
  }

  #dot(a: Float64Array, b: Float64Array): number {
    return dot(a, 0, b, 0, this.#n);
  }
}

/** A step: the gradient before it, the direction, how far it went, and the slopes at both ends. */
interface Made {
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly step: number;
  readonly slope: number;
  readonly now: number;
}

function add(to: Float64Array, factor: number, x: Float64Array): void {
  for (let at = 0; at < to.length; at++) to[at]! += factor * x[at]!;
}
