/** @module The pseudo-inverse of any matrix, by its singular values. */

import { dot } from "@curtido/kernels";
import type { Matrix } from "./state.ts";

const EPSILON = 2 ** -52;
/** Rounds over all pairs of rows; a dozen are enough for any matrix. */
const MOST_ROUNDS = 60;

/**
 * The matrix whose product with `matrix` projects (`scipy.linalg.pinv`): singular values that are 0 but for rounding stay 0.
 *
 * The rows are turned until they are orthogonal (Jacobi's rotations from one side; Golub and Van Loan, section 8.6).
 *
 * @returns `[matrix.columns, matrix.rows]`
 */
export function pseudoInverse(matrix: Matrix): Matrix {
  if (matrix.rows > matrix.columns) return transposed(pseudoInverse(transposed(matrix)));
  const { rows, columns } = matrix;
  const turned = matrix.data.slice();
  const turns = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) turns[i * rows + i] = 1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = false;
    for (let p = 0; p < rows; p++)
      for (let q = p + 1; q < rows; q++) moved = orthogonalize(turned, columns, turns, rows, p, q) || moved;
    if (!moved) break;
  }
  const squares = Float64Array.from({ length: rows }, (_, i) => dot(turned, i * columns, turned, i * columns, columns));
  const least = (columns * EPSILON) ** 2 * squares.reduce((a, b) => Math.max(a, b), 0);
  const data = new Float64Array(columns * rows);
  for (let i = 0; i < rows; i++) {
    if (!(squares[i]! > least)) continue;
    for (let c = 0; c < columns; c++) {
      const value = turned[i * columns + c]! / squares[i]!;
      for (let r = 0; r < rows; r++) data[c * rows + r]! += value * turns[i * rows + r]!;
    }
  }
  return { data, rows: columns, columns: rows };
}

function transposed({ data, rows, columns }: Matrix): Matrix {
  const out = Float64Array.from(
    { length: data.length },
    (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!,
  );
  return { data: out, rows: columns, columns: rows };
}

/** Turns two rows so that they are orthogonal, and what keeps account of it too; whether they were not yet. */
function orthogonalize(
  a: Float64Array,
  columns: number,
  turns: Float64Array,
  rows: number,
  p: number,
  q: number,
): boolean {
  const pp = dot(a, p * columns, a, p * columns, columns);
  const qq = dot(a, q * columns, a, q * columns, columns);
  const pq = dot(a, p * columns, a, q * columns, columns);
  if (!(Math.abs(pq) > EPSILON * Math.sqrt(pp * qq))) return false;
  const theta = (qq - pp) / (2 * pq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  turn(a, p * columns, q * columns, columns, c, t * c);
  turn(turns, p * rows, q * rows, rows, c, t * c);
  return true;
}

function turn(a: Float64Array, p: number, q: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p + k]!, a[q + k]!];
    a[p + k] = c * x - s * y;
    a[q + k] = s * x + c * y;
  }
}
