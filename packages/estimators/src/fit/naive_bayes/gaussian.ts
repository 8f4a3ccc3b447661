/** @module GaussianNB. */

import { NdArray } from "@curtido/arrays";
import { float } from "@curtido/pickle";
import { type Rows, shapeOf } from "../../base/index.ts";
import { labelsOf, numbersOf, readTable, type Target } from "../data.ts";
import { none, numberOf, parameter, real } from "../parameters.ts";
import { type ColumnSums, sumsOf } from "../sums.ts";
import { type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";

const GAUSSIAN: ClassSpec = {
  module: "sklearn.naive_bayes",
  name: "GaussianNB",
  parameters: { priors: parameter(null, none), varSmoothing: parameter(float(1e-9), real(0)) },
};

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

  /** Learns means and variances for each label. */
  fit(X: Rows, y?: Target): Fitted {
    const table = readTable(X);
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table);
    const { classes, encoded } = labelsOf(y, rows, "GaussianNB");
    const sums = sumsOf(table);
    const epsilon = numberOf(this.parameters, "varSmoothing") * Math.max(...moments(data, rows, width, sums).variance);
    const theta = new Float64Array(classes.size * width);
    const variance = new Float64Array(classes.size * width);
    const counts = new Float64Array(classes.size);
    for (let label = 0; label < classes.size; label++) {
      const own = data.filter((_, at) => encoded[Math.floor(at / width)] === label);
      counts[label] = own.length / width;
      const found = moments(own, counts[label]!, width, sums);
      theta.set(found.mean, label * width);
      variance.set(
        found.variance.map((value) => value + epsilon),
        label * width,
      );
    }
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
      ["class_prior_", NdArray.of(counts.map((count) => count / rows))],
    ]);
  }
}

/** Means and variances of columns, as `numpy.mean` and `numpy.var` of axis 0. */
function moments(data: Float64Array, rows: number, width: number, sums: ColumnSums) {
  const mean = sums(data, rows, width).map((sum) => sum / rows);
  const squares = data.map((value, at) => (value - mean[at % width]!) ** 2);
  return { mean, variance: sums(squares, rows, width).map((sum) => sum / rows) };
}
