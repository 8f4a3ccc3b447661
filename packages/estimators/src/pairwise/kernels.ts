/** @module Similarities between rows (`sklearn.metrics.pairwise`). */

import { affine, exp, pow, squaredDistances, squaredNorms, tanh } from "@curtido/kernels";
import { Instance } from "@curtido/pickle";
import { estimatorError, type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { globalName, type Matrix, type State } from "../base/state.ts";
import { type CovarianceKernel, readCovariance } from "./covariance.ts";

/** The kernels by scikit-learn's names. */
export const KERNELS = [
  "linear",
  "poly",
  "polynomial",
  "rbf",
  "laplacian",
  "sigmoid",
  "cosine",
  "chi2",
  "additive_chi2",
] as const;
export type KernelName = (typeof KERNELS)[number];

/** Parameters of kernels; what is left out is as in scikit-learn. */
export interface KernelParams {
  /** 1 / features when left out; 1 for chi2. */
  readonly gamma?: number | undefined;
  /** 3 when left out. */
  readonly degree?: number | undefined;
  /** 1 when left out. */
  readonly coef0?: number | undefined;
}

/** A kernel with the rows that others are compared with: prepared once. */
export class PairwiseKernel {
  readonly name: KernelName;
  /** How many rows others are compared with, and how many features these have. */
  readonly count: number;
  readonly features: number;
  private readonly others: Float64Array;
  private readonly norms: Float64Array;
  private readonly gamma: number;
  private readonly degree: number;
  private readonly coef0: number;

  constructor(others: Matrix, name: KernelName, params: KernelParams = {}) {
    this.name = name;
    this.count = others.rows;
    this.features = others.columns;
    this.others = name === "cosine" ? unitRows(others.data, others.rows, others.columns) : others.data;
    this.norms = new Float64Array(name === "rbf" ? others.rows : 0);
    if (name === "rbf") squaredNorms(others.data, others.rows, others.columns, this.norms);
    this.gamma = params.gamma ?? (name === "chi2" ? 1 : 1 / others.columns);
    this.degree = params.degree ?? 3;
    this.coef0 = params.coef0 ?? 1;
  }

  /**
   * `[rows, count]`: each row's similarity to each of the others.
   *
   * @param table row-major, `[rows, features]`; never changed
   * @throws CurtidoError E_FEATURES for negative values under the chi2 kernels
   */
  similarities(
    table: Float64Array,
    rows: number,
    out: Float64Array = new Float64Array(rows * this.count),
  ): Float64Array {
    const { count, features, others, gamma, coef0 } = this;
    switch (this.name) {
      case "rbf": {
        const norms = new Float64Array(rows);
        squaredNorms(table, rows, features, norms);
        squaredDistances(table, norms, rows, others, this.norms, count, features, out);
        for (let at = 0; at < out.length; at++) out[at] = exp(out[at]! * -gamma);
        return out;
      }
      case "cosine":
        affine(unitRows(table, rows, features), rows, features, others, undefined, count, out);
        return out;
      case "laplacian":
        this.pairs(table, rows, out, cityBlock);
        for (let at = 0; at < out.length; at++) out[at] = exp(-gamma * out[at]!);
        return out;
      case "chi2":
      case "additive_chi2":
        refuseNegative(table, features);
        this.pairs(table, rows, out, chiSquared);
        if (this.name === "chi2") for (let at = 0; at < out.length; at++) out[at] = exp(out[at]! * gamma);
        return out;
      default:
        affine(table, rows, features, others, undefined, count, out);
        if (this.name === "sigmoid") for (let at = 0; at < out.length; at++) out[at] = tanh(out[at]! * gamma + coef0);
        else if (this.name !== "linear")
          for (let at = 0; at < out.length; at++) out[at] = power(out[at]! * gamma + coef0, this.degree);
        return out;
    }
  }

  private pairs(
    table: Float64Array,
    rows: number,
    out: Float64Array,
    measure: (a: Float64Array, i: number, b: Float64Array, j: number, n: number) => number,
  ): void {
    const { count, features, others } = this;
    for (let row = 0, at = 0; row < rows; row++)
      for (let other = 0; other < count; other++, at++)
        out[at] = measure(table, row * features, others, other * features, features);
  }
}

/** A Gaussian process's kernel in the place of a named one. */
class ObjectKernel extends PairwiseKernel {
  private readonly matrix: Matrix;
  private readonly covariance: CovarianceKernel;

  constructor(others: Matrix, covariance: CovarianceKernel) {
    super(others, "linear");
    this.matrix = others;
    this.covariance = covariance;
  }

  override similarities(table: Float64Array, rows: number): Float64Array {
    return this.covariance.between({ data: table, rows, columns: this.features }, this.matrix);
  }
}

/**
 * `sklearn.metrics.pairwise.pairwise_kernels(X, Y, metric, **params)`, `[X.rows, Y.rows]`.
 *
 * @example
 * pairwiseKernels(X, Y, "rbf", { gamma: 0.5 });
 */
export function pairwiseKernels(X: Matrix, Y: Matrix, metric: KernelName, params: KernelParams = {}): Float64Array {
  return new PairwiseKernel(Y, metric, params).similarities(X.data, X.rows);
}

/**
 * The kernel that an estimator's parameter names, with `gamma`, `degree` and `coef0` (None is left out); `undefined` for
 * "precomputed", where rows are similarities already.
 *
 * @param gammaName where gamma is: some estimators keep the one they chose
 * @throws CurtidoError E_UNSUPPORTED naming a kernel of the user's own
 */
export function readKernel(
  state: State,
  others: Matrix,
  kernelName = "kernel",
  gammaName = "gamma",
): PairwiseKernel | undefined {
  const name = state.plain(kernelName);
  if (name === "precomputed") return undefined;
  if (name instanceof Instance) {
    const covariance = readCovariance(state, kernelName);
    covariance.check(others.columns, state, kernelName);
    return new ObjectKernel(others, covariance);
  }
  if (typeof name !== "string" || !(KERNELS as readonly string[]).includes(name)) {
    const path = state.at(kernelName);
    const shown = typeof name === "string" ? `'${name}'` : (globalName(name) ?? "no name");
    throw estimatorError("E_UNSUPPORTED", `'${path}' is ${shown}, a kernel that is not supported`, { path });
  }
  if (others.columns === 0) state.fail(kernelName, "has no features to compare");
  const given = (parameter: string) => (state.given(parameter) ? state.number(parameter) : undefined);
  return new PairwiseKernel(others, name as KernelName, {
    // Releases before 0.19 did not hand it on to chi2.
    gamma: name === "chi2" && !state.version.atLeast(0, 19) ? undefined : given(gammaName),
    degree: given("degree"),
    coef0: given("coef0"),
  });
}

/** numpy squares instead of taking a power of 2. */
function power(base: number, exponent: number): number {
  return exponent === 2 ? base * base : pow(base, exponent);
}

function cityBlock(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += Math.abs(a[i + k]! - b[j + k]!);
  return sum;
}

function chiSquared(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const difference = a[i + k]! - b[j + k]!;
    const total = a[i + k]! + b[j + k]!;
    if (total !== 0) sum += (difference * difference) / total;
  }
  return -sum;
}

/** Rows divided by their lengths; rows of zeros stay. */
function unitRows(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = data.slice(0, rows * columns);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) sum += out[at]! * out[at]!;
    const length = Math.sqrt(sum) || 1;
    for (let at = row * columns; at < (row + 1) * columns; at++) out[at]! /= length;
  }
  return out;
}

/** The chi2 kernels are for histograms. */
function refuseNegative(table: Float64Array, features: number): void {
  const problems: FeatureProblem[] = [];
  for (let at = 0; at < table.length && problems.length < MOST_PROBLEMS; at++) {
    if (table[at]! >= 0) continue;
    const column = at % features;
    problems.push({
      row: Math.floor(at / features),
      detail: `a value of column ${column + 1} is negative: ${table[at]}`,
    });
  }
  if (problems.length > 0) throw featureError(problems);
}
