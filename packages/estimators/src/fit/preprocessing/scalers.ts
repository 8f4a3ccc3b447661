/** @module StandardScaler and MinMaxScaler. */

import { NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { type Rows, shapeOf } from "../../base/input.ts";
import { numbersOf, tableOfRows } from "../base/data.ts";
import { flag, type ParameterTable, parameter } from "../base/parameters.ts";
import { countsOf, sumsOf, withoutMissing } from "../base/sums.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";

const MODULE = "sklearn.preprocessing._data";

/** StandardScaler. */
export const STANDARD: TrainerSpec = {
  module: MODULE,
  name: "StandardScaler",
  task: "transformation",
  changesInPlace: true,
  parameters: {
    copy: parameter(true, flag),
    withMean: parameter(true, flag),
    withStd: parameter(true, flag),
  } satisfies ParameterTable,
};

/**
 * Takes off each feature's mean and divides by its deviation; the same bits as scikit-learn 1.9.1.
 *
 * @example
 * new StandardScaler().fit([[1], [3]]).transform([[2]]).tolist(); // [[0]]
 */
export class StandardScaler extends Trainer {
  constructor(given: Given = {}) {
    super(STANDARD, given);
  }

  /** Learns means and variances; missing values are left out. */
  fit(X: Rows): Fitted {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table, true);
    const counts = countsOf(data, rows, width);
    const same = counts.every((count) => count === counts[0]);
    const seen = same ? NdArray.of(Float64Array.of(counts[0]!), []).asScalar() : wholeNumbers(counts);
    const withStd = this.parameters.get("withStd") === true;
    const moments = withStd || this.parameters.get("withMean") === true;
    const { mean, variance } = momentsOf(data, counts, rows, width, sumsOf(table));
    return this.finish([
      ...this.features(table),
      ["n_samples_seen_", seen],
      ["mean_", moments ? NdArray.of(mean) : null],
      ["var_", withStd ? NdArray.of(variance) : null],
      ["scale_", withStd ? NdArray.of(deviations(mean, variance, counts)) : null],
    ]);
  }
}

function wholeNumbers(counts: Float64Array): NdArray {
  return NdArray.of(BigInt64Array.from(counts, (count) => BigInt(count)));
}

/** Means, and variances around them in two passes (Chan, Golub and LeVeque 1983), as `_incremental_mean_and_var`. */
function momentsOf(
  data: Float64Array,
  counts: Float64Array,
  rows: number,
  width: number,
  sums: ReturnType<typeof sumsOf>,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const mean = sums(withoutMissing(data), rows, width).map((sum, column) => sum / counts[column]!);
  const apart = withoutMissing(data.map((value, at) => value - mean[at % width]!));
  const correction = sums(apart, rows, width);
  const squares = sums(
    apart.map((value) => value * value),
    rows,
    width,
  );
  const variance = squares.map((sum, column) => {
    const count = counts[column]!;
    return (sum - (correction[column]! * correction[column]!) / count) / count;
  });
  return { mean, variance };
}

/** Square roots; 1 where a feature is constant up to rounding. */
function deviations(mean: Float64Array, variance: Float64Array, counts: Float64Array): Float64Array {
  return variance.map((value, column) => {
    const count = counts[column]!;
    const rounding = count * mean[column]! * Number.EPSILON;
    return value <= count * Number.EPSILON * value + rounding * rounding ? 1 : Math.sqrt(value);
  });
}

/** MinMaxScaler. */
export const MIN_MAX: TrainerSpec = {
  module: MODULE,
  name: "MinMaxScaler",
  task: "transformation",
  changesInPlace: true,
  parameters: {
    featureRange: parameter(new Tuple([0, 1]), { kind: "pair" }),
    copy: parameter(true, flag),
    clip: parameter(false, flag),
  },
};

/**
 * Moves each feature into a range, `[0, 1]` unless `featureRange` says otherwise.
 *
 * @example
 * new MinMaxScaler().fit([[1], [3]]).transform([[2]]).tolist(); // [[0.5]]
 */
export class MinMaxScaler extends Trainer {
  constructor(given: Given = {}) {
    super(MIN_MAX, given);
  }

  /** Learns the least and the greatest value of each feature; missing values are left out. */
  fit(X: Rows): Fitted {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table, true);
    const least = new Float64Array(width).fill(Number.NaN);
    const most = new Float64Array(width).fill(Number.NaN);
    for (let at = 0; at < data.length; at++) {
      const column = at % width;
      if (!(data[at]! >= least[column]!)) least[column] = Number.isNaN(data[at]!) ? least[column]! : data[at]!;
      if (!(data[at]! <= most[column]!)) most[column] = Number.isNaN(data[at]!) ? most[column]! : data[at]!;
    }
    const [low, high] = (this.parameters.get("featureRange") as Tuple<number>).items as [number, number];
    if (!(low < high)) this.unsupported("featureRange", "goes from a number to a greater one");
    const range = most.map((value, column) => value - least[column]!);
    const scale = range.map((value) => (high - low) / (value < 10 * Number.EPSILON ? 1 : value));
    return this.finish([
      ...this.features(table),
      ["n_samples_seen_", rows],
      ["scale_", NdArray.of(scale)],
      ["min_", NdArray.of(least.map((value, column) => low - value * scale[column]!))],
      ["data_min_", NdArray.of(least)],
      ["data_max_", NdArray.of(most)],
      ["data_range_", NdArray.of(range)],
    ]);
  }
}
