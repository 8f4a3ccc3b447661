/** @module QuadraticDiscriminantAnalysis (`sklearn.discriminant_analysis`): a Gaussian of its own for each class. */

import { NdArray } from "@curtido/arrays";
import { Classifier, logOf } from "../base/classifier.ts";
import { log, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { decisions, logShares, posteriorShares } from "./posterior.ts";

/** One class: where it lies, and what turns a row into its coordinates along the axes, in standard deviations. */
interface Gaussian {
  readonly mean: Float64Array;
  /** `[axes, features]` */
  readonly whitening: Float64Array;
  readonly axes: number;
  readonly logDeterminant: number;
  readonly logPrior: number;
}

/** QuadraticDiscriminantAnalysis, and the QDA of releases before 0.18. */
export class QuadraticDiscriminantAnalysis extends Classifier {
  private readonly gaussians: readonly Gaussian[];

  constructor(state: State) {
    super(state);
    const classes = this.classes_.size;
    const { data, columns } = state.matrix("means_", classes);
    agreeOnFeatures(this, state, columns, "means_");
    const priors = state.floats("priors_", [classes]);
    this.gaussians = Array.from({ length: classes }, (_, k) =>
      readGaussian(state, k, data.slice(k * columns, (k + 1) * columns), log(priors[k]!)),
    );
  }

  /** Log-densities plus log-priors, `[rows, classes]`. */
  private scores(X: NdArray): Float64Array {
    const data = X.toFloat64();
    const [rows, features] = X.shape as readonly [number, number];
    const classes = this.gaussians.length;
    const out = new Float64Array(rows * classes);
    this.gaussians.forEach(({ mean, whitening, axes, logDeterminant, logPrior }, k) => {
      const squares = new Float64Array(axes);
      for (let row = 0; row < rows; row++) {
        for (let axis = 0; axis < axes; axis++) {
          let sum = 0;
          for (let j = 0; j < features; j++)
            sum += (data[row * features + j]! - mean[j]!) * whitening[axis * features + j]!;
          squares[axis] = sum * sum;
        }
        out[row * classes + k] = -0.5 * (sumOf(squares) + logDeterminant) + logPrior;
      }
    });
    return out;
  }

  protected doDecisionFunction(X: NdArray): NdArray {
    const classes = this.classes_.size;
    const rows = X.shape[0]!;
    return NdArray.of(decisions(this.scores(X), rows, classes), classes === 2 ? [rows] : [rows, classes]);
  }

  protected doPredict(X: NdArray): NdArray {
    return this.labelsOf(NdArray.of(this.scores(X), [X.shape[0]!, this.classes_.size]));
  }

  protected override doPredictProba(X: NdArray): NdArray {
    const shape = [X.shape[0]!, this.classes_.size] as const;
    return NdArray.of(posteriorShares(this.scores(X), ...shape, this.version.atLeast(1, 6)), shape);
  }

  protected override doPredictLogProba(X: NdArray): NdArray {
    if (!this.version.atLeast(1, 6)) return logOf(this.doPredictProba(X));
    const shape = [X.shape[0]!, this.classes_.size] as const;
    return NdArray.of(logShares(this.scores(X), ...shape), shape);
  }
}

function readGaussian(state: State, k: number, mean: Float64Array, logPrior: number): Gaussian {
  const features = mean.length;
  const scalings = state.floatsFrom(state.list("scalings_")[k], `scalings_[${k}]`, [undefined]);
  const axes = scalings.length;
  const rotations = state.floatsFrom(state.list("rotations_")[k], `rotations_[${k}]`, [features, axes]);
  const whitening = new Float64Array(axes * features);
  for (let axis = 0; axis < axes; axis++) {
    const factor = 1 / Math.sqrt(scalings[axis]!);
    for (let j = 0; j < features; j++) whitening[axis * features + j] = rotations[j * axes + axis]! * factor;
  }
  return { mean, whitening, axes, logPrior, logDeterminant: sumOf(scalings.map(log)) };
}
