/** @module Distances between rows, and what lies far from its center (`sklearn.cluster._k_means_common`). */

/** The squared distance of a row of `a` and a row of `b`, four features at a time. */
export function squaredDistance(a: Float64Array, from: number, b: Float64Array, to: number, width: number): number {
  let sum = 0;
  let k = 0;
  for (; k + 4 <= width; k += 4) {
    const d0 = a[from + k]! - b[to + k]!;
    const d1 = a[from + k + 1]! - b[to + k + 1]!;
    const d2 = a[from + k + 2]! - b[to + k + 2]!;
    const d3 = a[from + k + 3]! - b[to + k + 3]!;
    sum += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
  }
  for (; k < width; k++) {
    const d = a[from + k]! - b[to + k]!;
    sum += d * d;
  }
  return sum;
}

/** Rows, how much they count, and the cluster of each. */
export interface ClusteredRows {
  readonly x: Float64Array;
  readonly weights: Float64Array;
  readonly labels: Int32Array;
  /** Weighted sums of the rows of each cluster, and their weight. */
  readonly sums: Float64Array;
  readonly totals: Float64Array;
}

/** The weighted sum of squared distances of rows to their centers. */
export function inertiaOf({ x, weights, labels }: ClusteredRows, centers: Float64Array, width: number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++)
    sum += squaredDistance(x, row * width, centers, labels[row]! * width, width) * weights[row]!;
  return sum;
}

/** Clusters without rows take the rows that are farthest from their centers, and become clusters of one. */
function relocateEmpty(rows: ClusteredRows, centers: Float64Array, width: number): void {
  const { x, weights, labels, sums, totals } = rows;
  const empty = Array.from(totals.keys()).filter((cluster) => totals[cluster] === 0);
  if (empty.length === 0) return;
  const distances = Float64Array.from(labels, (label, row) =>
    squaredDistance(x, row * width, centers, label * width, width),
  );
  const farthest = Array.from(labels.keys())
    .sort((one, other) => distances[other]! - distances[one]!)
    .slice(0, empty.length);
  if (distances[farthest[0]!] === 0) return;
  empty.forEach((cluster, at) => {
    const row = farthest[at]!;
    const before = labels[row]!;
    const weight = weights[row]!;
    for (let k = 0; k < width; k++) {
      const value = x[row * width + k]! * weight;
      sums[before * width + k]! -= value;
      sums[cluster * width + k] = value;
    }
    totals[cluster] = weight;
    totals[before]! -= weight;
  });
}

/** The means of the rows of each cluster; a cluster that stays empty goes where the heaviest one is. */
export function meansOf(rows: ClusteredRows, centers: Float64Array, width: number): Float64Array {
  relocateEmpty(rows, centers, width);
  const { sums, totals } = rows;
  const out = sums.slice();
  const heaviest = totals.reduce((best, total, at) => (total > totals[best]! ? at : best), 0);
  for (let cluster = 0; cluster < totals.length; cluster++) {
    const share = 1 / totals[cluster]!;
    for (let k = 0; k < width; k++) {
      const at = cluster * width + k;
      // The heaviest one is a mean already where it comes first, as in scikit-learn.
      if (totals[cluster]! > 0) out[at]! *= share;
      else out[at] = out[heaviest * width + k]!;
    }
  }
  return out;
}

/** How far each center moved. */
export function shiftsOf(from: Float64Array, to: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: from.length / width }, (_, center) =>
    Math.sqrt(squaredDistance(to, center * width, from, center * width, width)),
  );
}
