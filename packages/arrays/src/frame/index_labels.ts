/** @module pandas' row and column labels. */

import type { NdArray } from "../ndarray.ts";

/** Labels of rows or columns: an Index of any kind; a MultiIndex has tuples (arrays here) for labels. */
export class Index {
  readonly labels: readonly unknown[];
  /** The name of the index; of a MultiIndex, the list of its levels' names. */
  readonly name: unknown;
  /** The labels as an array, where they are of one dtype. */
  readonly values: NdArray | undefined;

  constructor(labels: readonly unknown[], name: unknown = null, values?: NdArray) {
    this.labels = labels;
    this.name = name;
    this.values = values;
  }

  get length(): number {
    return this.labels.length;
  }
}
