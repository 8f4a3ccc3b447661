/** @module One column of values: what a frame is made of. */

import type { Dict } from "@curtido/pickle";
import type { NdArray } from "../ndarray.ts";
import type { Index } from "./index_labels.ts";

/** Values with what pandas calls their dtype: of a column, of an index, of categories. */
export interface Values {
  /** One dimension. Categories, strings and nullable numbers are object arrays, missing values `null` or NaN in them. */
  readonly values: NdArray;
  /** pandas' name: `float64`, `category`, `string`, `str`, `Int64`, `datetime64[ns, UTC]`, `period[M]` ... */
  readonly dtype: string;
  /** Of `category`: the categories, in order. */
  readonly categories?: NdArray | undefined;
  /** pandas' name of the categories' dtype, where it is not numpy's. */
  readonly categoriesDtype?: string | undefined;
  /** Of `category`: whether the categories have an order. */
  readonly ordered?: boolean | undefined;
  /** pyarrow's name of the type that keeps them, where it does: `int64`, `timestamp[us, tz=UTC]`, `decimal128(10, 2)`. */
  readonly arrow?: string | undefined;
}

/**
 * Whether numbers in a column of objects are ints, whatever they would be alone: in nullable integers, and where categories
 * are integers.
 */
export function holdsInts({ dtype, categories }: Values): boolean {
  const labels = dtype === "category" ? categories?.dtype.kind : undefined;
  return labels === "i" || labels === "u" || /^U?Int\d+$/.test(dtype);
}

/** One column: its label and its values. */
export interface Column extends Values {
  readonly name: unknown;
  /** The labels of the rows, when it stands alone. */
  readonly index?: readonly unknown[] | undefined;
}

/**
 * One column (or a free-standing series): a label, values of one dtype, and what pandas calls that dtype.
 *
 * @example
 * new Series({ name: "x", values: NdArray.of(Float64Array.of(1, 2)), dtype: "float64" }).values.tolist(); // [1, 2]
 */
export class Series implements Column {
  readonly name: unknown;
  readonly values: NdArray;
  readonly dtype: string;
  readonly categories?: NdArray | undefined;
  readonly categoriesDtype?: string | undefined;
  readonly ordered?: boolean | undefined;
  readonly arrow?: string | undefined;
  readonly index?: readonly unknown[] | undefined;
  /** The index of a series that stands alone. */
  readonly rowIndex?: Index | undefined;
  /** What pandas keeps beside the values. */
  readonly attrs?: Dict | undefined;

  constructor(column: Column, rowIndex?: Index, attrs?: Dict) {
    this.name = column.name;
    this.values = column.values;
    this.dtype = column.dtype;
    this.categories = column.categories;
    this.categoriesDtype = column.categoriesDtype;
    this.ordered = column.ordered;
    this.arrow = column.arrow;
    this.attrs = attrs;
    this.rowIndex = rowIndex;
    this.index = column.index ?? rowIndex?.labels;
  }
}
