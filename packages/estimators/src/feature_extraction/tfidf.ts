/** @module TfidfTransformer: counts weighed by how rare their columns are (`sklearn.feature_extraction.text`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { type Norm, normalizeRange, readNorm } from "../preprocessing/scalers.ts";

/** TfidfTransformer. */
export class TfidfTransformer extends Estimator {
  /** The weights of the columns; `undefined` when they are not used. */
  readonly idf_: Float64Array | undefined;
  private readonly norm: Norm | undefined;
  private readonly sublinear: boolean;

  constructor(state: State) {
    super(state);
    this.norm = readNorm(state);
    this.sublinear = state.boolean("sublinear_tf", false);
    this.idf_ = state.boolean("use_idf", true) ? readWeights(state) : undefined;
    this.n_features_in_ ??= this.idf_?.length;
    if (this.idf_ !== undefined && this.idf_.length !== this.n_features_in_)
      state.fail("idf_", `holds ${this.idf_.length} numbers for ${this.n_features_in_} features`);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): Csr {
    return this.weigh(X instanceof Csr ? X : Csr.fromDense(X.toFloat64(), X.shape[0]!, X.shape[1]!), isSingle(X));
  }

  /** The weighed counts; rounded to float32 after each step when they are `single`. */
  weigh(X: Csr, single = isSingle(X)): Csr {
    const { idf_, norm, sublinear } = this;
    const data = single ? Float32Array.from(X.data) : X.data.slice();
    if (sublinear) for (let at = 0; at < data.length; at++) data[at] = log(data[at]!);
    if (sublinear) for (let at = 0; at < data.length; at++) data[at]! += 1;
    if (idf_ !== undefined) for (let at = 0; at < data.length; at++) data[at]! *= idf_[X.indices[at]!]!;
    if (norm !== undefined)
      for (let row = 0; row < X.shape[0]; row++) normalizeRange(data, X.indptr[row]!, X.indptr[row + 1]!, norm);
    const dtype = NdArray.of(single ? new Float32Array(0) : new Float64Array(0)).dtype;
    return new Csr(X.shape, X.indptr, X.indices, Float64Array.from(data), dtype);
  }
}

function isSingle(X: NdArray | Csr): boolean {
  return X.dtype.kind === "f" && X.dtype.itemsize === 4;
}

/** `idf_`, or the diagonal matrix that releases up to 1.4 kept instead. */
function readWeights(state: State): Float64Array {
  if (state.has("idf_")) return state.floats("idf_", [undefined]);
  const value = state.context.value(state.raw("_idf_diag"));
  if (value instanceof Csr) {
    const weights = new Float64Array(value.shape[1]);
    for (let at = 0; at < value.nnz; at++) weights[value.indices[at]!]! += value.data[at]!;
    return weights;
  }
  // Releases before 0.18 kept its diagonals, of which there is one.
  const matrix = state.child("_idf_diag");
  const { data, rows } = matrix.matrix("data");
  return rows === 1 ? data : matrix.fail("data", "must be one diagonal");
}
