/** @module KernelRidge: likenesses to the rows of training, weighted (`sklearn.kernel_ridge`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { matmul } from "@curtido/kernels";
import { Estimator, type InputRules } from "../base/estimator.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, LINEAR_INPUT, typed } from "../linear_model/linear.ts";
import { type PairwiseKernel, readKernel } from "../pairwise/kernels.ts";

/** KernelRidge. With the kernel "precomputed" a row holds its likenesses to the rows of training. */
export class KernelRidge extends Estimator {
  private readonly kernel: PairwiseKernel | undefined;
  /** `[training rows, targets]` */
  private readonly weights: Matrix;
  private readonly flat: boolean;
  private readonly single: boolean;

  constructor(state: State) {
    super(state);
    const rows = state.matrix("X_fit_");
    this.kernel = readKernel(state, rows);
    agreeOnFeatures(this, state, this.kernel === undefined ? rows.rows : rows.columns, "X_fit_");
    const dual = state.array("dual_coef_");
    this.flat = dual.ndim === 1;
    const targets = this.flat ? 1 : dual.shape[1];
    const data = state.floats("dual_coef_", this.flat ? [rows.rows] : [rows.rows, targets]);
    this.weights = { data, rows: rows.rows, columns: targets! };
    this.single = state.isSingle("dual_coef_");
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }
  override outputs(): number {
    return this.weights.columns;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const { data, rows: count, columns: targets } = this.weights;
    const rows = X.shape[0]!;
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const alike = this.kernel === undefined ? table : this.kernel.similarities(table, rows);
    const out = new Float64Array(rows * targets);
    matmul(alike, rows, count, data, targets, out);
    return typed(out, this.flat ? [rows] : [rows, targets], X, this.single);
  }
}
