/** @module SparsePCA and MiniBatchSparsePCA: components with many zeros, fitted to rows by ridge regression (`sklearn.decomposition._sparse_pca`). */

import type { NdArray } from "@curtido/arrays";
import { affine } from "@curtido/kernels";
import type { InputRules, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { cholesky } from "../base/symmetric.ts";
import { solveCholesky } from "../base/triangular.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { type Components, combineComponents, readComponents } from "./components.ts";

/** The weights of components whose sum is nearest to a row. */
export class SparsePCA extends NumericTransformer {
  private readonly parts: Components;
  private readonly mean: Float64Array | undefined;
  /** Cholesky's factor of C C' + alpha. */
  private readonly lower: Float64Array;
  /** Whether the columns of the answer are brought to length 1, as older releases did. */
  private readonly normalizes: boolean;

  constructor(state: State) {
    super(state);
    this.parts = readComponents(state);
    const { data, rows, columns } = this.parts;
    agreeOnFeatures(this, state, columns, "components_");
    const centres = this.version.atLeast(0, 22) || state.raw("normalize_components") === true;
    this.normalizes = !centres;
    this.mean = centres ? state.floats("mean_", [columns]) : undefined;
    const matrix = new Float64Array(rows * rows);
    affine(data, rows, columns, data, undefined, rows, matrix);
    const alpha = state.number("ridge_alpha", 0.01);
    for (let k = 0; k < rows; k++) matrix[k * rows + k]! += alpha;
    this.lower =
      cholesky(matrix, rows) ?? state.fail("components_", "depend on each other: ridge_alpha must be larger");
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.version.atLeast(1, 2) : super.offers(method);
  }

  protected doTransform(X: NdArray): NdArray {
    const { data, rows: components, columns, single } = this.parts;
    const { mean } = this;
    const rows = X.shape[0]!;
    const table = X.toFloat64();
    const centred = mean === undefined ? table : table.map((value, at) => value - mean[at % columns]!);
    const out = new Float64Array(rows * components);
    affine(centred, rows, columns, data, undefined, components, out);
    solveCholesky(this.lower, components, out, rows);
    if (this.normalizes) normalizeColumns(out, rows, components);
    return typed(out, [rows, components], X, single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const { data, rows: components, columns } = this.parts;
    const table = this.numbers(X);
    const out = combineComponents(table, data, components, columns, false).toFloat64();
    const { mean } = this;
    if (mean !== undefined) for (let at = 0; at < out.length; at++) out[at]! += mean[at % columns]!;
    return typed(out, [table.shape[0]!, columns], table, this.parts.single);
  }
}

/** Columns of the whole table divided by their lengths: one row's answer depends on the others. */
function normalizeColumns(table: Float64Array, rows: number, columns: number): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += table[row * columns + column]! ** 2;
    const length = Math.sqrt(sum) || 1;
    for (let row = 0; row < rows; row++) table[row * columns + column]! /= length;
  }
}
