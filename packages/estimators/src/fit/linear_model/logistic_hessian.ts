/** @module Second derivatives of the logistic loss (`LinearModelLoss.gradient_hessian`, `gradient_hessian_product`). */

import { type Block, exp } from "@curtido/kernels";
import type { LogisticLoss } from "./logistic_loss.ts";

/** The second derivative of the loss of each row by its raw prediction, for two classes, divided by the sum of weights. */
export function binomialCurvature({ raw, problem, total }: LogisticLoss): Float64Array {
  const { weights } = problem;
  return raw.data.map((x, row) => {
    const e = exp(x > -37 ? -x : x);
    return ((x > -37 ? e / ((1 + e) * (1 + e)) : e) * (weights?.[row] ?? 1)) / total;
  });
}

/** The second derivative by the raw predictions of two classes, with the probabilities of more than two. */
function multinomialCurvature({ raw, problem, total, targets }: LogisticLoss, k: number, l: number): Float64Array {
  const { weights, rows } = problem;
  return Float64Array.from({ length: rows }, (_, row) => {
    const p = raw.data[row * targets + k]!;
    const q = raw.data[row * targets + l]!;
    return (k === l ? p * (1 - p) : -p * q) * ((weights?.[row] ?? 1) / total);
  });
}

/** The matrix of second derivatives at the coefficients whose loss was computed last. */
export class Hessian {
  /** `[size, size]`, symmetric. */
  readonly matrix: Float64Array;
  readonly #loss: LogisticLoss;
  readonly #scaled: Block;
  readonly #products: Block;

  /** Elements that the memory of the loss must have to spare. */
  static spare(rows: number, width: number): number {
    return rows * width + width * width + 4;
  }

  constructor(loss: LogisticLoss) {
    const { rows, width } = loss.problem;
    this.#loss = loss;
    this.#scaled = loss.memory.take(rows * width);
    this.#products = loss.memory.take(width * width);
    this.matrix = new Float64Array(loss.size * loss.size);
  }

  /** Computes the matrix. */
  update(l2: number): void {
    const loss = this.#loss;
    const { targets, size } = loss;
    for (let k = 0; k < targets; k++) {
      for (let l = k; l < targets; l++) {
        this.#fill(targets === 1 ? binomialCurvature(loss) : multinomialCurvature(loss, k, l), k, l);
      }
    }
    for (let at = 0; at < loss.problem.width * targets; at++) this.matrix[at * size + at]! += l2;
  }

  /** What two classes have to do with each other: X' diag(curvature) X, and the same for the intercept. */
  #fill(curvature: Float64Array, k: number, l: number): void {
    const { memory, x, problem, targets } = this.#loss;
    const { rows, width, intercept } = problem;
    const scaled = this.#scaled.data;
    const sums = new Float64Array(width + 1);
    for (let row = 0, at = 0; row < rows; row++) {
      const h = curvature[row]!;
      for (let feature = 0; feature < width; feature++, at++) {
        const value = h * x.data[at]!;
        scaled[at] = value;
        sums[feature]! += value;
      }
      sums[width]! += h;
    }
    memory.multiplyTransposed(x, this.#scaled, this.#products, width, width, rows);
    const products = this.#products.data;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) this.#set(i * targets + k, j * targets + l, products[i * width + j]!);
    }
    if (!intercept) return;
    for (let i = 0; i <= width; i++) {
      this.#set(i * targets + k, width * targets + l, sums[i]!);
      this.#set(width * targets + k, i * targets + l, sums[i]!);
    }
  }

  #set(row: number, column: number, value: number): void {
    const { size } = this.#loss;
    this.matrix[row * size + column] = value;
    this.matrix[column * size + row] = value;
  }
}

/** The product of the matrix of second derivatives with a vector, without the matrix. */
export class HessianProduct {
  readonly #loss: LogisticLoss;
  readonly #l2: number;
  readonly #vector: Block;
  readonly #tilts: Block;
  readonly #products: Block;
  #curvature: Float64Array | undefined;
  #probabilities: Float64Array | undefined;

  /** Elements that the memory of the loss must have to spare. */
  static spare(rows: number, width: number, targets: number): number {
    return rows * targets + 2 * width * targets + 6;
  }

  constructor(loss: LogisticLoss, l2: number) {
    const { rows, width } = loss.problem;
    this.#loss = loss;
    this.#l2 = l2;
    this.#vector = loss.memory.take(width * loss.targets);
    this.#tilts = loss.memory.take(rows * loss.targets);
    this.#products = loss.memory.take(width * loss.targets);
  }

  /** Goes to the coefficients whose loss was computed last. */
  update(): void {
    const loss = this.#loss;
    if (loss.targets === 1) this.#curvature = binomialCurvature(loss);
    else this.#probabilities = loss.raw.data.slice();
  }

  /** The product with `vector`. */
  times(vector: Float64Array): Float64Array {
    const { memory, x, problem, targets, size } = this.#loss;
    const { rows, width, intercept } = problem;
    const out = new Float64Array(size);
    const tilts = this.#tilts.data;
    this.#vector.data.set(vector.subarray(0, width * targets));
    memory.multiply(x, this.#vector, this.#tilts, rows, targets, width);
    for (let at = 0; intercept && at < tilts.length; at++) tilts[at]! += vector[width * targets + (at % targets)]!;
    this.#weigh(tilts);
    memory.multiplyTransposed(this.#tilts, x, this.#products, targets, width, rows);
    for (let at = 0; at < width * targets; at++) {
      const [feature, target] = [Math.floor(at / targets), at % targets];
      out[at] = this.#products.data[target * width + feature]! + this.#l2 * vector[at]!;
    }
    for (let at = 0; intercept && at < tilts.length; at++) out[width * targets + (at % targets)]! += tilts[at]!;
    return out;
  }

  /** What rows are tilted by becomes how their slopes change. */
  #weigh(tilts: Float64Array): void {
    const { problem, targets, total } = this.#loss;
    if (this.#curvature !== undefined) {
      for (let row = 0; row < problem.rows; row++) tilts[row]! *= this.#curvature[row]!;
      return;
    }
    const p = this.#probabilities!;
    for (let row = 0; row < problem.rows; row++) {
      const from = row * targets;
      let mean = 0;
      for (let k = 0; k < targets; k++) mean += p[from + k]! * tilts[from + k]!;
      const weight = (problem.weights?.[row] ?? 1) / total;
      for (let k = 0; k < targets; k++) tilts[from + k] = (tilts[from + k]! - mean) * p[from + k]! * weight;
    }
  }
}
