/** @module scipy's sparse matrices as the inert values that a pickle of Python may have for them. */

import { Global, Instance, Tuple } from "@curtido/pickle";
import type { DType } from "../dtype.ts";
import { NdArray } from "../ndarray.ts";
import type { Csr } from "../sparse/csr.ts";
import { bytesOf } from "./bytes.ts";

const MATRIX = new Global("scipy.sparse", "csr_matrix");
const ARRAY = new Global("scipy.sparse", "csr_array");

/**
 * `scipy.sparse.csr_matrix((data, indices, indptr), shape)`, or `csr_array` (scipy 1.8 and later): its public constructor,
 * which every scipy has under that name.
 */
export function sparseInstance(matrix: Csr): Instance {
  const { nnz, shape } = matrix;
  const parts = [
    elements(matrix.data.subarray(0, nnz), matrix.dtype),
    NdArray.of(matrix.indices.subarray(0, nnz)),
    NdArray.of(matrix.indptr),
  ];
  const cls = matrix.kind === "array" ? ARRAY : MATRIX;
  return new Instance(cls, [new Tuple(parts), new Tuple(shape.map(BigInt))], "reduce");
}

function elements(data: Float64Array, dtype: DType): NdArray {
  if (dtype.kind === "f" && dtype.itemsize === 8) return NdArray.of(data);
  const plain = NdArray.of([...data], [data.length], dtype);
  return NdArray.fromBytes(bytesOf(plain), dtype, [data.length]);
}
