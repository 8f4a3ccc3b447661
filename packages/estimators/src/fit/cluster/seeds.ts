/** @module Where clusters begin: rows that are drawn (`sklearn.cluster._kmeans`). */

import { affine, pairwiseSum, type RandomState } from "@curtido/kernels";
import { featureError } from "../../base/errors.ts";

/** Rows to cluster. */
export interface WeightedRows {
  readonly x: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
  readonly width: number;
}

/** Some rows of a matrix. */
function rowsAt({ x, width }: WeightedRows, chosen: ArrayLike<number>): Float64Array {
  const out = new Float64Array(chosen.length * width);
  for (let at = 0; at < chosen.length; at++)
    out.set(x.subarray(chosen[at]! * width, (chosen[at]! + 1) * width), at * width);
  return out;
}

function probabilities(weights: Float64Array): Float64Array {
  const total = pairwiseSum(weights);
  return weights.map((weight) => weight / total);
}

/** Different rows, each as often as its weight says (`choice(rows, clusters, replace=False, p=weights)`). */
export function randomSeeds(rows: WeightedRows, clusters: number, random: RandomState): Float64Array {
  const p = probabilities(rows.weights);
  if (p.reduce((count, each) => count + Number(each > 0), 0) < clusters)
    throw featureError([{ detail: `fewer than ${clusters} rows have a weight` }]);
  const found: number[] = [];
  while (found.length < clusters) {
    const draws = Float64Array.from({ length: clusters - found.length }, () => random.random());
    for (const row of found) p[row] = 0;
    const sums = cumulated(p);
    const total = sums.at(-1)!;
    const bounds = sums.map((sum) => sum / total);
    const places = Array.from(draws, (draw) => firstAbove(bounds, draw));
    for (const place of new Set(places)) found.push(place);
  }
  return rowsAt(rows, found);
}

function cumulated(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** `searchsorted(bounds, value, side="right")` */
function firstAbove(bounds: Float64Array, value: number): number {
  return search(bounds, (bound) => bound <= value);
}

function search(sorted: Float64Array, isBefore: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Rows that lie far from each other: each is the best of a few, drawn by their squared distance to those before (Arthur and
 * Vassilvitskii 2007).
 */
export function distantSeeds(table: WeightedRows, clusters: number, random: RandomState): Float64Array {
  const { x, weights, rows, width } = table;
  const trials = 2 + Math.floor(Math.log(clusters));
  const norms = Float64Array.from({ length: rows }, (_, row) => product(x, row * width, row * width, width));
  const [first] = random.weighted(probabilities(weights), 1);
  const chosen = [first!];
  let closest = distancesTo(table, norms, first!, undefined);
  let potential = weighted(closest, weights);
  while (chosen.length < clusters) {
    const draws = Array.from({ length: trials }, () => random.random() * potential);
    const sums = cumulated(closest.map((distance, row) => weights[row]! * distance));
    const candidates = draws.map((draw) =>
      Math.min(
        search(sums, (sum) => sum < draw),
        rows - 1,
      ),
    );
    const found = candidates.map((candidate) => distancesTo(table, norms, candidate, closest));
    const potentials = found.map((distances) => weighted(distances, weights));
    const best = potentials.reduce((least, value, at) => (value < potentials[least]! ? at : least), 0);
    closest = found[best]!;
    potential = potentials[best]!;
    chosen.push(candidates[best]!);
  }
  return rowsAt(table, chosen);
}

function product(x: Float64Array, one: number, other: number, width: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += x[one + k]! * x[other + k]!;
  return sum;
}

function weighted(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row]! * weights[row]!;
  return sum;
}

/** Squared distances of all rows to one of them, or those of before where they are less. */
function distancesTo(
  { x, rows, width }: WeightedRows,
  norms: Float64Array,
  to: number,
  before: Float64Array | undefined,
): Float64Array {
  const out = new Float64Array(rows);
  const products = new Float64Array(rows);
  affine(x, rows, width, x.subarray(to * width, (to + 1) * width), undefined, 1, products);
  for (let row = 0; row < rows; row++) {
    const distance = -2 * products[row]! + norms[to]! + norms[row]!;
    const there = distance > 0 ? distance : 0;
    out[row] = before === undefined || there < before[row]! ? there : before[row]!;
  }
  return out;
}
