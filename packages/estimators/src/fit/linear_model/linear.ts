/** @module LinearRegression. */

import { NdArray } from "@curtido/arrays";
import { float } from "@curtido/pickle";
import type { Rows } from "../../base/input.ts";
import type { Target } from "../base/data.ts";
import { flag, int, none, parameter, real, settledNumber } from "../base/parameters.ts";
import { type Attributes, type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import type { FitOptions } from "../base/weights.ts";
import { coefficientsOf, decompose, triangleOf } from "./least_squares.ts";
import { nonNegative } from "./non_negative.ts";
import { centeredRows, coefficientAttributes, type LinearProblem, prepare } from "./prepare.ts";

/** LinearRegression. */
export const LINEAR: TrainerSpec = {
  module: "sklearn.linear_model._base",
  name: "LinearRegression",
  task: "regression",
  parameters: {
    fitIntercept: parameter(true, flag),
    copyX: parameter(true, flag),
    tol: parameter(float(1e-6), real(0)),
    nJobs: parameter(null, none, int(-1)),
    positive: parameter(false, flag),
  },
};

/**
 * Least squares; of several solutions the one with the least coefficients.
 *
 * @example
 * new LinearRegression().fit([[1], [2]], [3, 5]).predict([[3]]).tolist(); // [7]
 */
export class LinearRegression extends Trainer {
  constructor(given: Given = {}) {
    super(LINEAR, given);
  }

  /**
   * Learns one coefficient for each feature.
   *
   * @param y - numbers: one for each row, or a matrix of several targets
   * @throws CurtidoError E_FEATURES when rows and targets are not what can be learned from
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const intercept = this.parameters.get("fitIntercept") === true;
    const problem = prepare(X, y, options, "LinearRegression", { intercept });
    const { coefficients, more } = this.parameters.get("positive") === true ? positive(problem) : this.solve(problem);
    const attributes = coefficientAttributes(problem, coefficients, intercept);
    return this.finish([...this.features(problem.table), attributes.coef, ...more, attributes.intercept]);
  }

  /** Directions whose singular value is `tol` times the largest, or less, do not count. */
  private solve(problem: LinearProblem): { coefficients: Float64Array; more: Attributes } {
    const found = decompose(problem);
    const singular = found.values.slice().sort().reverse();
    const least = settledNumber(this.parameters, "tol") * singular[0]!;
    const rank = singular.filter((value) => value > least).length;
    return {
      coefficients: coefficientsOf(found, least),
      more: [
        ["rank_", NdArray.of(BigInt64Array.of(BigInt(rank)), []).asScalar()],
        ["singular_", NdArray.of(singular)],
      ],
    };
  }
}

/** Least squares without negative coefficients, target by target. */
function positive(problem: LinearProblem): { coefficients: Float64Array; more: Attributes } {
  const { rows, width, targets, y } = problem;
  const coefficients = new Float64Array(targets * width);
  const height = Math.min(rows, width);
  const matrix = new Float64Array(height * width);
  const right = new Float64Array(height * targets);
  if (rows < width) {
    centeredRows(problem, 0, rows, matrix);
    right.set(y);
  } else {
    const triangle = triangleOf(problem);
    const columns = width + targets;
    for (let row = 0; row < width; row++) {
      matrix.set(triangle.subarray(row * columns, row * columns + width), row * width);
      right.set(triangle.subarray(row * columns + width, (row + 1) * columns), row * targets);
    }
  }
  for (let target = 0; target < targets; target++) {
    const own = Float64Array.from({ length: height }, (_, row) => right[row * targets + target]!);
    coefficients.set(nonNegative(matrix, height, width, own), target * width);
  }
  return { coefficients, more: [] };
}
