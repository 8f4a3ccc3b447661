/** @module Triangular systems, such as Cholesky's factors make. */

/**
 * Solves L x = b for each row of `right`, in place, by forward substitution.
 *
 * @param lower row-major, `[n, n]`; what is above the diagonal is not read
 * @param right `[count, n]`: one right-hand side per row; overwritten with the solutions
 */
export function solveLower(lower: Float64Array, n: number, right: Float64Array, count: number): void {
  for (let row = 0; row < count; row++) {
    const from = row * n;
    for (let i = 0; i < n; i++) {
      let sum = right[from + i]!;
      for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * right[from + k]!;
      right[from + i] = sum / lower[i * n + i]!;
    }
  }
}

/** Solves L' x = b for each row of `right`, in place, by back substitution; see {@link solveLower}. */
export function solveLowerTransposed(lower: Float64Array, n: number, right: Float64Array, count: number): void {
  for (let row = 0; row < count; row++) {
    const from = row * n;
    for (let i = n - 1; i >= 0; i--) {
      let sum = right[from + i]!;
      for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * right[from + k]!;
      right[from + i] = sum / lower[i * n + i]!;
    }
  }
}

/** Solves L L' x = b for each row of `right`, in place; see {@link solveLower}. */
export function solveCholesky(lower: Float64Array, n: number, right: Float64Array, count: number): void {
  solveLower(lower, n, right, count);
  solveLowerTransposed(lower, n, right, count);
}
