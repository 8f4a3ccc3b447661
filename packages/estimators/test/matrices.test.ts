import { matmul } from "@curtido/kernels";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pseudoInverse } from "../src/base/pseudo_inverse.ts";
import type { Matrix } from "../src/base/state.ts";
import { cholesky, symmetricInverse } from "../src/base/symmetric.ts";

const times = (a: Matrix, b: Matrix): Matrix => {
  const data = new Float64Array(a.rows * b.columns);
  matmul(a.data, a.rows, a.columns, b.data, b.columns, data);
  return { data, rows: a.rows, columns: b.columns };
};
const transposed = ({ data, rows, columns }: Matrix): Matrix => ({
  data: Float64Array.from(data, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!),
  rows: columns,
  columns: rows,
});
/** Matrices of whole numbers, many of them of less than full rank. */
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.integer({ min: -2, max: 2 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((numbers): Matrix => ({ data: Float64Array.from(numbers), rows, columns })),
  );
function close(a: Matrix, b: Matrix): void {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  const most = b.data.reduce((sum, value) => Math.max(sum, Math.abs(value)), 1);
  a.data.forEach((value, at) => {
    expect(Math.abs(value - b.data[at]!)).toBeLessThanOrEqual(1e-8 * most);
  });
}

it("a pseudo-inverse does what Moore and Penrose ask of it", () => {
  fc.assert(
    fc.property(matrices, (matrix) => {
      const inverse = pseudoInverse(matrix);
      close(times(times(matrix, inverse), matrix), matrix);
      close(times(times(inverse, matrix), inverse), inverse);
      close(times(matrix, inverse), transposed(times(matrix, inverse)));
      close(times(inverse, matrix), transposed(times(inverse, matrix)));
    }),
  );
});

it("that of a symmetric matrix is the same", () => {
  fc.assert(
    fc.property(matrices, (matrix) => {
      const square = times(matrix, transposed(matrix));
      const inverse = { ...square, data: symmetricInverse(square.data, square.rows) };
      close(times(times(square, inverse), square), square);
      close(inverse, pseudoInverse(square));
    }),
  );
});

it("Cholesky's factor makes the matrix again", () => {
  fc.assert(
    fc.property(matrices, (matrix) => {
      const square = times(matrix, transposed(matrix));
      for (let at = 0; at < square.data.length; at += square.rows + 1) square.data[at]! += 1;
      const lower = { ...square, data: cholesky(square.data, square.rows)! };
      close(times(lower, transposed(lower)), square);
    }),
  );
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
});
