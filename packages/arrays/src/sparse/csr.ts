/** @module scipy's compressed sparse rows. */

import type { DType } from "../dtype.ts";
import { float64 } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";

/** As many elements as a dense matrix may have: a gigabyte of them. */
const MOST_DENSE = 2 ** 27;

/**
 * A matrix that keeps only its non-zero elements: row `i` has columns `indices[indptr[i]..indptr[i+1]]` with values `data`
 * at the same places.
 *
 * @throws CurtidoError E_ARRAY when the three arrays do not describe a matrix of this shape
 * @example
 * new Csr([2, 3], Int32Array.of(0, 1, 1), Int32Array.of(2), Float64Array.of(5)).toDense().tolist(); // [[0, 0, 5], [0, 0, 0]]
 */
export class Csr {
  readonly shape: readonly [number, number];
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
  /** The dtype that the elements have in Python; here they are doubles. */
  readonly dtype: DType;
  /** Whether scipy has it as a matrix (`csr_matrix`, `*` multiplies matrices) or as an array (`csr_array`). */
  readonly kind: "matrix" | "array";

  constructor(
    shape: readonly [number, number],
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    dtype: DType = float64,
    kind: "matrix" | "array" = "matrix",
  ) {
    check(shape, indptr, indices, data);
    this.shape = shape;
    this.indptr = indptr;
    this.indices = indices;
    this.data = data;
    this.dtype = dtype;
    this.kind = kind;
  }

  /** Elements that are kept. */
  get nnz(): number {
    return this.indptr[this.shape[0]]!;
  }

  /** All elements, zeros too. */
  toDense(): NdArray {
    const [rows, columns] = this.shape;
    if (rows * columns > MOST_DENSE)
      throw arrayError("E_LIMIT", `a dense matrix of ${rows} x ${columns} is too large`, { shape: this.shape });
    const out = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let at = this.indptr[row]!; at < this.indptr[row + 1]!; at++)
        out[row * columns + this.indices[at]!]! += this.data[at]!;
    }
    return NdArray.of(out, [rows, columns]);
  }

  /** The non-zero elements of a dense matrix. */
  static fromDense(dense: Float64Array, rows: number, columns: number, dtype?: DType): Csr {
    const indptr = new Int32Array(rows + 1);
    const indices: number[] = [];
    const data: number[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = dense[row * columns + column]!;
        if (value === 0) continue;
        indices.push(column);
        data.push(value);
      }
      indptr[row + 1] = indices.length;
    }
    return new Csr([rows, columns], indptr, Int32Array.from(indices), Float64Array.from(data), dtype);
  }

  /** From coordinates, in any order; duplicates are added up, as scipy does. */
  static fromCoordinates(
    shape: readonly [number, number],
    rows: Int32Array,
    columns: Int32Array,
    data: Float64Array,
    dtype?: DType,
    kind?: "matrix" | "array",
  ): Csr {
    if (rows.length !== data.length || columns.length !== data.length)
      throw arrayError("E_ARRAY", "coordinates and values differ in number");
    const order = Array.from(data.keys()).sort((a, b) => rows[a]! - rows[b]! || columns[a]! - columns[b]! || a - b);
    const indptr = new Int32Array(shape[0] + 1);
    const indices: number[] = [];
    const values: number[] = [];
    let previous = -1;
    for (const at of order) {
      const row = rows[at]!;
      if (!(row >= 0 && row < shape[0])) throw arrayError("E_ARRAY", `row ${row} lies outside the matrix`);
      const same = previous >= 0 && rows[previous] === row && columns[previous] === columns[at];
      if (same) values[values.length - 1]! += data[at]!;
      else {
        indices.push(columns[at]!);
        values.push(data[at]!);
        indptr[row + 1]!++;
      }
      previous = at;
    }
    for (let row = 0; row < shape[0]; row++) indptr[row + 1]! += indptr[row]!;
    return new Csr(shape, indptr, Int32Array.from(indices), Float64Array.from(values), dtype, kind);
  }

  /** Nested arrays of all elements. */
  tolist(): number[][] {
    return this.toDense().tolist() as number[][];
  }
}

function check(shape: readonly [number, number], indptr: Int32Array, indices: Int32Array, data: Float64Array): void {
  const [rows, columns] = shape;
  const fail = (why: string) => arrayError("E_ARRAY", `a sparse matrix is malformed: ${why}`, { shape });
  if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0)) throw fail("its shape");
  if (indptr.length !== rows + 1) throw fail(`${indptr.length} row pointers for ${rows} rows`);
  if (indptr[0] !== 0) throw fail("the first row pointer is not 0");
  for (let row = 0; row < rows; row++) if (indptr[row]! > indptr[row + 1]!) throw fail("row pointers decrease");
  const count = indptr[rows]!;
  if (indices.length < count || data.length < count) throw fail("row pointers reach past the elements");
  for (let at = 0; at < count; at++) {
    if (!(indices[at]! >= 0 && indices[at]! < columns)) throw fail(`column ${indices[at]} lies outside`);
  }
}
