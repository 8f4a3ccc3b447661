/** @module Which bin of a histogram a number belongs to (`sklearn.ensemble._hist_gradient_boosting.binning`). */

import { pairwiseSum, RandomState } from "@curtido/kernels";
import { featureError } from "../../../base/errors.ts";
import type { BoostedPart } from "./boost.ts";
import { BinLookup } from "./lookup.ts";
import { invertedPercentile, sortWeighted, weightedPercentile } from "./percentiles.ts";
import { sortNumbers } from "./sort.ts";

/** Rows from which thresholds are found; of more rows, so many are drawn. */
const MOST_ROWS = 200_000;
/** Rows that are binned at a time. */
const BLOCK = 1024;
/** Thresholds are below this: infinity is for splits between numbers and missing values. */
const ALMOST_INFINITE = 1e300;

/** Rows as boosting sees them: numbers row by row, and how many categories a feature has where it has categories. */
export interface BoostedRows {
  readonly data: Float64Array;
  readonly rows: number;
  readonly width: number;
  /** The number of categories of each feature, which are 0, 1, 2 ...; `undefined` for numbers. */
  readonly categories: readonly (number | undefined)[];
}

/** How numbers become bins. */
export interface BinMapper {
  /** For each feature the upper bounds of its bins but the last; of categories, the categories. */
  readonly thresholds: readonly Float64Array[];
  /** Bins of each feature, without that of missing values. */
  readonly bins: Int32Array;
  /** The bin of missing values. */
  readonly missing: number;
}

/**
 * Finds thresholds that part the numbers of each feature into bins of about the same weight.
 *
 * @param mostBins - bins of a feature, without that of missing values
 * @param seed - of the rows that are drawn where there are many
 */
export function findBins({ table, chosen, sample }: BoostedPart, mostBins: number, seed: number): BinMapper {
  const { weights } = sample;
  const random = drawRows(sample.y.length, weights, seed);
  const drawn = random === undefined || chosen === undefined ? (random ?? chosen) : random.map((at) => chosen[at]!);
  const kept = random === undefined ? weights : undefined;
  const thresholds = table.categories.map((count, feature) => {
    if (count !== undefined) return Float64Array.from({ length: count }, (_, at) => at);
    return thresholdsOf(columnOf(table, feature, drawn), kept, mostBins, feature);
  });
  const bins = Int32Array.from(thresholds, ({ length }, feature) =>
    table.categories[feature] === undefined ? length + 1 : length,
  );
  return { thresholds, bins, missing: mostBins };
}

function drawRows(rows: number, weights: Float64Array | undefined, seed: number): Int32Array | undefined {
  if (rows <= MOST_ROWS) return undefined;
  const random = new RandomState(seed);
  if (weights === undefined) return random.integers(rows, MOST_ROWS);
  const total = pairwiseSum(weights);
  return random.weighted(
    weights.map((weight) => weight / total),
    MOST_ROWS,
  );
}

function columnOf({ data, rows, width }: BoostedRows, feature: number, drawn: Int32Array | undefined): Float64Array {
  const column = new Float64Array(drawn?.length ?? rows);
  if (drawn === undefined) for (let at = 0; at < rows; at++) column[at] = data[at * width + feature]!;
  else for (let at = 0; at < column.length; at++) column[at] = data[drawn[at]! * width + feature]!;
  return column;
}

/** `_find_binning_thresholds` */
function thresholdsOf(
  column: Float64Array,
  weights: Float64Array | undefined,
  most: number,
  feature: number,
): Float64Array {
  const sorted = sortNumbers(numbersOf(column, weights));
  const distinct = distinctOf(sorted);
  if (distinct.length === 0) {
    const what = weights === undefined ? "no number" : "no number in a row that counts";
    throw featureError([{ feature: `feature${feature + 1}`, detail: `there is ${what} to learn from` }]);
  }
  if (distinct.length === 1) return new Float64Array(0);
  if (distinct.length <= most) return bounded(distinct.subarray(1).map((value, at) => (distinct[at]! + value) / 2));
  const shares = percents(most);
  if (weights === undefined) return bounded(shares.map((share) => invertedPercentile(sorted, share)));
  const weighted = sortWeighted(
    numbersOf(column, weights),
    weights.filter((weight, at) => weight !== 0 && !Number.isNaN(column[at]!)),
  );
  return bounded(shares.map((share) => weightedPercentile(weighted, share, true)));
}

/** The numbers that are there, and count. */
function numbersOf(column: Float64Array, weights: Float64Array | undefined): Float64Array {
  const numbers = new Float64Array(column.length);
  let count = 0;
  for (let at = 0; at < column.length; at++) {
    const value = column[at]!;
    if (!Number.isNaN(value) && (weights === undefined || weights[at] !== 0)) numbers[count++] = value;
  }
  return numbers.subarray(0, count);
}

/** Sorted numbers without repetitions. */
function distinctOf(sorted: Float64Array): Float64Array {
  const out = new Float64Array(sorted.length);
  let count = 0;
  for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) out[count++] = sorted[at]!;
  return out.slice(0, count);
}

/** `numpy.linspace(0, 100, bins + 1)` without its ends. */
function percents(bins: number): Float64Array {
  const step = 100 / bins;
  return Float64Array.from({ length: bins - 1 }, (_, at) => (at + 1) * step);
}

/** In order, without repetitions and infinity. */
function bounded(thresholds: Float64Array): Float64Array {
  return distinctOf(thresholds.sort()).map((value) => Math.min(value, ALMOST_INFINITE));
}

/**
 * The bins of some rows, feature after feature.
 *
 * @param chosen - which rows of the table; all without it
 * @param bins - `[features, rows]`; overwritten
 */
export function mapToBins(table: BoostedRows, mapper: BinMapper, bins: Uint8Array, chosen?: Int32Array): void {
  const { data, width, categories } = table;
  const rows = chosen?.length ?? table.rows;
  const lookups = mapper.thresholds.map((thresholds) => new BinLookup(thresholds));
  // Blocks of rows stay in the cache while their features are read one after the other.
  for (let from = 0; from < rows; from += BLOCK) {
    const end = Math.min(from + BLOCK, rows);
    for (let feature = 0; feature < width; feature++) {
      const lookup = lookups[feature]!;
      const hasCategories = categories[feature] !== undefined;
      for (let at = from, to = feature * rows + from; at < end; at++, to++) {
        const value = data[(chosen === undefined ? at : chosen[at]!) * width + feature]!;
        bins[to] = Number.isNaN(value) || (hasCategories && value < 0) ? mapper.missing : lookup.binOf(value);
      }
    }
  }
}
