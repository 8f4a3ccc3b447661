/** @module Probabilities from log-densities (`DiscriminantAnalysisPredictionMixin`). */

import { exp, log, maxOf, softmaxRows, sumOf } from "../base/math.ts";

/** The logarithms of the shares that the exponentials of each row have, in place; the shift is subtracted first. */
export function logShares(scores: Float64Array, rows: number, classes: number): Float64Array {
  const terms = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    const most = maxOf(scores, from, classes);
    for (let k = 0; k < classes; k++) {
      scores[from + k]! -= most;
      terms[k] = exp(scores[from + k]!);
    }
    const total = log(sumOf(terms, 0, classes));
    for (let k = 0; k < classes; k++) scores[from + k]! -= total;
  }
  return scores;
}

/** The shares themselves, in place: from 1.6 on through their logarithms. */
export function posteriorShares(scores: Float64Array, rows: number, classes: number, late: boolean): Float64Array {
  if (!late) return softmaxRows(scores, rows, classes);
  logShares(scores, rows, classes);
  for (let at = 0; at < scores.length; at++) scores[at] = exp(scores[at]!);
  return scores;
}

/** What `decision_function` gives: the difference for two classes, else all scores. */
export function decisions(scores: Float64Array, rows: number, classes: number): Float64Array {
  if (classes !== 2) return scores;
  return Float64Array.from({ length: rows }, (_, row) => scores[2 * row + 1]! - scores[2 * row]!);
}
