/** @module Logistic regression by L-BFGS, as scikit-learn sets it up. */

import { LBFGS_DEFAULTS, minimize } from "../optimize/lbfgs.ts";
import type { LogisticLoss } from "./logistic_loss.ts";

/** What a solver is given beside the loss. */
export interface SolverOptions {
  /** How strong the penalty on squared weights is, for a mean of losses. */
  readonly l2: number;
  readonly tol: number;
  readonly maxIterations: number;
}

/** Coefficients, and how many iterations it took to find them. */
export interface Solution {
  readonly coefficients: Float64Array;
  readonly iterations: number;
}

/** Steps of a line search, and the relative decrease that ends the search. */
const LINE_STEPS = 50;
const DECREASE = 64 * 2 ** -52;

/** Coefficients by L-BFGS, from 0 or from `start`. */
export function lbfgs(
  loss: LogisticLoss,
  { l2, tol, maxIterations }: SolverOptions,
  start: Float64Array = new Float64Array(loss.size),
): Solution {
  const found = minimize((x, gradient) => loss.valueAndGradient(x, l2, gradient), start, {
    ...LBFGS_DEFAULTS,
    maxIterations,
    maxLineSteps: LINE_STEPS,
    gtol: tol,
    ftol: DECREASE,
  });
  return { coefficients: found.x, iterations: Math.min(found.iterations, maxIterations) };
}
