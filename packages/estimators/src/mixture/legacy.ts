/** @module GMM, DPGMM and VBGMM of releases before 0.20 (`sklearn.mixture.gmm`, `sklearn.mixture.dpgmm`). */

import { NdArray } from "@curtido/arrays";
import { digamma } from "@curtido/kernels";
import { int64s } from "../base/dtypes.ts";
import { exp, log, maxOf, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { cholesky } from "../base/symmetric.ts";
import { COVARIANCE_TYPES, logSums, Mixture, onePerComponent } from "./mixture.ts";

const LOG_2_PI = log(2 * Math.PI);
/** What these releases added so that nothing was 0. */
const TINY = 2 ** -23;
/** What they added to a covariance that was not positive definite. */
const LEAST_VARIANCE = 1e-7;

/** `(x - mean)` and a component's matrix or diagonal, as one number. */
type Form = (difference: Float64Array, component: number) => number;

/** Applies a form to every row and component. */
function forms(table: Float64Array, rows: number, means: Float64Array, count: number, n: number, form: Form) {
  const out = new Float64Array(rows * count);
  const difference = new Float64Array(n);
  for (let at = 0; at < out.length; at++) {
    const [row, k] = [Math.floor(at / count), at % count];
    for (let j = 0; j < n; j++) difference[j] = table[row * n + j]! - means[k * n + j]!;
    out[at] = form(difference, k);
  }
  return out;
}

/** A matrix or a diagonal per component, whichever way the file keeps them: always `size` numbers each. */
function spreads(state: State, name: string, count: number, n: number): { data: Float64Array; whole: boolean } {
  const type = state.oneOf("covariance_type", COVARIANCE_TYPES, "diag");
  if (type === "full") return { data: matrices(state, name, count, n), whole: true };
  if (type === "tied") return { data: repeated(state.floats(name, [n, n]), count), whole: true };
  const data = state.floats(name);
  if (data.length === count * n) return { data, whole: false };
  if (data.length !== count) return state.fail(name, `holds ${data.length} numbers for ${count} components`);
  return { data: Float64Array.from({ length: count * n }, (_, at) => data[Math.floor(at / n)]!), whole: false };
}

/** Matrices in one array, or in a list. */
function matrices(state: State, name: string, count: number, n: number): Float64Array {
  if (!Array.isArray(state.raw(name))) return state.floats(name, [count, n, n]);
  const list = state.arrays(name, [n, n]);
  if (list.length !== count) state.fail(name, `holds ${list.length} matrices for ${count} components`);
  return Float64Array.from(list.flatMap((matrix) => [...matrix.toFloat64()]));
}

function repeated(data: Float64Array, times: number): Float64Array {
  const out = new Float64Array(data.length * times);
  for (let k = 0; k < times; k++) out.set(data, k * data.length);
  return out;
}

/** GMM: densities by the covariances themselves. */
export class GMM extends Mixture {
  private readonly logWeights: Float64Array;
  private readonly whole: boolean;
  /** Cholesky factors, or diagonals. */
  private readonly parts: Float64Array;
  private readonly logDeterminants: Float64Array;

  constructor(state: State) {
    super(state);
    const { rows: count, columns: n } = this.means;
    this.logWeights = state.floats("weights_", [count]).map(log);
    const { data, whole } = spreads(state, "covars_", count, n);
    this.whole = whole;
    this.parts = whole ? factors(state, data, count, n) : data;
    this.logDeterminants = Float64Array.from({ length: count }, (_, k) => {
      const logs = Float64Array.from({ length: n }, (_, j) =>
        log(this.parts[whole ? (k * n + j) * n + j : k * n + j]!),
      );
      return (whole ? 2 : 1) * sumOf(logs);
    });
  }

  protected weightedLogs(table: Float64Array, rows: number): Float64Array {
    const { data: means, rows: count, columns: n } = this.means;
    const { parts, whole } = this;
    const form: Form = (difference, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        if (!whole) {
          sum += difference[i]! ** 2 / parts[k * n + i]!;
          continue;
        }
        // The rows of the factor, from the top: what is solved stays where the difference was.
        const from = (k * n + i) * n;
        for (let j = 0; j < i; j++) difference[i]! -= parts[from + j]! * difference[j]!;
        difference[i]! /= parts[from + i]!;
        sum += difference[i]! ** 2;
      }
      return sum;
    };
    const out = forms(table, rows, means, count, n, form);
    for (let at = 0; at < out.length; at++) {
      const k = at % count;
      out[at] = -0.5 * (out[at]! + n * LOG_2_PI + this.logDeterminants[k]!) + this.logWeights[k]!;
    }
    return out;
  }
}

function factors(state: State, data: Float64Array, count: number, n: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let k = 0; k < count; k++) {
    const matrix = data.slice(k * n * n, (k + 1) * n * n);
    let factor = cholesky(matrix, n);
    if (factor === undefined) {
      for (let j = 0; j < n; j++) matrix[j * n + j]! += LEAST_VARIANCE;
      factor = cholesky(matrix, n);
    }
    out.set(factor ?? state.fail("covars_", "must be symmetric and positive definite"), k * n * n);
  }
  return out;
}

/** DPGMM and VBGMM: bounds of the densities instead of them. */
export class VariationalGMM extends Mixture {
  private readonly logWeights: Float64Array;
  private readonly bounds: Float64Array;
  private readonly whole: boolean;
  private readonly precisions: Float64Array;

  constructor(state: State) {
    super(state);
    const { rows: count, columns: n } = this.means;
    const { data, whole } = spreads(state, "precs_", count, n);
    this.precisions = data;
    this.whole = whole;
    const initial = state.number("_initial_bound");
    this.bounds = onePerComponent(state, "bound_prec_", count).map((bound) => initial + bound);
    this.logWeights = stickLogs(state, count);
  }

  protected weightedLogs(table: Float64Array, rows: number): Float64Array {
    return this.bound(table, rows).map((value, at) => value + this.logWeights[at % this.means.rows]!);
  }

  /** A bound of each component's density, per row. */
  private bound(table: Float64Array, rows: number): Float64Array {
    const { data: means, rows: count, columns: n } = this.means;
    const { precisions, whole, bounds } = this;
    const form: Form = (difference, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        if (!whole) {
          sum += difference[i]! ** 2 * precisions[k * n + i]!;
          continue;
        }
        let inner = 0;
        for (let j = 0; j < n; j++) inner += precisions[(k * n + i) * n + j]! * difference[j]!;
        sum += inner * difference[i]!;
      }
      return sum;
    };
    return forms(table, rows, means, count, n, form).map((value, at) => bounds[at % count]! - 0.5 * value);
  }

  protected override doPredict(X: NdArray): NdArray {
    const proba = this.doPredictProba(X).toFloat64();
    const { rows: count } = this.means;
    const best = Int32Array.from({ length: X.shape[0]! }, (_, row) => {
      const shares = proba.subarray(row * count, (row + 1) * count);
      return shares.indexOf(shares.reduce((a, b) => Math.max(a, b)));
    });
    return int64s(best);
  }

  protected override doPredictProba(X: NdArray): NdArray {
    const { rows: count } = this.means;
    const logs = this.logsOf(X);
    const rows = X.shape[0]!;
    for (let row = 0; row < rows; row++) {
      const most = maxOf(logs, row * count, count);
      for (let at = row * count; at < (row + 1) * count; at++) logs[at]! -= most;
    }
    // 0.19 took the sum over all the rows that were asked together, by mistake: there what is tiny weighs more.
    const all = this.version.atLeast(0, 19) ? logSums(logs, 1, logs.length)[0] : undefined;
    const totals = all === undefined ? logSums(logs, rows, count) : new Float64Array(rows).fill(all);
    for (let row = 0; row < rows; row++) {
      const from = row * count;
      for (let at = from; at < from + count; at++) logs[at] = exp(logs[at]! - totals[row]!) + TINY;
      const sum = sumOf(logs, from, count);
      for (let at = from; at < from + count; at++) logs[at]! /= sum;
    }
    return NdArray.of(logs, [X.shape[0]!, count]);
  }

  protected override doScoreSamples(X: NdArray): NdArray {
    const { rows: count } = this.means;
    const shares = this.doPredictProba(X).toFloat64();
    const bounds = this.bound(X.toFloat64(), X.shape[0]!);
    const terms = shares.map((share, at) => share * bounds[at]!);
    return NdArray.of(Float64Array.from({ length: X.shape[0]! }, (_, row) => sumOf(terms, row * count, count)));
  }
}

/** The expected logarithm of each weight: VBGMM keeps one number each, DPGMM three for the breaking of a stick. */
function stickLogs(state: State, count: number): Float64Array {
  const of = (value: number) => digamma(value + TINY);
  const { ndim } = state.array("gamma_");
  if (ndim === 1) {
    const gamma = state.floats("gamma_", [count]);
    const total = of(sumOf(gamma));
    return gamma.map((value) => of(value) - total);
  }
  const gamma = state.floats("gamma_", [count, 3]);
  let left = 0;
  return Float64Array.from({ length: count }, (_, k) => {
    const sum = of(gamma[3 * k + 1]! + gamma[3 * k + 2]!);
    // The first one counts what is left of it too.
    if (k === 0) left = of(gamma[2]!) - sum;
    else left += of(gamma[3 * k - 1]!) - of(gamma[3 * k - 2]! + gamma[3 * k - 1]!);
    return of(gamma[3 * k + 1]!) - sum + left;
  });
}
