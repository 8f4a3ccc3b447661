/** @module SimpleImputer. */

import { float64, NdArray, NumpyWriter, object } from "@curtido/arrays";
import { float } from "@curtido/pickle";
import { type Rows, shapeOf } from "../../base/index.ts";
import { numbersOf, readTable, type Table } from "../data.ts";
import { bool, parameter, word } from "../parameters.ts";
import { countsOf, sumsOf, withoutMissing } from "../sums.ts";
import { type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";
import { columnsOfValues, isMissing, isNumberColumn, type Value } from "../values.ts";

const SIMPLE: ClassSpec = {
  module: "sklearn.impute._base",
  name: "SimpleImputer",
  parameters: {
    missingValues: parameter(float(Number.NaN), { kind: "nan" }),
    strategy: parameter("mean", word("mean", "median", "most_frequent", "constant")),
    fillValue: parameter(null, { kind: "any" }),
    copy: parameter(true, bool),
    addIndicator: parameter(false, word()),
    keepEmptyFeatures: parameter(false, word()),
  },
  older: () => ({ verbose: 0 }),
};

/**
 * Puts a value where one is missing: the mean, the median, the most frequent one or a given one.
 *
 * @example
 * new SimpleImputer().fit([[1], [3]]).transform([[NaN]]).tolist(); // [[2]]
 */
export class SimpleImputer extends Trainer {
  constructor(given: Given = {}) {
    super(SIMPLE, given);
  }

  /** Learns what stands for missing values. */
  fit(X: Rows): Fitted {
    const table = readTable(X);
    const columns = columnsOfValues(table);
    const strategy = this.parameters.get("strategy");
    const numbers = strategy === "mean" || strategy === "median" || columns.every(isNumberColumn);
    const dtype = new NumpyWriter().dtype(numbers ? float64 : object);
    const statistics = numbers
      ? NdArray.of(this.numbers(table))
      : NdArray.objects(this.plain(columns), [columns.length]);
    return this.finish([
      ...this.features(table),
      ["_fit_dtype", dtype],
      ["_fill_dtype", dtype],
      ["indicator_", null],
      ["statistics_", statistics],
    ]);
  }

  private numbers(table: Table): Float64Array {
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table, true);
    const strategy = this.parameters.get("strategy");
    if (strategy === "mean") {
      const counts = countsOf(data, rows, width);
      return sumsOf(table)(withoutMissing(data), rows, width).map((sum, column) => sum / counts[column]!);
    }
    if (strategy === "constant") return new Float64Array(width).fill(this.constantNumber());
    return Float64Array.from({ length: width }, (_, column) => {
      const values = Float64Array.from({ length: rows }, (_, row) => data[row * width + column]!)
        .filter((value) => !Number.isNaN(value))
        .sort();
      return strategy === "median" ? medianOf(values) : (mostFrequent([...values]) ?? Number.NaN);
    });
  }

  private constantNumber(): number {
    const value = this.parameters.get("fillValue") ?? 0;
    if (typeof value === "number") return value;
    return this.unsupported("fillValue", "is a number where all columns are numbers");
  }

  private plain(columns: readonly (readonly unknown[])[]): unknown[] {
    if (this.parameters.get("strategy") === "constant") {
      const value = this.parameters.get("fillValue") ?? "missing_value";
      return columns.map(() => value);
    }
    return columns.map((values) => mostFrequent(values.filter((value) => !isMissing(value)) as Value[]) ?? Number.NaN);
  }
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The least of the values that are there most often. */
function mostFrequent<T extends Value>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  let least: T | undefined;
  for (const [value, count] of counts) if (count === most && (least === undefined || value < least)) least = value;
  return least;
}
