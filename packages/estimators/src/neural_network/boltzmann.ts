/** @module BernoulliRBM: a restricted Boltzmann machine (`sklearn.neural_network._rbm`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { affine, exp, log1p, type RandomState } from "@curtido/kernels";
import type { InputRules } from "../base/estimator.ts";
import { expitInPlace } from "../base/math.ts";
import { randomSource } from "../base/random.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";

/** How likely each hidden unit is, and how likely a row is. */
export class BernoulliRBM extends NumericTransformer {
  /** `[hidden, visible]` */
  private readonly weights: Float64Array;
  private readonly hidden: Float64Array;
  private readonly visible: Float64Array;
  private readonly single: boolean;
  /** Which bit of a row is changed for comparison is drawn from it. */
  private readonly random: () => RandomState;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("components_");
    agreeOnFeatures(this, state, columns, "components_");
    if (columns === 0) state.fail("components_", "has no columns");
    this.weights = data;
    this.hidden = state.floats("intercept_hidden_", [rows]);
    this.visible = state.floats("intercept_visible_", [columns]);
    this.single = state.isSingle("components_");
    this.random = randomSource(state);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  /** What reaches each hidden unit, `[rows, hidden]`. */
  private activations(table: Float64Array, rows: number): Float64Array {
    const out = new Float64Array(rows * this.hidden.length);
    affine(table, rows, this.visible.length, this.weights, this.hidden, this.hidden.length, out);
    return out;
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    return typed(expitInPlace(this.activations(table, rows)), [rows, this.hidden.length], X, this.single);
  }

  /** The pseudo-likelihood: a row against itself with one bit changed, drawn at random. */
  protected doScoreSamples(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const features = this.visible.length;
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const changed = table.slice();
    const random = this.random();
    for (let row = 0; row < rows; row++) {
      const at = row * features + random.below(features);
      changed[at] = 1 - changed[at]!;
    }
    const [own, other] = [this.energies(table, rows), this.energies(changed, rows)];
    const scores = own.map((energy, row) => -features * softplus(energy - other[row]!));
    return typed(scores, [rows], X, this.single);
  }

  /** The free energy of each row. */
  private energies(table: Float64Array, rows: number): Float64Array {
    const width = this.hidden.length;
    const features = this.visible.length;
    const activations = this.activations(table, rows);
    return Float64Array.from({ length: rows }, (_, row) => {
      let energy = 0;
      for (let k = 0; k < features; k++) energy -= table[row * features + k]! * this.visible[k]!;
      for (let k = 0; k < width; k++) energy -= softplus(activations[row * width + k]!);
      return energy;
    });
  }
}

/** log(1 + exp(x)). */
function softplus(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
}
