/** @module LatentDirichletAllocation: which topics a text is made of (`sklearn.decomposition._lda`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { exp, log } from "@curtido/kernels";
import type { InputRules } from "../base/estimator.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { refuseNegative } from "./nonnegative.ts";

const EPSILON = 2 ** -52;
const EULER = 0.5772156649015329;
/** More updates than any text needs: a file cannot make them run forever. */
const MOST_UPDATES = 100_000;

/**
 * The derivative of the logarithm of gamma, as scikit-learn approximates it here (less exactly than scipy does).
 *
 * Source: J. Bernardo, Algorithm AS 103, Applied Statistics 25 (1976).
 */
function psi(x: number): number {
  if (x <= 1e-6) return -EULER - 1 / x;
  let result = 0;
  let at = x;
  while (at < 6) {
    result -= 1 / at;
    at += 1;
  }
  const r = 1 / at;
  const r2 = r * r;
  return result + (log(at) - 0.5 * r) - r2 * (1 / 12 - r2 * (1 / 120 - r2 * (1 / 252)));
}

/** Topics, each with the words that make it. */
export class LatentDirichletAllocation extends NumericTransformer {
  /** exp(E[log(share of the word in the topic)]), `[topics, words]` */
  private readonly words: Float64Array;
  private readonly topics: number;
  private readonly single: boolean;
  private readonly prior: number;
  private readonly updates: number;
  private readonly tolerance: number;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("exp_dirichlet_component_");
    agreeOnFeatures(this, state, columns, "exp_dirichlet_component_");
    if (rows === 0) state.fail("exp_dirichlet_component_", "has no topics");
    this.words = data;
    this.topics = rows;
    this.single = state.isSingle("exp_dirichlet_component_");
    this.prior = state.number("doc_topic_prior_");
    this.updates = state.integer("max_doc_update_iter", 100, 0, MOST_UPDATES);
    this.tolerance = state.number("mean_change_tol", 1e-3);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const { topics } = this;
    const out = new Float64Array(rows * topics);
    const dense = X instanceof Csr ? undefined : X.toFloat64();
    const features = this.n_features_in_!;
    refuseNegative(dense ?? (X as Csr).data, dense === undefined ? 1 : features, (column) => this.featureName(column));
    for (let row = 0; row < rows; row++) {
      const [ids, counts] = dense === undefined ? storedOf(X as Csr, row) : nonzerosOf(dense, row, features);
      const shares = this.update(ids, counts);
      // 0.17 left them as they are.
      const total = this.version.atLeast(0, 18) ? sumOf(shares, 0, topics) : 1;
      for (let k = 0; k < topics; k++) out[row * topics + k] = shares[k]! / total;
    }
    return typed(out, [rows, topics], X, this.single);
  }

  /** The weights of the topics in one text (`_update_doc_distribution`). */
  private update(ids: Int32Array, counts: Float64Array): Float64Array {
    const { topics, words } = this;
    const features = this.n_features_in_!;
    let shares = new Float64Array(topics).fill(1);
    const factors = new Float64Array(topics).fill(exp(psi(1) - psi(topics)));
    const ratios = new Float64Array(ids.length);
    for (let step = 0; step < this.updates; step++) {
      for (let at = 0; at < ids.length; at++) {
        let norm = 0;
        for (let k = 0; k < topics; k++) norm += factors[k]! * words[k * features + ids[at]!]!;
        ratios[at] = counts[at]! / (norm + EPSILON);
      }
      const next = new Float64Array(topics);
      let total = 0;
      for (let k = 0; k < topics; k++) {
        let sum = 0;
        for (let at = 0; at < ids.length; at++) sum += ratios[at]! * words[k * features + ids[at]!]!;
        next[k] = factors[k]! * sum + this.prior;
        total += next[k]!;
      }
      const psiOfTotal = psi(total);
      let change = 0;
      for (let k = 0; k < topics; k++) {
        factors[k] = exp(psi(next[k]!) - psiOfTotal);
        change += Math.abs(shares[k]! - next[k]!);
      }
      shares = next;
      if (change / topics < this.tolerance) break;
    }
    return shares;
  }
}

function storedOf(X: Csr, row: number): [Int32Array, Float64Array] {
  const [from, to] = [X.indptr[row]!, X.indptr[row + 1]!];
  return [Int32Array.from(X.indices.subarray(from, to)), Float64Array.from(X.data.subarray(from, to), Number)];
}

function nonzerosOf(table: Float64Array, row: number, features: number): [Int32Array, Float64Array] {
  const ids: number[] = [];
  for (let k = 0; k < features; k++) if (table[row * features + k] !== 0) ids.push(k);
  return [Int32Array.from(ids), Float64Array.from(ids, (k) => table[row * features + k]!)];
}
