/** @module Ridge regression without a decomposition: LSQR (Paige and Saunders 1982) and conjugate gradients. */

import { type Block, dot, MatrixMemory } from "@curtido/kernels";
import { centeredRows, type LinearProblem } from "./prepare.ts";

/** How long to go on, and how well; `undefined` iterations are the solver's own. */
export interface IterativeOptions {
  readonly alpha: number;
  readonly tol: number;
  readonly maxIterations: number | undefined;
}

const EPSILON = 2 ** -52;
/** The condition from which LSQR gives up. */
const MOST_CONDITION = 1e8;

/** The centred rows, and products with them. */
export class CenteredMatrix {
  readonly rows: number;
  readonly width: number;
  readonly #memory: MatrixMemory;
  readonly #x: Block;
  readonly #byRow: Block;
  readonly #byColumn: Block;

  constructor(problem: LinearProblem) {
    const { rows, width } = problem;
    this.rows = rows;
    this.width = width;
    this.#memory = new MatrixMemory(rows * width + rows + width + 4);
    this.#x = this.#memory.take(rows * width);
    this.#byRow = this.#memory.take(rows);
    this.#byColumn = this.#memory.take(width);
    centeredRows(problem, 0, rows, this.#x.data);
  }

  /** The matrix times a vector, `[rows]`. */
  times(vector: Float64Array): Float64Array {
    this.#byColumn.data.set(vector);
    this.#memory.multiply(this.#x, this.#byColumn, this.#byRow, this.rows, 1, this.width);
    return this.#byRow.data.slice();
  }

  /** The transposed matrix times a vector, `[width]`. */
  transposedTimes(vector: Float64Array): Float64Array {
    this.#byRow.data.set(vector);
    this.#memory.multiplyTransposed(this.#byRow, this.#x, this.#byColumn, 1, this.width, this.rows);
    return this.#byColumn.data.slice();
  }
}

const norm = (x: Float64Array) => Math.sqrt(dot(x, 0, x, 0, x.length));

/** What LSQR knows of the size of the problem and of what is left. */
interface Estimates {
  matrix: number;
  inverse: number;
  solution: number;
  /** The squares that the penalty has left. */
  penalty: number;
  last: number;
  cosine: number;
  sine: number;
}

/** Two bases that grow together, in which the matrix has two diagonals (Golub and Kahan 1965). */
class Bidiagonal {
  private readonly matrix: CenteredMatrix;
  private u: Float64Array;
  v: Float64Array;
  alfa: number;
  beta: number;

  constructor(matrix: CenteredMatrix, y: Float64Array, size: number) {
    this.matrix = matrix;
    this.u = size > 0 ? y.map((each) => each / size) : y;
    this.v = size > 0 ? matrix.transposedTimes(this.u) : new Float64Array(matrix.width);
    this.beta = size;
    this.alfa = norm(this.v);
    if (this.alfa > 0) this.scale();
  }

  private scale(): void {
    this.v = this.v.map((each) => each * (1 / this.alfa));
  }

  step(known: Estimates, alpha: number): void {
    const { matrix, alfa, u, v } = this;
    this.u = matrix.times(v).map((each, at) => each - alfa * u[at]!);
    this.beta = norm(this.u);
    if (!(this.beta > 0)) return;
    this.u = this.u.map((each) => each * (1 / this.beta));
    known.matrix = Math.sqrt(known.matrix ** 2 + alfa ** 2 + this.beta ** 2 + alpha);
    this.v = matrix.transposedTimes(this.u).map((each, at) => each - this.beta * v[at]!);
    this.alfa = norm(this.v);
    if (this.alfa > 0) this.scale();
  }
}

/**
 * The coefficients of one target (`scipy.sparse.linalg.lsqr` with `damp`), and how many iterations it took.
 *
 * @param y - `[rows]`, centred
 */
export function lsqr(
  matrix: CenteredMatrix,
  y: Float64Array,
  { alpha, tol, maxIterations }: IterativeOptions,
): { readonly coefficients: Float64Array; readonly iterations: number } {
  const most = maxIterations ?? 2 * matrix.width;
  const x = new Float64Array(matrix.width);
  const size = norm(y);
  const bases = new Bidiagonal(matrix, y, size);
  if (bases.alfa * bases.beta === 0) return { coefficients: x, iterations: 0 };
  const w = bases.v.slice();
  let rhoBar = bases.alfa;
  let phiBar = bases.beta;
  const known: Estimates = { matrix: 0, inverse: 0, solution: 0, penalty: 0, last: 0, cosine: -1, sine: 0 };
  for (let iteration = 1; iteration <= most; iteration++) {
    bases.step(known, alpha);
    const { v, alfa, beta } = bases;
    const damped = alpha > 0 ? Math.sqrt(rhoBar ** 2 + alpha) : rhoBar;
    const psi = alpha > 0 ? (Math.sqrt(alpha) / damped) * phiBar : 0;
    if (alpha > 0) phiBar *= rhoBar / damped;
    const rho = Math.hypot(damped, beta);
    const [cs, sn] = [damped / rho, beta / rho];
    const theta = sn * alfa;
    rhoBar = -cs * alfa;
    const phi = cs * phiBar;
    phiBar *= sn;
    const tau = sn * phi;
    known.inverse += (norm(w) / rho) ** 2;
    for (let at = 0; at < x.length; at++) {
      x[at]! += (phi / rho) * w[at]!;
      w[at] = v[at]! + (-theta / rho) * w[at]!;
    }
    const length = estimateSolution(known, rho, theta, phi);
    known.penalty += psi ** 2;
    const rest = Math.sqrt(phiBar ** 2 + known.penalty);
    if (isEnough({ known, rest, slope: alfa * Math.abs(tau), length, size, tol }))
      return { coefficients: x, iterations: iteration };
  }
  return { coefficients: x, iterations: most };
}

/** How long the solution is so far. */
function estimateSolution(known: Estimates, rho: number, theta: number, phi: number): number {
  const delta = known.sine * rho;
  const gammaBar = -known.cosine * rho;
  const right = phi - delta * known.last;
  const length = Math.sqrt(known.solution + (right / gammaBar) ** 2);
  const gamma = Math.sqrt(gammaBar ** 2 + theta ** 2);
  known.cosine = gammaBar / gamma;
  known.sine = theta / gamma;
  known.last = right / gamma;
  known.solution += known.last ** 2;
  return length;
}

interface Progress {
  readonly known: Estimates;
  readonly rest: number;
  readonly slope: number;
  readonly length: number;
  readonly size: number;
  readonly tol: number;
}

/** The rules of LSQR to stop. */
function isEnough({ known, rest, slope, length, size, tol }: Progress): boolean {
  const share = rest / size;
  const angle = slope / (known.matrix * rest + EPSILON);
  const condition = 1 / (known.matrix * Math.sqrt(known.inverse) + EPSILON);
  const growth = (known.matrix * length) / size;
  if (1 + condition <= 1 || 1 + angle <= 1 || 1 + share / (1 + growth) <= 1) return true;
  return condition <= 1 / MOST_CONDITION || angle <= tol || share <= tol + tol * growth;
}

/** The coefficients of one target by conjugate gradients (`scipy.sparse.linalg.cg`), for features or for rows. */
export function conjugateGradients(
  matrix: CenteredMatrix,
  y: Float64Array,
  { alpha, tol, maxIterations }: IterativeOptions,
): Float64Array {
  const wide = matrix.width > matrix.rows;
  const product = (x: Float64Array) => {
    const twice = wide ? matrix.times(matrix.transposedTimes(x)) : matrix.transposedTimes(matrix.times(x));
    return twice.map((each, at) => each + alpha * x[at]!);
  };
  const right = wide ? y : matrix.transposedTimes(y);
  const n = right.length;
  const most = wide ? 10 * n : (maxIterations ?? 10 * n);
  const enough = tol * norm(right);
  const x = new Float64Array(n);
  const rest = right.slice();
  let direction = rest.slice();
  let before = 0;
  for (let round = 0; round < most && norm(rest) > 0 && norm(rest) >= enough; round++) {
    const square = dot(rest, 0, rest, 0, n);
    if (round > 0) direction = direction.map((each, at) => rest[at]! + (square / before) * each);
    const q = product(direction);
    const share = square / dot(direction, 0, q, 0, n);
    for (let at = 0; at < n; at++) {
      x[at]! += share * direction[at]!;
      rest[at]! -= share * q[at]!;
    }
    before = square;
  }
  return wide ? matrix.transposedTimes(x) : x;
}
