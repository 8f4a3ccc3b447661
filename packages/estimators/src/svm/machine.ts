/** @module libsvm's decision values and probabilities (`sklearn/svm/src/libsvm/svm.cpp`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import { exp, tanh } from "../base/math.ts";
import type { State } from "../base/state.ts";

/** Similarity of a row of `a` at `i` and a support vector at `j`. */
type Kernel = (a: Float64Array, i: number, j: number) => number;

/** A support vector machine as libsvm keeps it. */
export class SupportMachine {
  readonly features: number;
  readonly supports: number;
  private readonly vectors: Float64Array;
  private readonly kernel: Kernel;
  /** `[classes - 1, supports]`, or one row for regression. */
  private readonly coefficients: Float64Array;
  private readonly intercepts: Float64Array;
  /** Support vectors of each class; one entry for regression. */
  private readonly counts: Int32Array;
  private readonly starts: Int32Array;

  constructor(state: State, classes: number) {
    const isPrecomputed = state.plain("kernel") === "precomputed";
    const { data, rows, columns } = isPrecomputed ? supportNumbers(state) : state.matrix("support_vectors_");
    const width = state.has("shape_fit_") ? Number(state.context.value(state.list("shape_fit_")[1])) : columns;
    this.vectors = data;
    this.supports = rows;
    this.features = rows === 0 || isPrecomputed ? width : columns;
    this.kernel = this.readKernel(state);
    const dual = state.named("_dual_coef_", "dual_coef_");
    const coefficients = state.matrix(dual);
    const expected = Math.max(classes - 1, 1);
    if (coefficients.rows !== expected || coefficients.columns !== rows)
      state.fail(dual, `has the shape (${coefficients.rows}, ${coefficients.columns}), not (${expected}, ${rows})`);
    this.coefficients = coefficients.data;
    const pairs = Math.max((classes * (classes - 1)) / 2, 1);
    this.intercepts = state.floats(state.named("_intercept_", "intercept_"), [pairs]);
    const name = state.named("_n_support", "n_support_");
    this.counts = classes > 0 ? state.integers(name).subarray(0, classes) : Int32Array.of(rows);
    if (this.counts.reduce((sum, count) => sum + count, 0) !== rows)
      state.fail(name, `does not add up to ${rows} support vectors`);
    this.starts = Int32Array.from(this.counts, (_, at) =>
      this.counts.subarray(0, at).reduce((sum, count) => sum + count, 0),
    );
  }

  private readKernel(state: State): Kernel {
    const kernel = state.plain("kernel");
    const gamma = state.has("_gamma") ? state.number("_gamma") : state.number("gamma", 0);
    const coef0 = state.number("coef0", 0);
    if (kernel === "rbf") return (a, i, j) => exp(-gamma * this.squaredDistance(a, i, j));
    if (kernel === "linear") return (a, i, j) => this.dot(a, i, j);
    if (kernel === "precomputed") return (a, i, j) => a[i + this.vectors[j / this.features]!]!;
    if (kernel === "sigmoid") return (a, i, j) => tanh(gamma * this.dot(a, i, j) + coef0);
    if (kernel === "poly") {
      const degree = state.integer("degree", 3);
      return (a, i, j) => power(gamma * this.dot(a, i, j) + coef0, degree);
    }
    const path = state.at("kernel");
    const shown = typeof kernel === "string" ? `'${kernel}'` : "a function of the user's own";
    throw estimatorError("E_UNSUPPORTED", `'${path}' is ${shown}, a kernel that is not supported`, { path });
  }

  private dot(a: Float64Array, i: number, j: number): number {
    const { vectors, features } = this;
    let sum = 0;
    for (let k = 0; k < features; k++) sum += a[i + k]! * vectors[j + k]!;
    return sum;
  }

  private squaredDistance(a: Float64Array, i: number, j: number): number {
    const { vectors, features } = this;
    let sum = 0;
    for (let k = 0; k < features; k++) {
      const d = a[i + k]! - vectors[j + k]!;
      sum += d * d;
    }
    return sum;
  }

  /** Similarities of one row to every support vector. */
  private similarities(a: Float64Array, from: number, out: Float64Array): void {
    for (let at = 0; at < this.supports; at++) out[at] = this.kernel(a, from, at * this.features);
  }

  /** The regression value, or the distance from the boundary of one class, per row. */
  values(X: NdArray | Csr): Float64Array {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const similar = new Float64Array(this.supports);
    return Float64Array.from({ length: X.shape[0]! }, (_, row) => {
      this.similarities(table, row * this.features, similar);
      let sum = 0;
      for (let at = 0; at < this.supports; at++) sum += this.coefficients[at]! * similar[at]!;
      return sum + this.intercepts[0]!;
    });
  }

  /** One value per pair of classes, `[rows, pairs]`; positive for the first class of the pair. */
  pairValues(X: NdArray | Csr): Float64Array {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const rows = X.shape[0]!;
    const pairs = this.intercepts.length;
    const similar = new Float64Array(this.supports);
    const out = new Float64Array(rows * pairs);
    for (let row = 0; row < rows; row++) {
      this.similarities(table, row * this.features, similar);
      let pair = 0;
      for (let i = 0; i < this.counts.length; i++) {
        for (let j = i + 1; j < this.counts.length; j++)
          out[row * pairs + pair] = this.pairValue(similar, i, j, pair++);
      }
    }
    return out;
  }

  private pairValue(similar: Float64Array, i: number, j: number, pair: number): number {
    const { coefficients, supports, starts, counts } = this;
    let sum = 0;
    for (let at = starts[i]!, end = at + counts[i]!; at < end; at++)
      sum += coefficients[(j - 1) * supports + at]! * similar[at]!;
    for (let at = starts[j]!, end = at + counts[j]!; at < end; at++)
      sum += coefficients[i * supports + at]! * similar[at]!;
    return sum + this.intercepts[pair]!;
  }
}

/** Where a row has its similarities with the support vectors: their numbers among the training rows. */
function supportNumbers(state: State): { data: Float64Array; rows: number; columns: number } {
  const numbers = state.integers("support_");
  const width = Number(state.context.value(state.list("shape_fit_")[1]));
  if (numbers.some((number) => !(number >= 0 && number < width)))
    state.fail("support_", `holds what is no number below ${width}`);
  return { data: Float64Array.from(numbers), rows: numbers.length, columns: 1 };
}

/** libsvm's `powi`. */
function power(base: number, times: number): number {
  let square = base;
  let result = 1;
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** libsvm's `sigmoid_predict`. */
export function sigmoid(value: number, a: number, b: number): number {
  const x = value * a + b;
  return x >= 0 ? exp(-x) / (1 + exp(-x)) : 1 / (1 + exp(x));
}

/** libsvm's `multiclass_probability` (Wu, Lin and Weng 2004, method 2): `r[i * k + j]` is the probability of i against j. */
export function coupleProbabilities(r: Float64Array, k: number): Float64Array {
  const p = new Float64Array(k).fill(1 / k);
  const q = new Float64Array(k * k);
  const qp = new Float64Array(k);
  const eps = 0.005 / k;
  for (let t = 0; t < k; t++) {
    for (let j = 0; j < t; j++) {
      q[t * k + t]! += r[j * k + t]! * r[j * k + t]!;
      q[t * k + j] = q[j * k + t]!;
    }
    for (let j = t + 1; j < k; j++) {
      q[t * k + t]! += r[j * k + t]! * r[j * k + t]!;
      q[t * k + j] = -r[j * k + t]! * r[t * k + j]!;
    }
  }
  for (let round = 0; round < Math.max(100, k); round++) {
    let pqp = 0;
    for (let t = 0; t < k; t++) {
      qp[t] = 0;
      for (let j = 0; j < k; j++) qp[t]! += q[t * k + j]! * p[j]!;
      pqp += p[t]! * qp[t]!;
    }
    if (qp.reduce((most, value) => Math.max(most, Math.abs(value - pqp)), 0) < eps) break;
    for (let t = 0; t < k; t++) {
      const diff = (-qp[t]! + pqp) / q[t * k + t]!;
      p[t]! += diff;
      pqp = (pqp + diff * (diff * q[t * k + t]! + 2 * qp[t]!)) / (1 + diff) / (1 + diff);
      for (let j = 0; j < k; j++) {
        qp[j] = (qp[j]! + diff * q[t * k + j]!) / (1 + diff);
        p[j]! /= 1 + diff;
      }
    }
  }
  return p;
}
