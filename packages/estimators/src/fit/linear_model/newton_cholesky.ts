/** @module Newton's method with Cholesky's decomposition (`sklearn.linear_model._glm._newton_solver`). */

import { dot } from "@curtido/kernels";
import { cholesky } from "../../base/symmetric.ts";
import { solveCholesky } from "../../base/triangular.ts";
import { lbfgs, type Solution, type SolverOptions } from "./lbfgs_solver.ts";
import { binomialCurvature, Hessian } from "./logistic_hessian.ts";
import type { LogisticLoss } from "./logistic_loss.ts";

/** Halvings of a step. */
const MOST_HALVINGS = 21;
/** The share of the expected decrease that is asked for. */
const SUFFICIENT = 2 ** -11;
/** Decreases that are rounding, relative to the loss. */
const ROUNDING = 16 * 2 ** -52;
const EPSILON = 2 ** -52;
/** The share of rows without curvature from which another solver goes on. */
const MOST_FLAT = 0.25;

/** Newton's method; L-BFGS goes on where the matrix of second derivatives is of no use. */
export function newtonCholesky(loss: LogisticLoss, options: SolverOptions): Solution {
  return new Newton(loss, options).run();
}

class Newton {
  readonly #loss: LogisticLoss;
  readonly #options: SolverOptions;
  readonly #hessian: Hessian;
  /** The coefficients that are looked for: with more than two classes, one of each set that only shifts all is left at 0. */
  readonly #free: Int32Array;
  #x: Float64Array;
  #value: number;
  #gradient: Float64Array;

  constructor(loss: LogisticLoss, options: SolverOptions) {
    this.#loss = loss;
    this.#options = options;
    this.#hessian = new Hessian(loss);
    const { targets, size, problem } = loss;
    const shifts = (at: number) =>
      targets > 1 && at % targets === targets - 1 && (options.l2 === 0 || (problem.intercept && at === size - 1));
    this.#free = Int32Array.from(Array.from({ length: size }, (_, at) => at).filter((at) => !shifts(at)));
    this.#x = new Float64Array(size);
    this.#gradient = new Float64Array(size);
    this.#value = loss.valueAndGradient(this.#x, options.l2, this.#gradient);
  }

  run(): Solution {
    const { maxIterations } = this.#options;
    let iteration = 1;
    for (; iteration <= maxIterations; iteration++) {
      const step = this.#step();
      if (step === undefined || !this.#advance(step)) return this.#resort(iteration);
      if (this.#converged(step)) {
        iteration++;
        break;
      }
    }
    return this.#finished(iteration - 1);
  }

  #resort(iteration: number): Solution {
    const rest = this.#options.maxIterations - iteration;
    const found = lbfgs(this.#loss, { ...this.#options, maxIterations: rest }, this.#x);
    this.#x = found.coefficients;
    return this.#finished(iteration + found.iterations - 1);
  }

  /** Newton's step; `undefined` where there is none. */
  #step(): Float64Array | undefined {
    const loss = this.#loss;
    if (loss.targets === 1 && flatShare(loss) > MOST_FLAT) return undefined;
    this.#hessian.update(this.#options.l2);
    const { matrix } = this.#hessian;
    const free = this.#free;
    const n = free.length;
    const part = Float64Array.from(
      { length: n * n },
      (_, at) => matrix[free[Math.floor(at / n)]! * loss.size + free[at % n]!]!,
    );
    const lower = cholesky(part, n);
    if (lower === undefined || isSingular(part, lower, n)) return undefined;
    const right = Float64Array.from(free, (at) => -this.#gradient[at]!);
    solveCholesky(lower, n, right, 1);
    const step = new Float64Array(loss.size);
    free.forEach((at, k) => {
      step[at] = right[k]!;
    });
    return step;
  }

  /** Goes along the step, or a part of it, to a lower loss; whether there is one. */
  #advance(step: Float64Array): boolean {
    const [x, value, gradient] = [this.#x, this.#value, this.#gradient];
    let expected = 0;
    for (const at of this.#free) expected += gradient[at]! * step[at]!;
    if (expected > 0) return false;
    let share = 1;
    for (let tried = 0; tried < MOST_HALVINGS; tried++, share /= 2) {
      this.#x = x.map((each, at) => each + share * step[at]!);
      this.#gradient = new Float64Array(x.length);
      this.#value = this.#loss.valueAndGradient(this.#x, this.#options.l2, this.#gradient);
      const change = this.#value - value;
      if (change <= share * SUFFICIENT * expected) return true;
      if (Math.abs(change) <= Math.abs(value * ROUNDING) && size(this.#gradient) < size(gradient)) return true;
    }
    return false;
  }

  /** Whether neither the gradient nor Newton's decrement is larger than `tol`. */
  #converged(step: Float64Array): boolean {
    const { tol } = this.#options;
    if (this.#gradient.some((each) => Math.abs(each) > tol)) return false;
    const n = this.#loss.size;
    let decrement = 0;
    for (const at of this.#free) decrement += step[at]! * dot(this.#hessian.matrix, at * n, step, 0, n);
    return 0.5 * decrement <= tol;
  }

  /** With more than two classes, coefficients that only shift all classes have the mean 0. */
  #finished(iterations: number): Solution {
    const { targets, size, problem } = this.#loss;
    const x = this.#x.slice();
    const from = this.#options.l2 === 0 ? 0 : problem.width * targets;
    for (let first = from; targets > 1 && first < size; first += targets) {
      let mean = 0;
      for (let k = 0; k < targets; k++) mean += x[first + k]! / targets;
      for (let k = 0; k < targets; k++) x[first + k]! -= mean;
    }
    return { coefficients: x, iterations };
  }
}

/** The weighted share of rows whose loss has no curvature. */
function flatShare(loss: LogisticLoss): number {
  const { weights } = loss.problem;
  let flat = 0;
  binomialCurvature(loss).forEach((each, row) => {
    if (each <= 0) flat += weights?.[row] ?? 1;
  });
  return flat / loss.total;
}

function size(vector: Float64Array): number {
  return vector.reduce((sum, each) => sum + Math.abs(each), 0);
}

/** Whether the reciprocal of the condition number (norm of column sums) is lost in rounding. */
function isSingular(matrix: Float64Array, lower: Float64Array, n: number): boolean {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  solveCholesky(lower, n, inverse, n);
  return !(1 / (norm(matrix, n) * norm(inverse, n)) >= EPSILON);
}

function norm(matrix: Float64Array, n: number): number {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, size(matrix.subarray(i * n, i * n + n)));
  return most;
}
