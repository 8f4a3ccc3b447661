/** @module What a loss of boosting is: what it begins with, gradients and hessians, and how far answers are from targets. */

import { pairwiseSum } from "@curtido/kernels";

/** Targets, and how much each row counts: 1 without weights. */
export interface Sample {
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** A loss; raw answers of several outputs lie one output after the other. */
export interface HistLoss {
  readonly name: HistLossName;
  readonly outputs: number;
  /** Whether all hessians are 1. */
  readonly constantHessian: boolean;
  /** The best raw answers that are the same for all rows. */
  baseline(sample: Sample): Float64Array;
  gradients(sample: Sample, raw: Float64Array, gradients: Float32Array, hessians: Float32Array): void;
  /** The mean loss. */
  mean(sample: Sample, raw: Float64Array): number;
  /** What a leaf with these residuals answers, where that is not gradients by hessians. */
  readonly leaf: ((residuals: Float64Array, weights: Float64Array | undefined) => number) | undefined;
}

export type HistLossName =
  | "HalfSquaredError"
  | "AbsoluteError"
  | "PinballLoss"
  | "HalfPoissonLoss"
  | "HalfGammaLoss"
  | "HalfBinomialLoss"
  | "HalfMultinomialLoss";

/** How far means stay from the ends of what they may be. */
export const MARGIN = 10 * Number.EPSILON;

/** `numpy.average` */
export function average(values: Float64Array, weights: Float64Array | undefined): number {
  if (weights === undefined) return pairwiseSum(values) / values.length;
  return pairwiseSum(values.map((value, at) => value * weights[at]!)) / pairwiseSum(weights);
}

/** Writes the gradient and the hessian of a row, before they are weighted. */
export type Derivatives = (y: number, raw: number, into: Float64Array) => void;

/** A loss of one raw answer for each row. */
export abstract class SingleLoss implements HistLoss {
  abstract readonly name: HistLossName;
  readonly outputs = 1;
  readonly constantHessian: boolean = false;
  readonly leaf: HistLoss["leaf"] = undefined;
  protected abstract readonly derivatives: Derivatives;

  abstract baseline(sample: Sample): Float64Array;
  protected abstract loss(y: number, raw: number): number;

  gradients({ y, weights }: Sample, raw: Float64Array, gradients: Float32Array, hessians: Float32Array): void {
    const both = new Float64Array(2);
    const { derivatives, constantHessian } = this;
    for (let row = 0; row < y.length; row++) {
      derivatives(y[row]!, raw[row]!, both);
      const weight = weights === undefined ? 1 : weights[row]!;
      gradients[row] = weight * both[0]!;
      if (!constantHessian) hessians[row] = weight * both[1]!;
    }
  }

  mean({ y, weights }: Sample, raw: Float64Array): number {
    return average(
      y.map((target, row) => this.loss(target, raw[row]!)),
      weights,
    );
  }
}
