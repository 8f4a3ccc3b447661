/** @module Percentiles as numpy and scikit-learn 1.9.1 compute them (`numpy.percentile`, `sklearn.utils.stats`). */

/** The middle number, or the mean of the two (`numpy.median`). */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function between(low: number, high: number, share: number): number {
  const apart = high - low;
  return share >= 0.5 ? high - apart * (1 - share) : low + apart * share;
}

/** The two neighbours of a place among `count` numbers; outside of them, the first or the last one twice. */
function neighbours(place: number, count: number): readonly [before: number, after: number] {
  if (place >= count - 1) return [count - 1, count - 1];
  if (place < 0) return [0, 0];
  const before = Math.floor(place);
  return [before, before + 1];
}

/** numpy's percentile by linear interpolation. */
export function percentile(values: Float64Array, percent: number): number {
  const sorted = values.slice().sort();
  const place = (sorted.length - 1) * (percent / 100);
  const [before, after] = neighbours(place, sorted.length);
  return between(sorted[before]!, sorted[after]!, place - before);
}

/** numpy's percentile of sorted numbers with `method="averaged_inverted_cdf"`. */
export function invertedPercentile(sorted: Float64Array, percent: number): number {
  const place = sorted.length * (percent / 100) - 1;
  const [before, after] = neighbours(place, sorted.length);
  const share = place - Math.floor(place) === 0 ? 0.5 : 1;
  return between(sorted[before]!, sorted[after]!, share);
}

/** Where `value` would be inserted into sorted numbers, before equal ones. */
function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers in order, and the sums of the weights up to each. */
export interface WeightedNumbers {
  readonly sorted: Float64Array;
  readonly sums: Float64Array;
}

/** Sorts numbers along with their weights. */
export function sortWeighted(values: Float64Array, weights: Float64Array): WeightedNumbers {
  const order = Uint32Array.from(values, (_, at) => at).sort((one, other) => values[one]! - values[other]!);
  let sum = 0;
  const sums = Float64Array.from(order, (at) => (sum += weights[at]!));
  return { sorted: Float64Array.from(order, (at) => values[at]!), sums };
}

/**
 * `_weighted_percentile` of numbers whose weights are not all 0.
 *
 * @param average - whether a percentile that lies exactly between two numbers is their mean
 */
export function weightedPercentile({ sorted, sums }: WeightedNumbers, percent: number, average: boolean): number {
  const last = sorted.length - 1;
  const rank = (percent / 100) * sums[last]!;
  const at = Math.min(firstNotBelow(sums, rank === 0 ? Number.MIN_VALUE : rank), last);
  if (!average || sums[at]! - rank > Number.EPSILON) return sorted[at]!;
  let next = Math.min(at + 1, last);
  while (next < last && sums[next] === sums[at]) next++;
  return sums[next] === sums[at] ? sorted[at]! : (sorted[at]! + sorted[next]!) / 2;
}
