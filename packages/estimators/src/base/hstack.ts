/** @module Tables side by side, of the dtype that numpy gives them together. */

import { Csr, type DType, isNumeric, NdArray, typedArrayOf } from "@curtido/arrays";
import { estimatorError } from "./errors.ts";
import { numbersOf } from "./input.ts";

/**
 * Puts tables side by side: sparse when `sparse`, objects when one of them is, else numbers of their common dtype.
 *
 * @throws CurtidoError E_STATE when they differ in rows
 */
export function hstack(blocks: readonly (NdArray | Csr)[], rows: number, sparse = false): NdArray | Csr {
  const widths = blocks.map((block) => block.shape[1]!);
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (blocks.some((block) => block.shape[0] !== rows)) {
    throw estimatorError("E_STATE", "the parts of a union give different numbers of rows");
  }
  if (sparse) return hstackSparse(blocks, rows, total);
  const dense = blocks.map((block) => (block instanceof Csr ? block.toDense() : block));
  const dtype = commonDType(dense.map((block) => block.dtype));
  const out = emptyOf(dtype, rows * total);
  let left = 0;
  dense.forEach((block, index) => {
    const width = widths[index]!;
    const values = elementsFor(block, dtype);
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < width; at++) out[row * total + left + at] = values[row * width + at];
    }
    left += width;
  });
  return NdArray.of(out as unknown[], [rows, total], dtype);
}

type Elements = { [at: number]: unknown };

const FLOAT64: DType = { kind: "f", itemsize: 8, littleEndian: true };
const OBJECT: DType = { kind: "O", itemsize: 8, littleEndian: true };

function emptyOf(dtype: DType, length: number): Elements {
  const [Typed] = typedArrayOf(dtype) ?? [];
  return Typed === undefined ? new Array<unknown>(length) : new Typed(length);
}

/** The elements in C order, as an array of this dtype holds them. */
function elementsFor(block: NdArray, dtype: DType): Elements {
  if (dtype.kind === "O") return block.flat();
  if (dtype.kind === "f") return dtype.itemsize === 4 ? (block.toC().data as Float32Array) : block.toFloat64();
  const { data } = block.toC();
  return dtype.itemsize === 8 ? Array.from(data as ArrayLike<number>, BigInt) : (data as Elements);
}

/** What numpy makes of several dtypes in one array; halves are doubles here, as they are computed with. */
function commonDType(dtypes: readonly DType[]): DType {
  const [first, ...rest] = dtypes;
  if (first === undefined) return FLOAT64;
  if (!dtypes.every(isNumeric)) return OBJECT;
  const common = rest.reduce(promoted, { ...first, littleEndian: true });
  return typedArrayOf(common) === undefined ? FLOAT64 : common;
}

/** numpy's `result_type` of two dtypes of numbers. */
function promoted(a: DType, b: DType): DType {
  if (a.kind === b.kind) return a.itemsize >= b.itemsize ? a : { ...b, littleEndian: true };
  if (a.kind === "b") return { ...b, littleEndian: true };
  if (b.kind === "b") return a;
  if (a.kind === "f" || b.kind === "f") {
    const [float, int] = a.kind === "f" ? [a, b] : [b, a];
    return { ...FLOAT64, itemsize: Math.max(float.itemsize, Math.min(8, 2 * int.itemsize)) };
  }
  const [signed, unsigned] = a.kind === "i" ? [a, b] : [b, a];
  const needed = Math.max(signed.itemsize, 2 * unsigned.itemsize);
  return needed > 8 ? FLOAT64 : { kind: "i", itemsize: needed, littleEndian: true };
}

function hstackSparse(blocks: readonly (NdArray | Csr)[], rows: number, total: number): Csr {
  const parts = blocks.map((block) =>
    block instanceof Csr ? block : Csr.fromDense(numbersOf(block), rows, block.shape[1]!),
  );
  const count = parts.reduce((sum, part) => sum + part.nnz, 0);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(count);
  const data = new Float64Array(count);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    let left = 0;
    for (const part of parts) {
      for (let at = part.indptr[row]!; at < part.indptr[row + 1]!; at++) {
        indices[to] = part.indices[at]! + left;
        data[to++] = part.data[at]!;
      }
      left += part.shape[1];
    }
    indptr[row + 1] = to;
  }
  return new Csr([rows, total], indptr, indices, data);
}
