/** @module GaussianMixture and BayesianGaussianMixture (`sklearn.mixture._gaussian_mixture`, `_bayesian_mixture`). */

import { affine, digamma, dot, matmul, squaredNorms } from "@curtido/kernels";
import { log, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { COVARIANCE_TYPES, type CovarianceType, Mixture, onePerComponent } from "./mixture.ts";

const LOG_2_PI = log(2 * Math.PI);

/** GaussianMixture: densities by the Cholesky factors of the precisions. */
export class GaussianMixture extends Mixture {
  private readonly type: CovarianceType;
  /** Of `[components, features, features]`, `[features, features]`, `[components, features]` or `[components]`. */
  private readonly factors: Float64Array;
  /** Full and tied: each mean times its factor, `[components, features]`. */
  private readonly middles: Float64Array;
  /** The logarithm of each factor's determinant. */
  private readonly logDeterminants: Float64Array;
  /** What is added to each component's logarithm, its weight for the most part. */
  private readonly logWeights: Float64Array;

  constructor(state: State) {
    super(state);
    const { data: means, rows: count, columns: n } = this.means;
    this.type = state.oneOf("covariance_type", COVARIANCE_TYPES, "full");
    const shapes = { full: [count, n, n], tied: [n, n], diag: [count, n], spherical: [count] };
    this.factors = state.floats("precisions_cholesky_", shapes[this.type]);
    this.logDeterminants = this.readDeterminants();
    this.middles = new Float64Array(this.isWhole ? count * n : 0);
    if (this.isWhole) {
      for (let k = 0; k < count; k++) {
        const out = this.middles.subarray(k * n, (k + 1) * n);
        matmul(means.subarray(k * n, (k + 1) * n), 1, n, this.factor(k), n, out);
      }
    }
    this.logWeights = this.readWeights(state);
    if (this.logWeights.some(Number.isNaN)) state.fail("weights_", "must be above 0");
  }

  /** Whether factors are matrices. */
  private get isWhole(): boolean {
    return this.type === "full" || this.type === "tied";
  }
  private factor(k: number): Float64Array {
    const size = this.means.columns ** 2;
    return this.type === "full" ? this.factors.subarray(k * size, (k + 1) * size) : this.factors;
  }

  private readDeterminants(): Float64Array {
    const { rows: count, columns: n } = this.means;
    const diagonal = (k: number, j: number) => {
      if (this.isWhole) return this.factor(k)[j * n + j]!;
      return this.type === "diag" ? this.factors[k * n + j]! : this.factors[k]!;
    };
    return Float64Array.from({ length: count }, (_, k) => {
      if (this.type === "spherical") return n * log(this.factors[k]!);
      return sumOf(Float64Array.from({ length: n }, (_, j) => log(diagonal(k, j))));
    });
  }

  protected readWeights(state: State): Float64Array {
    return state.floats("weights_", [this.means.rows]).map(log);
  }

  protected weightedLogs(table: Float64Array, rows: number): Float64Array {
    const { rows: count, columns: n } = this.means;
    const out = this.isWhole ? this.wholeForms(table, rows) : this.diagonalForms(table, rows);
    for (let at = 0; at < out.length; at++) {
      const k = at % count;
      out[at] = -0.5 * (n * LOG_2_PI + out[at]!) + this.logDeterminants[k]! + this.logWeights[k]!;
    }
    return out;
  }

  /** Squared lengths of (x - mean) times the factor. */
  private wholeForms(table: Float64Array, rows: number): Float64Array {
    const { rows: count, columns: n } = this.means;
    const out = new Float64Array(rows * count);
    const y = new Float64Array(rows * n);
    for (let k = 0; k < count; k++) {
      if (k === 0 || this.type === "full") matmul(table, rows, n, this.factor(k), n, y);
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += (y[row * n + j]! - this.middles[k * n + j]!) ** 2;
        out[row * count + k] = sum;
      }
    }
    return out;
  }

  /** The same by products with the precisions, as scikit-learn expands the square. */
  private diagonalForms(table: Float64Array, rows: number): Float64Array {
    const { data: means, rows: count, columns: n } = this.means;
    const out = new Float64Array(rows * count);
    if (this.type === "spherical") {
      const [norms, lengths] = [new Float64Array(rows), new Float64Array(count)];
      squaredNorms(table, rows, n, norms);
      squaredNorms(means, count, n, lengths);
      affine(table, rows, n, means, undefined, count, out);
      for (let at = 0; at < out.length; at++) {
        const k = at % count;
        const precision = this.factors[k]! ** 2;
        out[at] = lengths[k]! * precision - 2 * (out[at]! * precision) + norms[Math.floor(at / count)]! * precision;
      }
      return out;
    }
    const precisions = this.factors.map((value) => value * value);
    const scaled = precisions.map((value, at) => value * means[at]!);
    const squares = table.map((value) => value * value);
    for (let at = 0; at < out.length; at++) {
      const k = (at % count) * n;
      const row = Math.floor(at / count) * n;
      out[at] = dot(means, k, scaled, k, n) - 2 * dot(table, row, scaled, k, n) + dot(squares, row, precisions, k, n);
    }
    return out;
  }
}

/** BayesianGaussianMixture: weights and precisions are distributions themselves. */
export class BayesianGaussianMixture extends GaussianMixture {
  protected override readWeights(state: State): Float64Array {
    const { rows: count, columns: n } = this.means;
    const weights = concentrationLogs(state, count);
    const degrees = onePerComponent(state, "degrees_of_freedom_", count);
    const precision = state.floats("mean_precision_", [count]);
    return weights.map((weight, k) => {
      const spread = sumOf(Float64Array.from({ length: n }, (_, j) => digamma(0.5 * (degrees[k]! - j))));
      return -0.5 * n * log(degrees[k]!) + 0.5 * (n * log(2) + spread - n / precision[k]!) + weight;
    });
  }
}

/** The expected logarithm of each weight: by breaking a stick, or under Dirichlet's distribution. */
function concentrationLogs(state: State, count: number): Float64Array {
  const kinds = ["dirichlet_process", "dirichlet_distribution"] as const;
  if (state.oneOf("weight_concentration_prior_type", kinds, "dirichlet_process") === "dirichlet_distribution") {
    const concentration = state.floats("weight_concentration_", [count]);
    const total = digamma(sumOf(concentration));
    return concentration.map((value) => digamma(value) - total);
  }
  const pair = state.list("weight_concentration_");
  if (pair.length !== 2) state.fail("weight_concentration_", "must be two arrays");
  const [a, b] = [0, 1].map((at) => state.floatsFrom(pair[at], "weight_concentration_", [count]));
  let left = 0;
  return Float64Array.from({ length: count }, (_, k) => {
    const sum = digamma(a![k]! + b![k]!);
    const value = digamma(a![k]!) - sum + left;
    left += digamma(b![k]!) - sum;
    return value;
  });
}
