/** @module GaussianNB. */

import { NdArray } from "@curtido/arrays";
import { pairwiseSum, sumColumns } from "@curtido/kernels";
import { type Float, float } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { labelsOf, numbersOf, type Target, tableOfRows } from "../base/data.ts";
import { none, parameter, real, reals, settledNumber } from "../base/parameters.ts";
import { type ColumnSums, sumsOf } from "../base/sums.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";

/** GaussianNB. */
export const GAUSSIAN: TrainerSpec = {
  module: "sklearn.naive_bayes",
  name: "GaussianNB",
  task: "classification",
  parameters: { priors: parameter(null, none, reals(0)), varSmoothing: parameter(float(1e-9), real(0)) },
};

/** What rounding may add to a sum of shares, and the sum of weights that is none (`numpy.isclose`). */
const SUM_TOLERANCE = 1e-5 + 1e-8;
const NO_WEIGHT = 1e-8;

/**
 * Naive Bayes with a normal distribution for each class and feature.
 *
 * @example
 * new GaussianNB().fit([[1], [2], [8], [9]], [0, 0, 1, 1]).predict([[3]]).tolist(); // [0]
 */
export class GaussianNB extends Trainer {
  constructor(given: Given = {}) {
    super(GAUSSIAN, given);
  }

  /**
   * Learns means and variances for each label.
   *
   * @param y - labels
   * @throws CurtidoError E_FEATURES when rows and labels are not what can be learned from, E_UNSUPPORTED for `priors` that are
   * no shares of these labels
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table);
    const { classes, encoded } = labelsOf(y, rows, "GaussianNB");
    const weights = sampleWeights(options, rows);
    const priors = this.priors(classes.size);
    const spread = moments({ data, rows }, width, sumsOf(table)).variance;
    const epsilon =
      settledNumber(this.parameters, "varSmoothing") * spread.reduce((most, value) => Math.max(most, value), 0);
    const theta = new Float64Array(classes.size * width);
    const variance = new Float64Array(classes.size * width).fill(epsilon);
    const counts = new Float64Array(classes.size);
    rowsOfLabels(data, width, encoded, weights, classes.size).forEach((own, label) => {
      counts[label] = own.weights === undefined ? own.rows : pairwiseSum(own.weights);
      if (counts[label]! <= NO_WEIGHT) return;
      const found = moments(own, width, byRows);
      theta.set(found.mean, label * width);
      variance.set(
        found.variance.map((value) => value + epsilon),
        label * width,
      );
    });
    const total = pairwiseSum(counts);
    const shape = [classes.size, width];
    return this.finish([
      ["classes_", classes],
      ...this.features(table),
      ["epsilon_", NdArray.of(Float64Array.of(epsilon), []).asScalar()],
      ["theta_", NdArray.of(theta, shape)],
      ["var_", NdArray.of(variance, shape)],
      // The name of the variances up to 0.24.
      ["sigma_", NdArray.of(variance, shape)],
      ["class_count_", NdArray.of(counts)],
      ["class_prior_", NdArray.of(priors ?? counts.map((count) => count / total))],
    ]);
  }

  /** The shares of the labels that were given. */
  private priors(labels: number): Float64Array | undefined {
    const given = this.parameters.get("priors") as readonly Float[] | null;
    if (given === null) return undefined;
    const priors = Float64Array.from(given, ({ value }) => value);
    const refuse = (detail: string) =>
      estimatorError("E_UNSUPPORTED", `GaussianNB: 'priors' are ${detail}`, { path: "priors" });
    if (priors.length !== labels) throw refuse(`${priors.length} numbers, and there are ${labels} labels`);
    const sum = pairwiseSum(priors);
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw refuse(`shares whose sum is 1, not ${sum}`);
    return priors;
  }
}

/** Rows that were picked out lie one after another in numpy, however the table lay. */
const byRows: ColumnSums = (data, rows, width) => {
  const out = new Float64Array(width);
  sumColumns(data, rows, width, out);
  return out;
};

/** Some rows, and how much they count. */
interface WeightedRows {
  readonly data: Float64Array;
  readonly rows: number;
  readonly weights?: Float64Array | undefined;
}

/** The rows of each label, in their order. */
function rowsOfLabels(
  data: Float64Array,
  width: number,
  encoded: Int32Array,
  weights: Float64Array | undefined,
  labels: number,
): WeightedRows[] {
  const counts = new Int32Array(labels);
  for (const label of encoded) counts[label]!++;
  const found = Array.from(counts, (rows) => ({
    data: new Float64Array(rows * width),
    rows,
    weights: weights === undefined ? undefined : new Float64Array(rows),
  }));
  const ends = new Int32Array(labels);
  for (let row = 0; row < encoded.length; row++) {
    const label = encoded[row]!;
    const own = found[label]!;
    const at = ends[label]!++;
    for (let k = 0; k < width; k++) own.data[at * width + k] = data[row * width + k]!;
    if (own.weights !== undefined) own.weights[at] = weights![row]!;
  }
  return found;
}

/** Means and variances of columns, as `numpy.mean` and `numpy.var` of axis 0, or `numpy.average` where there are weights. */
function moments({ data, rows, weights }: WeightedRows, width: number, sums: ColumnSums) {
  const total = weights === undefined ? rows : pairwiseSum(weights);
  const share = (value: number, at: number) =>
    weights === undefined ? value : value * weights[Math.floor(at / width)]!;
  const average = (values: Float64Array) =>
    sums(weights === undefined ? values : values.map(share), rows, width).map((sum) => sum / total);
  const mean = average(data);
  const variance = average(data.map((value, at) => (value - mean[at % width]!) ** 2));
  return { mean, variance };
}
