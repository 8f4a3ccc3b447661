/** @module What attributes must look like. */

/** A float64 matrix in C order. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Extents that an attribute must have; `undefined` leaves one open. */
export type Extents = readonly (number | undefined)[];
