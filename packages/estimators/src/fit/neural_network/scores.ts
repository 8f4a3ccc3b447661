/** @module How good a network is on rows that are kept aside (`sklearn.metrics.accuracy_score`, `r2_score`). */

/** The weighted share of rows whose label was found. */
export function accuracy(
  y: Float64Array,
  said: Float64Array,
  outputs: number,
  weights: Float64Array | undefined,
): number {
  let right = 0;
  let total = 0;
  for (let from = 0, row = 0; from < y.length; from += outputs, row++) {
    const weight = weights?.[row] ?? 1;
    const found =
      outputs === 1
        ? (said[from]! > 0.5 ? 1 : 0) === y[from]
        : largest(said, from, outputs) === largest(y, from, outputs);
    if (found) right += weight;
    total += weight;
  }
  return right / total;
}

/** The first of the largest elements. */
function largest(data: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (data[from + k]! > data[from + best]!) best = k;
  return best;
}

/** The coefficient of determination, the mean over outputs; NaN when something said is not finite. */
export function determination(
  y: Float64Array,
  said: Float64Array,
  outputs: number,
  weights: Float64Array | undefined,
): number {
  if (!said.every(Number.isFinite)) return Number.NaN;
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += determinationOf(y, said, outputs, k, weights);
  return sum / outputs;
}

function determinationOf(
  y: Float64Array,
  said: Float64Array,
  outputs: number,
  k: number,
  weights: Float64Array | undefined,
): number {
  const rows = y.length / outputs;
  let [mean, total, rest, spread] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const weight = weights?.[row] ?? 1;
    mean += y[row * outputs + k]! * weight;
    total += weight;
  }
  mean /= total;
  for (let row = 0; row < rows; row++) {
    const weight = weights?.[row] ?? 1;
    const value = y[row * outputs + k]!;
    rest += weight * (value - said[row * outputs + k]!) ** 2;
    spread += weight * (value - mean) ** 2;
  }
  if (spread === 0) return rest === 0 ? 1 : 0;
  return 1 - rest / spread;
}
