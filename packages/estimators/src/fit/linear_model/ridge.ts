/** @module Ridge. */

import { NdArray } from "@curtido/arrays";
import { MatrixMemory } from "@curtido/kernels";
import { type Float, float } from "@curtido/pickle";
import type { Rows } from "../../base/input.ts";
import { cholesky } from "../../base/symmetric.ts";
import { solveCholesky } from "../../base/triangular.ts";
import type { Target } from "../base/data.ts";
import { flag, int, none, parameter, randomState, real, reals, settledNumber, word } from "../base/parameters.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import type { FitOptions } from "../base/weights.ts";
import { coefficientsOf, decompose } from "./least_squares.ts";
import { centeredRows, coefficientAttributes, type LinearProblem, prepare } from "./prepare.ts";
import { gramOf } from "./quadratic.ts";
import { CenteredMatrix, conjugateGradients, lsqr } from "./ridge_iterative.ts";

/** Ridge. */
export const RIDGE: TrainerSpec = {
  module: "sklearn.linear_model._ridge",
  name: "Ridge",
  task: "regression",
  parameters: {
    alpha: parameter(float(1), real(0), reals(0)),
    fitIntercept: parameter(true, flag),
    copyX: parameter(true, flag),
    maxIter: parameter(null, none, int(1)),
    tol: parameter(float(1e-4), real(0)),
    solver: parameter("auto", word("auto", "svd", "cholesky", "lsqr", "sparse_cg")),
    positive: parameter(false, word()),
    randomState,
  },
};

/** Singular values that the solver `svd` takes for 0. */
const LEAST_SINGULAR = 1e-15;

/** What a solver found. */
interface Found {
  /** `[targets, width]` */
  readonly coefficients: Float64Array;
  readonly iterations: Int32Array | undefined;
  readonly solver: string;
}

/**
 * Least squares with a price on large coefficients.
 *
 * @example
 * new Ridge({ alpha: 0.5 }).fit(X, y).predict(X);
 */
export class Ridge extends Trainer {
  constructor(given: Given = {}) {
    super(RIDGE, given);
  }

  /**
   * Learns one coefficient for each feature.
   *
   * @param y - numbers: one for each row, or a matrix of several targets
   * @throws CurtidoError E_FEATURES when rows and targets are not what can be learned from
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const intercept = this.parameters.get("fitIntercept") === true;
    const problem = prepare(X, y, options, "Ridge", { intercept });
    const found = this.solve(problem, this.alphas(problem.targets));
    const attributes = coefficientAttributes(problem, found.coefficients, intercept);
    return this.finish([
      ...this.features(problem.table),
      attributes.coef,
      ["n_iter_", found.iterations === undefined ? null : NdArray.of(found.iterations)],
      ["solver_", found.solver],
      attributes.intercept,
    ]);
  }

  /** The price for each target. */
  private alphas(targets: number): Float64Array {
    const alpha = this.parameters.get("alpha");
    const given = Array.isArray(alpha) ? alpha.map((each) => (each as Float).value) : [(alpha as Float).value];
    if (given.length === targets) return Float64Array.from(given);
    if (given.length !== 1) return this.unsupported("alpha", `has ${given.length} prices for ${targets} targets`);
    return new Float64Array(targets).fill(given[0]!);
  }

  private solve(problem: LinearProblem, alphas: Float64Array): Found {
    const solver = this.parameters.get("solver") as string;
    if (solver === "lsqr" || solver === "sparse_cg") return this.iterate(problem, alphas, solver);
    if (solver !== "svd") {
      const coefficients = problem.width > problem.rows ? dual(problem, alphas) : primal(problem, alphas);
      if (coefficients !== undefined) return { coefficients, iterations: undefined, solver: "cholesky" };
    }
    const coefficients = coefficientsOf(decompose(problem), LEAST_SINGULAR, alphas);
    return { coefficients, iterations: undefined, solver: "svd" };
  }

  private iterate(problem: LinearProblem, alphas: Float64Array, solver: "lsqr" | "sparse_cg"): Found {
    const { rows, width, targets, y } = problem;
    const matrix = new CenteredMatrix(problem);
    const coefficients = new Float64Array(targets * width);
    const iterations = new Int32Array(targets);
    const tol = settledNumber(this.parameters, "tol");
    const maxIterations = (this.parameters.get("maxIter") as number | null) ?? undefined;
    alphas.forEach((alpha, target) => {
      const own = Float64Array.from({ length: rows }, (_, row) => y[row * targets + target]!);
      const options = { alpha, tol, maxIterations };
      if (solver === "sparse_cg") coefficients.set(conjugateGradients(matrix, own, options), target * width);
      else {
        const found = lsqr(matrix, own, options);
        coefficients.set(found.coefficients, target * width);
        iterations[target] = found.iterations;
      }
    });
    return { coefficients, iterations: solver === "lsqr" ? iterations : undefined, solver };
  }
}

/** Solves (X'X + alpha I) w = X'y; `undefined` where that matrix is not positive definite. */
function primal(problem: LinearProblem, alphas: Float64Array): Float64Array | undefined {
  const { gram, products } = gramOf(problem);
  return penalized(gram, problem.width, products, alphas);
}

/** Solves (XX' + alpha I) u = y, and w = X'u: the smaller system where there are more features than rows. */
function dual(problem: LinearProblem, alphas: Float64Array): Float64Array | undefined {
  const { rows, width, targets, y } = problem;
  const memory = new MatrixMemory(2 * rows * width + rows * rows + targets * (rows + width) + 10);
  const [x, turned, gram] = [memory.take(rows * width), memory.take(rows * width), memory.take(rows * rows)];
  const [found, out] = [memory.take(targets * rows), memory.take(targets * width)];
  centeredRows(problem, 0, rows, x.data);
  for (let at = 0; at < x.data.length; at++) turned.data[(at % width) * rows + Math.floor(at / width)] = x.data[at]!;
  memory.gram(turned, gram, rows, width);
  const right = Float64Array.from(
    { length: targets * rows },
    (_, at) => y[(at % rows) * targets + Math.floor(at / rows)]!,
  );
  const solved = penalized(gram.data, rows, right, alphas);
  if (solved === undefined) return undefined;
  found.data.set(solved);
  memory.multiply(found, x, out, targets, width, rows);
  return out.data.slice();
}

/** Solves (gram + alpha I) w = right for each target; only the lower triangle of `gram` is read. */
function penalized(gram: Float64Array, n: number, right: Float64Array, alphas: Float64Array): Float64Array | undefined {
  const out = right.slice();
  let lower: Float64Array | undefined;
  for (const [target, alpha] of alphas.entries()) {
    if (target === 0 || alpha !== alphas[target - 1]) {
      const matrix = gram.slice();
      for (let i = 0; i < n; i++) matrix[i * n + i]! += alpha;
      lower = cholesky(matrix, n);
      if (lower === undefined) return undefined;
    }
    solveCholesky(lower!, n, out.subarray(target * n, target * n + n), 1);
  }
  return out;
}
