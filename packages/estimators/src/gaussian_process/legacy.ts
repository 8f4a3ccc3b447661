/** @module GaussianProcess, which GaussianProcessRegressor replaced in 0.18 (`sklearn.gaussian_process.gaussian_process`). */

import { NdArray } from "@curtido/arrays";
import { exp, pow } from "@curtido/kernels";
import { estimatorError } from "../base/errors.ts";
import { Estimator } from "../base/estimator.ts";
import { globalName, type Matrix, type State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";

/** The correlation of two rows that are `distances` apart in each feature. */
type Correlation = (theta: Float64Array, distances: Float64Array) => number;

/** One theta for all features, or one for each. */
function own(theta: Float64Array, k: number): number {
  return theta[theta.length === 1 ? 0 : k]!;
}

function sumOver(distances: Float64Array, term: (distance: number, k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < distances.length; k++) sum += term(distances[k]!, k);
  return sum;
}

function productOver(theta: Float64Array, distances: Float64Array, factor: (part: number) => number): number {
  let product = 1;
  for (let k = 0; k < distances.length; k++) product *= factor(Math.min(distances[k]! * own(theta, k), 1));
  return product;
}

const CORRELATIONS: Readonly<Record<string, Correlation>> = {
  absolute_exponential: (theta, distances) => exp(-sumOver(distances, (d, k) => own(theta, k) * d)),
  squared_exponential: (theta, distances) => exp(-sumOver(distances, (d, k) => own(theta, k) * (d * d))),
  generalized_exponential: (theta, distances) => {
    const power = theta[theta.length - 1]!;
    return exp(-sumOver(distances, (d, k) => theta[k]! * pow(d, power)));
  },
  pure_nugget: (_theta, distances) => (distances.every((d) => d === 0) ? 1 : 0),
  cubic: (theta, distances) => productOver(theta, distances, (part) => 1 - part * part * (3 - 2 * part)),
  linear: (theta, distances) => productOver(theta, distances, (part) => 1 - part),
};

/** Whether a correlation takes so many thetas for so many features. */
function takes(name: string, thetas: number, features: number): boolean {
  if (name === "pure_nugget") return true;
  if (name === "generalized_exponential") return thetas === features + 1;
  return thetas === 1 || thetas === features;
}

const TRENDS: Readonly<Record<string, (row: Float64Array) => readonly number[]>> = {
  constant: () => [1],
  linear: (row) => [1, ...row],
  quadratic: (row) => [1, ...row, ...Array.from(row).flatMap((x, k) => Array.from(row.subarray(k), (y) => x * y))],
};

/** A trend plus what correlates with the rows of training. */
export class GaussianProcess extends Estimator {
  private readonly trained: Matrix;
  private readonly mean: Float64Array;
  private readonly scale: Float64Array;
  private readonly theta: Float64Array;
  private readonly correlation: Correlation;
  private readonly trend: (row: Float64Array) => readonly number[];
  /** Weights of the trend, `[terms, targets]`, and of the correlations, `[training rows, targets]`. */
  private readonly beta: Matrix;
  private readonly gamma: Matrix;
  private readonly targetMeans: Float64Array;
  private readonly targetScales: Float64Array;
  private readonly flat: boolean;

  constructor(state: State) {
    super(state);
    this.trained = state.matrix("X");
    const { rows, columns } = this.trained;
    agreeOnFeatures(this, state, columns, "X");
    this.mean = spread(state, "X_mean", columns);
    this.scale = spread(state, "X_std", columns);
    this.theta = state.floats("theta_");
    const correlation = readFunction(state, "corr", CORRELATIONS);
    if (!takes(correlation, this.theta.length, columns))
      state.fail("theta_", `holds ${this.theta.length} numbers for ${columns} features`);
    this.correlation = CORRELATIONS[correlation]!;
    this.trend = TRENDS[readFunction(state, "regr", TRENDS)]!;
    this.gamma = state.matrix("gamma", rows);
    this.beta = state.matrix("beta", this.trend(new Float64Array(columns)).length, this.gamma.columns);
    const targets = this.gamma.columns;
    this.targetMeans = spread(state, "y_mean", targets);
    this.targetScales = spread(state, "y_std", targets);
    this.flat = state.integer("y_ndim_", 1, 1, 2) === 1;
    if (this.flat && targets !== 1) state.fail("y_ndim_", `is 1, but there are ${targets} targets`);
  }

  override outputs(): number {
    return this.gamma.columns;
  }

  protected doPredict(X: NdArray): NdArray {
    const [rows, features] = X.shape as readonly [number, number];
    const data = X.toFloat64();
    const { trained, beta, gamma } = this;
    const targets = gamma.columns;
    const out = new Float64Array(rows * targets);
    const point = new Float64Array(features);
    const distances = new Float64Array(features);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < features; k++) point[k] = (data[row * features + k]! - this.mean[k]!) / this.scale[k]!;
      const sums = new Float64Array(targets);
      this.trend(point).forEach((term, at) => {
        for (let target = 0; target < targets; target++) sums[target]! += term * beta.data[at * targets + target]!;
      });
      for (let at = 0; at < trained.rows; at++) {
        for (let k = 0; k < features; k++) distances[k] = Math.abs(point[k]! - trained.data[at * features + k]!);
        const correlation = this.correlation(this.theta, distances);
        for (let target = 0; target < targets; target++)
          sums[target]! += correlation * gamma.data[at * targets + target]!;
      }
      for (let target = 0; target < targets; target++)
        out[row * targets + target] = this.targetMeans[target]! + this.targetScales[target]! * sums[target]!;
    }
    return NdArray.of(out, this.flat ? [rows] : [rows, targets]);
  }
}

/** Without normalization there is one number for all. */
function spread(state: State, name: string, count: number): Float64Array {
  const values = state.floats(name);
  if (values.length === count) return values;
  if (values.length === 1) return new Float64Array(count).fill(values[0]!);
  return state.fail(name, `holds ${values.length} numbers, not ${count}`);
}

/** The name of one of scikit-learn's functions. */
function readFunction(state: State, name: string, known: Readonly<Record<string, unknown>>): string {
  const value = globalName(state.raw(name)) ?? state.raw(name);
  const short = typeof value === "string" ? value.slice(value.lastIndexOf(".") + 1) : "";
  if (Object.hasOwn(known, short)) return short;
  const path = state.at(name);
  const shown = typeof value === "string" ? `'${value}'` : "a function of its own";
  throw estimatorError("E_UNSUPPORTED", `'${path}' is ${shown}, which is not supported`, { path });
}
