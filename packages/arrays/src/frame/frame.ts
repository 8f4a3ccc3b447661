/** @module pandas' labelled columns. */

import type { Dict } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";
import { Index } from "./index_labels.ts";
import type { Series } from "./series.ts";

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
  /** What pandas keeps beside the table. */
  readonly attrs: Dict | undefined;
  private readonly rows: Index | undefined;
  private readonly names: Index | undefined;

  /**
   * @param index - the labels of the rows; nothing stands for 0, 1, 2 ...
   * @param length - the number of rows, where there may be no columns to count them in
   * @param names - the index of the columns, where it is more than their names: of several levels, or with a name
   * @param attrs - what pandas keeps beside the table
   */
  constructor(
    series: readonly Series[],
    index?: readonly unknown[] | Index,
    length?: number,
    names?: Index,
    attrs?: Dict,
  ) {
    this.series = series;
    this.attrs = attrs;
    this.columns = series.map((column) => column.name);
    this.rows = index instanceof Index ? index : undefined;
    this.index = index instanceof Index ? index.labels : index;
    this.names = names;
    this.length = length ?? series[0]?.values.size ?? this.index?.length ?? 0;
    if (this.index !== undefined && this.index.length !== this.length)
      throw arrayError("E_FRAME", `the index has ${this.index.length} labels, the table ${this.length} rows`);
    if (names !== undefined && names.length !== series.length)
      throw arrayError("E_FRAME", `there are ${names.length} labels for ${series.length} columns`);
    for (const column of series) {
      if (column.values.ndim !== 1 || column.values.size !== this.length) {
        throw arrayError(
          "E_FRAME",
          `the column '${String(column.name)}' has ${column.values.size} rows, the table ${this.length}`,
        );
      }
    }
  }

  /** The index of the rows. */
  get rowIndex(): Index {
    if (this.rows !== undefined) return this.rows;
    return this.index === undefined ? Index.range(this.length) : Index.of(this.index);
  }

  /** The index of the columns. */
  get columnIndex(): Index {
    return this.names ?? Index.of(this.columns);
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
