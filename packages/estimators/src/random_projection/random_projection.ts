/** @module Random projections: a product with a random matrix (`sklearn.random_projection`). */

import { Csr, type NdArray } from "@curtido/arrays";
import { affine as multiply } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { pseudoInverse } from "../base/pseudo_inverse.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, LINEAR_INPUT, type LinearWeights, linearScores, typed } from "../linear_model/linear.ts";

/** GaussianRandomProjection and SparseRandomProjection. */
export class RandomProjection extends Estimator {
  private readonly components: LinearWeights;
  /** Whether sparse rows stay sparse: the matrix is sparse too, and nobody asked for a dense answer. */
  private readonly staysSparse: boolean;
  /** `[features, components]`; made when it is first asked for, unless the file has it. */
  private inverse: Matrix | undefined;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("components_");
    agreeOnFeatures(this, state, columns, "components_");
    const fitted = state.context.value(state.raw("components_"));
    const sparse = fitted instanceof Csr;
    const single = sparse ? fitted.dtype.kind === "f" && fitted.dtype.itemsize === 4 : state.isSingle("components_");
    const intercepts = new Float64Array(rows);
    this.components = { coefficients: data, intercepts, targets: rows, features: columns, flat: false, single };
    this.staysSparse = sparse && !state.boolean("dense_output", false);
    if (state.given("inverse_components_")) this.inverse = state.matrix("inverse_components_", columns, rows);
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.version.atLeast(1, 1) : super.offers(method);
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    const { targets, single } = this.components;
    const out = linearScores(X, this.components);
    if (X instanceof Csr && this.staysSparse) return Csr.fromDense(out, X.shape[0], targets);
    return typed(out, [X.shape[0]!, targets], X, single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const { coefficients: data, targets, features, single } = this.components;
    const table = X as NdArray | Csr;
    const [rows, columns] = table.shape as readonly [number, number];
    if (columns !== targets) throw featureError([{ detail: `expected ${targets} columns, found ${columns}` }]);
    this.inverse ??= pseudoInverse({ data, rows: targets, columns: features });
    const out = new Float64Array(rows * features);
    const values = (table instanceof Csr ? table.toDense() : table).toFloat64();
    multiply(values, rows, targets, this.inverse.data, undefined, features, out);
    return typed(out, [rows, features], table, single);
  }
}
