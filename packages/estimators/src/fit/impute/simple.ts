/** @module SimpleImputer. */

import { float64, NdArray, NumpyWriter, object } from "@curtido/arrays";
import { Float, float, type Instance } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import { columnValues, type Rows, shapeOf } from "../../base/input.ts";
import { namesOf, type Table, tableOfRows } from "../base/data.ts";
import { flag, int, type ParameterTable, parameter, real, word } from "../base/parameters.ts";
import { countsOf, sumsOf, withoutMissing } from "../base/sums.ts";
import { type ClassSpec, type Fitted, type Given, instanceOf, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { isMissingValue, isNumberColumn, type Value } from "../base/values.ts";

const MODULE = "sklearn.impute._base";

/** SimpleImputer. */
export const SIMPLE: TrainerSpec = {
  module: MODULE,
  name: "SimpleImputer",
  task: "transformation",
  changesInPlace: true,
  parameters: {
    missingValues: parameter(float(Number.NaN), { kind: "nan" }, int(-(2 ** 53 - 1)), real(), { kind: "any" }),
    strategy: parameter("mean", word("mean", "median", "most_frequent", "constant")),
    fillValue: parameter(null, { kind: "any" }),
    copy: parameter(true, flag),
    addIndicator: parameter(false, flag),
    keepEmptyFeatures: parameter(false, flag),
  },
  older: () => ({ verbose: 0 }),
};

const INDICATOR_PARAMETERS: ParameterTable = {
  missingValues: parameter(float(Number.NaN), { kind: "any" }),
  features: parameter("missing-only", word("missing-only", "all")),
  sparse: parameter("auto", word("auto")),
  errorOnNew: parameter(true, flag),
};
const INDICATOR: ClassSpec = { module: MODULE, name: "MissingIndicator", parameters: INDICATOR_PARAMETERS };

/** A column: numbers, or anything. */
type Values = Float64Array | readonly unknown[];

/** The columns of a table, with NaN where a value counts as missing. */
interface Gaps {
  readonly columns: readonly Values[];
  readonly rows: number;
  /** Whether all are numbers. */
  readonly numeric: boolean;
}

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

  /**
   * Learns what stands for missing values.
   *
   * @throws CurtidoError E_FEATURES for texts among columns whose mean or median is asked for
   */
  fit(X: Rows): Fitted {
    const table = tableOfRows(X);
    const gaps = this.gaps(table);
    const dtype = new NumpyWriter().dtype(gaps.numeric ? float64 : object);
    return this.finish([
      ...this.features(table),
      ["_fit_dtype", dtype],
      ["_fill_dtype", dtype],
      ["indicator_", this.parameters.get("addIndicator") === true ? this.indicator(gaps) : null],
      ["statistics_", this.statistics(table, gaps)],
    ]);
  }

  private gaps(table: Table): Gaps {
    const set = this.parameters.get("missingValues");
    const missing = set instanceof Float ? set.value : set;
    const names = namesOf(table);
    const nameOf = (at: number) => names?.[at] ?? `feature${at + 1}`;
    const columns = Array.from({ length: shapeOf(table)[1] }, (_, at): Values => {
      const values = columnValues(table, at);
      return Number.isNaN(missing) ? values : marked(values, missing, nameOf(at));
    });
    const strategy = this.parameters.get("strategy");
    const text = columns.findIndex((values) => !(values instanceof Float64Array) && !isNumberColumn(values));
    const numeric = text < 0;
    if (!numeric && (strategy === "mean" || strategy === "median")) {
      const detail = `'${nameOf(text)}' holds texts, which have no ${strategy}; { strategy: 'most_frequent' } takes them`;
      throw featureError([{ feature: nameOf(text), detail }]);
    }
    return { columns, rows: shapeOf(table)[0], numeric };
  }

  /** `MissingIndicator` as it is fitted on where values are missing. */
  private indicator({ columns }: Gaps): Instance {
    const found = columns.flatMap((values, at) => (hasMissing(values) ? [BigInt(at)] : []));
    const parameters = new Map<string, unknown>([
      ["missingValues", this.parameters.get("missingValues")],
      ["features", "missing-only"],
      ["sparse", "auto"],
      ["errorOnNew", false],
    ]);
    return instanceOf(INDICATOR, parameters, [
      ["_precomputed", true],
      ["n_features_in_", columns.length],
      ["_n_features", columns.length],
      ["features_", NdArray.of(BigInt64Array.from(found), [found.length])],
    ]);
  }

  private statistics(table: Table, gaps: Gaps): NdArray {
    const { columns } = gaps;
    const keep = this.parameters.get("keepEmptyFeatures") === true;
    const empty = columns.map(isEmpty);
    const strategy = this.parameters.get("strategy");
    if (strategy === "constant") {
      const fill = this.constant(gaps.numeric);
      return NdArray.objects(
        empty.map((is) => (is && !keep ? float(Number.NaN) : fill)),
        [columns.length],
      );
    }
    if (strategy === "most_frequent" && !gaps.numeric) {
      const values = columns.map((each) =>
        mostFrequent(Array.from<unknown>(each).filter((value) => !isMissingValue(value)) as Value[]),
      );
      return NdArray.objects(
        values.map((value) => value ?? (keep ? 0 : Number.NaN)),
        [columns.length],
      );
    }
    const numbers = strategy === "mean" ? means(table, gaps) : columns.map((values) => numberFor(strategy, values));
    return NdArray.of(Float64Array.from(numbers, (value, at) => (empty[at] ? (keep ? 0 : Number.NaN) : value)));
  }

  private constant(numeric: boolean): unknown {
    const value = this.parameters.get("fillValue") ?? (numeric ? 0 : "missing_value");
    if (!numeric || typeof value === "number" || value instanceof Float) return value;
    return this.unsupported("fillValue", "is a number where all columns are numbers");
  }
}

/** NaN where a value is the one that stands for a missing one. */
function marked(values: Values, missing: unknown, name: string): unknown[] {
  return Array.from<unknown, unknown>(values, (value, row) => {
    if (value === missing || (missing === null && value === undefined)) return Number.NaN;
    if (!isMissingValue(value) || typeof value !== "number") return value;
    throw featureError([{ row, feature: name, detail: `'${name}' is NaN, and 'missingValues' is ${String(missing)}` }]);
  });
}

function means(table: Table, { columns, rows }: Gaps): Float64Array {
  const width = columns.length;
  const data = new Float64Array(rows * width);
  columns.forEach((values, column) => {
    for (let row = 0; row < rows; row++) data[row * width + column] = (values[row] ?? Number.NaN) as number;
  });
  const counts = countsOf(data, rows, width);
  return sumsOf(table)(withoutMissing(data), rows, width).map((sum, column) => sum / counts[column]!);
}

function numbersThere(values: Values): Float64Array {
  const numbers =
    values instanceof Float64Array ? values : Float64Array.from(values, (value) => (value ?? Number.NaN) as number);
  return numbers.filter((value) => !Number.isNaN(value));
}

function hasMissing(values: Values): boolean {
  return values instanceof Float64Array ? values.some(Number.isNaN) : values.some(isMissingValue);
}

function isEmpty(values: Values): boolean {
  return values instanceof Float64Array ? values.every(Number.isNaN) : values.every(isMissingValue);
}

function numberFor(strategy: unknown, values: Values): number {
  const there = numbersThere(values).sort();
  return strategy === "median" ? medianOf(there) : (mostFrequent([...there]) ?? Number.NaN);
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
  let most = 0;
  for (const count of counts.values()) if (count > most) most = count;
  let least: T | undefined;
  for (const [value, count] of counts) if (count === most && (least === undefined || value < least)) least = value;
  return least;
}
