/** @module KernelPCA: principal components in the space of a kernel (`sklearn.decomposition._kernel_pca`). */

import { Csr, NdArray } from "@curtido/arrays";
import { matmul } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { Estimator, InputRules, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { type PairwiseKernel, readKernel } from "../pairwise/kernels.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";

/** Back from components to rows, as training learned it. */
interface Inverse {
  readonly kernel: PairwiseKernel;
  /** `[training rows, features]` */
  readonly coefficients: Matrix;
}

/** Similarities to the rows of training, centred and projected. */
export class KernelPCA extends NumericTransformer {
  /** `undefined` when rows are similarities already. */
  private readonly kernel: PairwiseKernel | undefined;
  private readonly count: number;
  private readonly centerer: Estimator;
  /** Eigenvectors divided by the roots of their eigenvalues, `[training rows, components]`. */
  private readonly vectors: Float64Array;
  private readonly components: number;
  private readonly single: boolean;
  private readonly inverse: Inverse | undefined;

  constructor(state: State) {
    super(state);
    const precomputed = state.plain("kernel") === "precomputed";
    const trained = precomputed ? undefined : state.matrix("X_fit_");
    const gamma = state.given("gamma_") ? "gamma_" : "gamma";
    this.kernel = trained && readKernel(state, trained, "kernel", gamma);
    const values = state.floats(state.named("eigenvalues_", "lambdas_"), [undefined]);
    const name = state.named("eigenvectors_", "alphas_");
    const { data, rows } = state.matrix(name, trained?.rows, values.length);
    this.single = state.isSingle(name);
    this.count = rows;
    this.components = values.length;
    agreeOnFeatures(this, state, trained?.columns ?? rows, precomputed ? name : "X_fit_");
    this.vectors = data.map((value, at) => {
      const eigenvalue = values[at % this.components]!;
      return eigenvalue === 0 ? 0 : value / Math.sqrt(eigenvalue);
    });
    this.centerer = state.estimator("_centerer");
    this.inverse =
      !precomputed && state.boolean("fit_inverse_transform", false) ? this.readInverse(state, gamma) : undefined;
  }

  private readInverse(state: State, gamma: string): Inverse {
    const transformed = state.matrix("X_transformed_fit_", this.count, this.components);
    const kernel = readKernel(state, transformed, "kernel", gamma);
    if (kernel === undefined) return state.fail("kernel", "has no inverse");
    return { kernel, coefficients: state.matrix("dual_coef_", this.count, this.n_features_in_) };
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.inverse !== undefined : super.offers(method);
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const rows = X.shape[0]!;
    const similarities = this.kernel?.similarities(table, rows) ?? table;
    const centred = this.centerer.transformed(NdArray.of(similarities, [rows, this.count])) as NdArray;
    const out = new Float64Array(rows * this.components);
    matmul(centred.toFloat64(), rows, this.count, this.vectors, this.components, out);
    return typed(out, [rows, this.components], X, this.single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const table = this.numbers(X);
    const [rows, width] = table.shape as readonly [number, number];
    if (width !== this.components)
      throw featureError([{ detail: `expected ${this.components} columns, found ${width}` }]);
    const { kernel, coefficients } = this.inverse!;
    const out = new Float64Array(rows * coefficients.columns);
    const similarities = kernel.similarities(table.toFloat64(), rows);
    // 0.23 alone added alpha to a diagonal here, as training does to its own.
    if (this.version.atLeast(0, 23) && !this.version.atLeast(0, 24)) {
      const alpha = this.state.number("alpha", 1);
      for (let at = 0; at < similarities.length; at += this.count + 1) similarities[at]! += alpha;
    }
    matmul(similarities, rows, this.count, coefficients.data, coefficients.columns, out);
    return NdArray.of(out, [rows, coefficients.columns]);
  }
}
