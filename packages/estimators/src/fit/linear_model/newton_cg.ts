/** @module Newton's method with conjugate gradients (`sklearn.utils.optimize._newton_cg`). */

import { dot } from "@curtido/kernels";
import { LineSearch } from "../optimize/line_search.ts";
import type { Solution, SolverOptions } from "./lbfgs_solver.ts";
import { HessianProduct } from "./logistic_hessian.ts";
import type { LogisticLoss } from "./logistic_loss.ts";

/** Iterations of the conjugate gradients, and of a line search. */
const MOST_INNER = 200;
const MOST_LINE_STEPS = 100;
/** What is asked of a step. */
const SEARCH = { ftol: 1e-4, gtol: 0.9, xtol: 1e-14, least: 1e-8, most: 50 };
const ROUNDING = 16 * 2 ** -52;

interface Place {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Newton's method with steps by conjugate gradients. */
export function newtonCg(loss: LogisticLoss, { l2, tol, maxIterations }: SolverOptions): Solution {
  const hessian = new HessianProduct(loss, l2);
  const visit = (x: Float64Array): Place => {
    const gradient = new Float64Array(x.length);
    return { x, value: loss.valueAndGradient(x, l2, gradient), gradient };
  };
  let here = visit(new Float64Array(loss.size));
  let before: number | undefined;
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    const { gradient, value } = here;
    if (gradient.every((each) => Math.abs(each) <= tol)) break;
    const size = norm1(gradient);
    // The probabilities are those of the last place that was visited, which need not be the one gone to.
    loss.value(here.x, l2);
    hessian.update();
    const direction = conjugate(hessian, gradient, Math.min(0.5, Math.sqrt(size)) * size);
    const next = search(visit, here, direction, before);
    if (next === undefined) break;
    before = value;
    here = next;
  }
  return { coefficients: here.x, iterations };
}

/** Solves hessian x = -gradient until what is left is below `bound`. */
function conjugate(hessian: HessianProduct, gradient: Float64Array, bound: number): Float64Array {
  const n = gradient.length;
  const x = new Float64Array(n);
  const rest = gradient.slice();
  let direction = rest.map((each) => -each);
  let square = dot(rest, 0, rest, 0, n);
  let length = square;
  for (let round = 0; round <= MOST_INNER; round++) {
    if (norm1(rest) <= bound) break;
    const product = hessian.times(direction);
    const curvature = dot(direction, 0, product, 0, n);
    if (curvature >= 0 && curvature <= ROUNDING * length) break;
    if (curvature < 0 && round > 0) break;
    const share = square / curvature;
    for (let at = 0; at < n; at++) {
      x[at]! += share * direction[at]!;
      rest[at]! += share * product[at]!;
    }
    if (curvature < 0) break;
    const next = dot(rest, 0, rest, 0, n);
    const ratio = next / square;
    direction = direction.map((each, at) => -rest[at]! + ratio * each);
    length = next + ratio * ratio * length;
    square = next;
  }
  return x;
}

/** A better place along the direction; `undefined` when none is found. */
function search(
  visit: (x: Float64Array) => Place,
  { x, value, gradient }: Place,
  direction: Float64Array,
  before: number | undefined,
): Place | undefined {
  const n = x.length;
  const at = (step: number) => visit(x.map((each, k) => each + step * direction[k]!));
  const slope = dot(gradient, 0, direction, 0, n);
  if (slope < 0) {
    const guess = before === undefined ? 1 : Math.min(1, (1.01 * 2 * (value - before)) / slope);
    const line = new LineSearch(guess < 0 ? 1 : guess, value, slope, SEARCH);
    for (let tried = 0; tried < MOST_LINE_STEPS && Number.isFinite(line.step); tried++) {
      const place = at(line.step);
      const verdict = line.next(place.value, dot(place.gradient, 0, direction, 0, n));
      if (verdict === "found") return place;
      if (verdict === "warning") break;
    }
  }
  const whole = at(1);
  const isRounding = Math.abs(whole.value - value) <= Math.abs(value * ROUNDING);
  return isRounding && norm1(whole.gradient) < norm1(gradient) ? whole : undefined;
}

function norm1(vector: Float64Array): number {
  return vector.reduce((sum, each) => sum + Math.abs(each), 0);
}
