/** @module Rows that are no tables: texts, mappings, lists of features. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { numericDType } from "../base/dtypes.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, type Rows, shapeOf, toInput } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";

/** One sample per row: a table of one column, whatever its elements are. */
export function samplesOf(samples: readonly unknown[]): NdArray {
  return NdArray.objects([...samples], [samples.length, 1]);
}

/** A transformer of one column of texts. It takes a list of them, or a table of one column. */
export abstract class TextTransformer extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): "transformation" {
    return "transformation";
  }
  override features(): readonly FeatureShape[] {
    return [{ type: "string", missing: false }];
  }

  override get readsOwnRows(): boolean {
    return true;
  }
  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return samplesOf(rows.flat());
    if (Array.isArray(rows) && rows.length > 0 && rows.every((row) => typeof row === "string")) return samplesOf(rows);
    return toInput(rows);
  }

  /** One column by any name. */
  protected override inOrder(X: Input): Input {
    const [rows, columns] = shapeOf(X);
    if (columns === 1 || rows === 0) return X;
    throw featureError([{ detail: `${this.className} takes one column of texts, found ${columns} columns` }]);
  }

  /** The texts of a table of one column. */
  protected texts(X: Input): readonly string[] {
    if (shapeOf(X)[0] === 0) return [];
    const problems: FeatureProblem[] = [];
    const values = Array.from(columnValues(X, 0), (value, row): string => {
      if (typeof value === "string") return value;
      if (value instanceof Uint8Array) return new TextDecoder().decode(value);
      if (problems.length < MOST_PROBLEMS) problems.push(this.problem(row, value));
      return "";
    });
    if (problems.length > 0) throw featureError(problems);
    return values;
  }

  private problem(row: number, value: unknown): FeatureProblem {
    const feature = this.featureName(0);
    const absent = value === null || value === undefined || Number.isNaN(value);
    return {
      row,
      feature,
      detail: absent ? `'${feature}' is missing` : `'${feature}' must be a text, not ${JSON.stringify(value)}`,
    };
  }
}

/** Collects the elements of a sparse matrix row by row; elements of one row and column add up. */
export class RowCollector {
  private readonly columns: number;
  private readonly indptr: number[] = [0];
  private readonly indices: number[] = [];
  private readonly data: number[] = [];
  private readonly current = new Map<number, number>();

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Adds a value to a column of the row. */
  add(column: number, value: number): void {
    this.current.set(column, (this.current.get(column) ?? 0) + value);
  }

  /** Ends the row; elements that came out as 0 are kept. */
  endRow(): void {
    const row = [...this.current].sort((a, b) => a[0] - b[0]);
    for (const [column, value] of row) {
      this.indices.push(column);
      this.data.push(value);
    }
    this.indptr.push(this.indices.length);
    this.current.clear();
  }

  /** All rows, every element changed by `of`. */
  matrix(dtype: string, of: (value: number) => number = (value) => value): Csr {
    const shape = [this.indptr.length - 1, this.columns] as const;
    const data = Float64Array.from(this.data, of);
    return new Csr(shape, Int32Array.from(this.indptr), Int32Array.from(this.indices), data, numericDType(dtype));
  }
}

/** Rows as mappings: objects and maps as they are, the rows of a frame without what is missing in them. */
export function recordsOf(X: Input): readonly Iterable<readonly [unknown, unknown]>[] {
  if (X instanceof DataFrame) {
    const columns = X.series.map(({ values }) => values.flat());
    return Array.from({ length: X.length }, (_, row) =>
      X.columns.flatMap((name, at): [unknown, unknown][] => {
        const value = columns[at]![row];
        return value === null || value === undefined || Number.isNaN(value) ? [] : [[String(name), value]];
      }),
    );
  }
  return Array.from(columnValues(X, 0), (value, row) => {
    if (value instanceof Map) return value;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
    throw featureError([{ row, detail: "rows are objects: a value by the name of each feature" }]);
  });
}
