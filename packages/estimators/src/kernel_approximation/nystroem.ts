/** @module Nystroem: likenesses to some rows of training, made to look like a kernel's features. */

import { Csr, type NdArray } from "@curtido/arrays";
import { affine } from "@curtido/kernels";
import { Dict } from "@curtido/pickle";
import { Estimator, type InputRules } from "../base/estimator.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, LINEAR_INPUT, typed } from "../linear_model/linear.ts";
import { KERNELS, type KernelName, type KernelParams, PairwiseKernel, readKernel } from "../pairwise/kernels.ts";

/** Nystroem (`sklearn.kernel_approximation`). */
export class Nystroem extends Estimator {
  private readonly kernel: PairwiseKernel | undefined;
  /** `[components, rows that were kept]` */
  private readonly normalization: Matrix;
  private readonly single: boolean;

  constructor(state: State) {
    super(state);
    const rows = state.matrix("components_");
    this.normalization = state.matrix("normalization_", undefined, rows.rows);
    this.kernel = readOwnKernel(state, rows);
    agreeOnFeatures(this, state, this.kernel === undefined ? rows.rows : rows.columns, "components_");
    this.single = state.isSingle("normalization_");
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const alike = this.kernel === undefined ? table : this.kernel.similarities(table, rows);
    const { data, rows: components, columns } = this.normalization;
    const out = new Float64Array(rows * components);
    affine(alike, rows, columns, data, undefined, components, out);
    return typed(out, [rows, components], X, this.single);
  }
}

/** What stands in `kernel_params` counts where the parameter of that name is None; before 0.19 nothing of it did. */
function readOwnKernel(state: State, rows: Matrix): PairwiseKernel | undefined {
  const name = state.plain("kernel");
  const more = state.given("kernel_params") && state.version.atLeast(0, 19) ? state.dict("kernel_params") : new Dict();
  if (more.size === 0 || !(KERNELS as readonly unknown[]).includes(name)) return readKernel(state, rows);
  const given = (key: keyof KernelParams) => {
    if (state.given(key)) return state.number(key);
    const value = more.get(key);
    return value === undefined || value === null ? undefined : Number(state.context.value(value));
  };
  const params = { gamma: given("gamma"), degree: given("degree"), coef0: given("coef0") };
  if (Object.values(params).some(Number.isNaN)) state.fail("kernel_params", "must hold numbers");
  return new PairwiseKernel(rows, name as KernelName, params);
}
