/** @module How many principal components rows have: the most likely number, by Minka's formula (NIPS 2000). */

import { lgamma, log, pairwiseSum } from "@curtido/kernels";

/** Variances below this are none. */
const LEAST = 1e-15;

/** The logarithm of how likely `rank` components are (`_assess_dimension`). */
function likelihood(spectrum: Float64Array, rank: number, rows: number): number {
  const width = spectrum.length;
  if (spectrum[rank - 1]! < LEAST) return Number.NEGATIVE_INFINITY;
  let volume = -rank * log(2);
  for (let i = 1; i <= rank; i++) {
    const half = (width - i + 1) / 2;
    volume += lgamma(half) - log(Math.PI) * half;
  }
  const explained = (-pairwiseSum(spectrum.slice(0, rank).map(log)) * rows) / 2;
  const noise = Math.max(LEAST, pairwiseSum(spectrum.slice(rank)) / (width - rank));
  const rest = (-log(noise) * rows * (width - rank)) / 2;
  const freedom = width * rank - (rank * (rank + 1)) / 2;
  let curvature = 0;
  const logRows = log(rows);
  for (let i = 0; i < rank; i++) {
    for (let j = i + 1; j < width; j++) {
      const other = j < rank ? spectrum[j]! : noise;
      curvature += log((spectrum[i]! - spectrum[j]!) * (1 / other - 1 / spectrum[i]!)) + logRows;
    }
  }
  return volume + explained + rest + (log(2 * Math.PI) * (freedom + rank)) / 2 - curvature / 2 - (rank * logRows) / 2;
}

/**
 * The most likely number of components, from 1 to one below that of the variances.
 *
 * @param spectrum - variances, the greatest first
 */
export function likelyDimension(spectrum: Float64Array, rows: number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let rank = 1; rank < spectrum.length; rank++) {
    const found = likelihood(spectrum, rank, rows);
    // numpy's argmax takes the first NaN for the greatest.
    if (Number.isNaN(found)) return rank;
    if (found > most) [best, most] = [rank, found];
  }
  return best;
}
