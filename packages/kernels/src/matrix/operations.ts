/** @module What can be done with matrices in one memory. */

/** Where a matrix starts, in elements, and how far its rows and columns are apart. */
export interface Strided {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** The operations, on offsets in elements of one memory; WebAssembly and TypeScript give the same bits. */
export interface MatrixOperations {
  /** c += a b, each element added in order of the rows of b; columns of b and c lie side by side. */
  multiply(a: Strided, b: Strided, c: Strided, m: number, n: number, k: number, lower: boolean): void;
  /** The inner product: four sums of every fourth element, then what is left. */
  dot(a: number, b: number, n: number): number;
  /** y += factor x */
  axpy(factor: number, x: number, y: number, n: number): void;
  /**
   * Householder's reflections: [triangle; block] becomes [triangle; 0]. `triangle` has `n` rows of `columns` elements,
   * `block` has `columns` columns of `rows` elements, a multiple of four.
   */
  reduce(triangle: number, block: number, rows: number, n: number, columns: number): void;
  /**
   * One round of one-sided Jacobi rotations of `count` vectors, and of what goes with each of them.
   *
   * @returns how many pairs were turned
   */
  orthogonalize(
    vectors: number,
    count: number,
    length: number,
    right: number,
    width: number,
    norms: number,
    tolerance: number,
  ): number;
  /** Rows lose the means of their columns, and are multiplied with their roots where there are some. */
  center(x: number, rows: number, width: number, means: number, roots: number | undefined): void;
  /** The columns of a row-major matrix one after another, `step` elements apart. */
  transpose(x: number, rows: number, width: number, out: number, step: number): void;
}
