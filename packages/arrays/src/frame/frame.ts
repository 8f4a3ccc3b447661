/** @module pandas' labelled columns. */

import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";

/** One column (or a free-standing series): a label, values of one dtype, and what pandas calls that dtype. */
export interface Series {
  readonly name: unknown;
  /** One dimension. Categories, strings and nullable integers are object arrays, missing values `null` or NaN in them. */
  readonly values: NdArray;
  /** pandas' name: `float64`, `category`, `string`, `Int64`, `datetime64[ns]` ... */
  readonly dtype: string;
  /** Of `category`: the categories, in order. */
  readonly categories?: NdArray;
  /** The labels of the rows, when it stands alone. */
  readonly index?: readonly unknown[];
}

/**
 * A table with labelled columns.
 *
 * @throws CurtidoError E_FRAME when columns differ in length
 * @example
 * DataFrame.fromRecords([{ a: 1, b: "x" }, { a: 2, b: "y" }]).columns; // ["a", "b"]
 */
export class DataFrame {
  readonly columns: readonly unknown[];
  readonly series: readonly Series[];
  /** The labels of the rows; `undefined` stands for 0, 1, 2 ... */
  readonly index: readonly unknown[] | undefined;
  readonly length: number;

  constructor(series: readonly Series[], index?: readonly unknown[], length?: number) {
    this.series = series;
    this.columns = series.map((column) => column.name);
    this.index = index;
    this.length = length ?? series[0]?.values.size ?? index?.length ?? 0;
    for (const column of series) {
      if (column.values.ndim !== 1 || column.values.size !== this.length) {
        throw arrayError(
          "E_FRAME",
          `the column '${String(column.name)}' has ${column.values.size} rows, the table ${this.length}`,
        );
      }
    }
  }

  /** One object per row; columns in order of first appearance, what a row lacks is `undefined`. */
  static fromRecords(rows: readonly Readonly<Record<string, unknown>>[]): DataFrame {
    const names = new Set<string>();
    for (const row of rows) for (const name of Object.keys(row)) names.add(name);
    const series = [...names].map((name) =>
      columnOf(
        name,
        rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined)),
      ),
    );
    return new DataFrame(series, undefined, rows.length);
  }

  /** Nested arrays, a row each. */
  tolist(): unknown[][] {
    const columns = this.series.map((column) => column.values.flat());
    return Array.from({ length: this.length }, (_, row) => columns.map((column) => column[row]));
  }

  /** One object per row, keyed by the text of each column's label. */
  toRecords(): Record<string, unknown>[] {
    return this.tolist().map((row) => Object.fromEntries(row.map((value, at) => [String(this.columns[at]), value])));
  }
}

/** A column of plain values: doubles when all are numbers, booleans when all are, else objects. */
export function columnOf(name: unknown, values: readonly unknown[]): Series {
  if (values.every((value) => typeof value === "number")) {
    return { name, values: NdArray.of(Float64Array.from(values as number[])), dtype: "float64" };
  }
  if (values.every((value) => typeof value === "boolean")) {
    return { name, values: NdArray.bools(Uint8Array.from(values as boolean[], Number)), dtype: "bool" };
  }
  return { name, values: NdArray.objects([...values], [values.length]), dtype: "object" };
}
