/** @module How good predictions are: scikit-learn's metrics, by its names. */

import { log, pairwiseSum } from "@curtido/kernels";
import { estimatorError } from "../../base/errors.ts";
import { labelsOf, lengthOf, numericTarget, type Target, targetValues } from "../base/data.ts";

function pair(truth: Target, predicted: Target, name: string): readonly [Float64Array, Float64Array] {
  const count = countOf(truth);
  return [numericTarget(truth, count, name), numericTarget(predicted, count, name)];
}

function countOf(values: Target): number {
  const count = lengthOf(values);
  if (count === 0) throw estimatorError("E_FEATURES", "there are no targets to compare");
  return count;
}

const mean = (values: Float64Array) => pairwiseSum(values) / values.length;

/** The share of the variance that is explained; 1 is perfect. */
export function r2Score(truth: Target, predicted: Target): number {
  const [y, p] = pair(truth, predicted, "r2Score");
  const middle = mean(y);
  const residual = pairwiseSum(y.map((value, at) => (value - p[at]!) ** 2));
  const total = pairwiseSum(y.map((value) => (value - middle) ** 2));
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

/** The mean distance between targets and predictions. */
export function meanAbsoluteError(truth: Target, predicted: Target): number {
  const [y, p] = pair(truth, predicted, "meanAbsoluteError");
  return mean(y.map((value, at) => Math.abs(p[at]! - value)));
}

/** The mean squared distance. */
export function meanSquaredError(truth: Target, predicted: Target): number {
  const [y, p] = pair(truth, predicted, "meanSquaredError");
  return mean(y.map((value, at) => (value - p[at]!) ** 2));
}

/** The square root of {@link meanSquaredError}, in units of the target. */
export function rootMeanSquaredError(truth: Target, predicted: Target): number {
  return Math.sqrt(meanSquaredError(truth, predicted));
}

/** The share of labels that are right. */
export function accuracyScore(truth: Target, predicted: Target): number {
  const matrix = confusionMatrix(truth, predicted);
  const right = matrix.reduce((sum, row, at) => sum + row[at]!, 0);
  return right / countOf(truth);
}

/** How often each label (row) was predicted as each label (column); labels in order, those of both lists. */
export function confusionMatrix(truth: Target, predicted: Target): number[][] {
  const count = countOf(truth);
  const both = [...targetValues(truth, count, "truth"), ...targetValues(predicted, count, "predicted")];
  const { encoded, classes } = labelsOf(both, 2 * count, "confusionMatrix");
  const matrix = Array.from({ length: classes.size }, () => Array.from({ length: classes.size }, () => 0));
  for (let row = 0; row < count; row++) matrix[encoded[row]!]![encoded[count + row]!]!++;
  return matrix;
}

/** How F1 of several labels become one number. */
export type Average = "binary" | "macro" | "micro" | "weighted";

/**
 * The harmonic mean of precision and recall.
 *
 * @param average - `"binary"` (the default) is F1 of the greater of two labels
 * @throws CurtidoError E_UNSUPPORTED for `"binary"` with more than two labels
 */
export function f1Score(truth: Target, predicted: Target, average: Average = "binary"): number {
  const matrix = confusionMatrix(truth, predicted);
  const f1 = matrix.map((row, at) => {
    const actual = row.reduce((sum, count) => sum + count, 0);
    const called = matrix.reduce((sum, each) => sum + each[at]!, 0);
    return actual + called === 0 ? 0 : (2 * row[at]!) / (actual + called);
  });
  if (average === "binary") {
    if (f1.length > 2)
      throw estimatorError("E_UNSUPPORTED", `there are ${f1.length} labels: say 'macro', 'micro' or 'weighted'`, {
        path: "average",
      });
    return f1.at(-1)!;
  }
  if (average === "micro") return accuracyScore(truth, predicted);
  if (average === "macro") return f1.reduce((sum, value) => sum + value, 0) / f1.length;
  const support = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  return f1.reduce((sum, value, at) => sum + value * support[at]!, 0) / countOf(truth);
}

/**
 * The area under the curve of true against false positives: how often a row of the greater label has the greater score.
 *
 * @param scores - one for each row, greater for the greater of two labels
 */
export function rocAucScore(truth: Target, scores: Target): number {
  const count = countOf(truth);
  const { encoded, classes } = labelsOf(truth, count, "rocAucScore");
  if (classes.size !== 2)
    throw estimatorError("E_UNSUPPORTED", `the curve is one of two labels, not of ${classes.size}`, { path: "truth" });
  const values = numericTarget(scores, count, "rocAucScore");
  const order = Array.from({ length: count }, (_, at) => at).sort((one, other) => values[one]! - values[other]!);
  let area = 0;
  let below = 0;
  let positives = 0;
  for (let from = 0; from < count; ) {
    let to = from;
    let tied = 0;
    for (; to < count && values[order[to]!] === values[order[from]!]; to++) tied += encoded[order[to]!]!;
    const negatives = to - from - tied;
    area += tied * (below + negatives / 2);
    below += negatives;
    positives += tied;
    from = to;
  }
  return area / (below * positives);
}

/**
 * The mean of the negative logarithms of the probabilities that the right labels were given.
 *
 * @param probabilities - a row for each target, a column for each label in order
 */
export function logLoss(truth: Target, probabilities: readonly (readonly number[])[]): number {
  const count = countOf(truth);
  const { encoded, classes } = labelsOf(truth, count, "logLoss");
  if (probabilities.length !== count || probabilities.some((row) => row.length !== classes.size))
    throw estimatorError("E_FEATURES", `there must be ${count} rows of ${classes.size} probabilities`);
  const losses = Float64Array.from(encoded, (label, row) => {
    const share = probabilities[row]![label]!;
    return -log(Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON));
  });
  return mean(losses);
}
