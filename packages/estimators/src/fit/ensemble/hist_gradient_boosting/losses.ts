/**
 * @module Losses: what boosting begins with, gradients and hessians, and how far answers are from targets. The formulas are
 * those of scikit-learn 1.9.1's `_loss/_loss.pyx` and `_loss/loss.py`; gradients are rounded to float32 as there.
 */

import { exp, log, log1p, pairwiseSum } from "@curtido/kernels";
import { median, percentile, sortWeighted, weightedPercentile } from "./percentiles.ts";

/** Targets, and how much each row counts: 1 without weights. */
export interface Sample {
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** A loss; raw answers of several outputs lie one output after the other. */
export interface Loss {
  readonly name: LossName;
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

export type LossName =
  | "HalfSquaredError"
  | "AbsoluteError"
  | "PinballLoss"
  | "HalfPoissonLoss"
  | "HalfGammaLoss"
  | "HalfBinomialLoss"
  | "HalfMultinomialLoss";

/** How far means stay from the ends of what they may be. */
const MARGIN = 10 * Number.EPSILON;
/** Below this, 1 + exp(raw) is 1. */
const LEAST_RAW = -37;

/** `numpy.average` */
export function average(values: Float64Array, weights: Float64Array | undefined): number {
  if (weights === undefined) return pairwiseSum(values) / values.length;
  return pairwiseSum(values.map((value, at) => value * weights[at]!)) / pairwiseSum(weights);
}

/** Writes the gradient and the hessian of a row, before they are weighted. */
type Derivatives = (y: number, raw: number, into: Float64Array) => void;

abstract class SingleLoss implements Loss {
  abstract readonly name: LossName;
  readonly outputs = 1;
  readonly constantHessian: boolean = false;
  readonly leaf: Loss["leaf"] = undefined;
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

class HalfSquaredError extends SingleLoss {
  readonly name = "HalfSquaredError";
  override readonly constantHessian: boolean;
  constructor(weighted: boolean) {
    super();
    this.constantHessian = !weighted;
  }
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(average(y, weights));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    into[0] = raw - y;
    into[1] = 1;
  };
  protected loss(y: number, raw: number): number {
    return 0.5 * (raw - y) * (raw - y);
  }
}

class AbsoluteError extends SingleLoss {
  readonly name = "AbsoluteError";
  override readonly constantHessian: boolean;
  constructor(weighted: boolean) {
    super();
    this.constantHessian = !weighted;
  }
  override readonly leaf = (residuals: Float64Array, weights: Float64Array | undefined) =>
    weights === undefined ? median(residuals) : weightedQuantile(residuals, weights, 50);
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(this.leaf(y, weights));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    into[0] = raw > y ? 1 : -1;
    into[1] = 1;
  };
  protected loss(y: number, raw: number): number {
    return Math.abs(raw - y);
  }
}

class PinballLoss extends SingleLoss {
  readonly name = "PinballLoss";
  override readonly constantHessian: boolean;
  private readonly quantile: number;
  constructor(weighted: boolean, quantile: number) {
    super();
    this.constantHessian = !weighted;
    this.quantile = quantile;
  }
  override readonly leaf = (residuals: Float64Array, weights: Float64Array | undefined) => {
    const percent = 100 * this.quantile;
    return weights === undefined ? percentile(residuals, percent) : weightedQuantile(residuals, weights, percent);
  };
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(this.leaf(y, weights));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    into[0] = y >= raw ? -this.quantile : 1 - this.quantile;
    into[1] = 1;
  };
  protected loss(y: number, raw: number): number {
    return y >= raw ? this.quantile * (y - raw) : (1 - this.quantile) * (raw - y);
  }
}

export function weightedQuantile(values: Float64Array, weights: Float64Array, percent: number): number {
  if (weights.every((weight) => weight === 0)) return Number.NaN;
  return weightedPercentile(sortWeighted(values, weights), percent, false);
}

class HalfPoissonLoss extends SingleLoss {
  readonly name = "HalfPoissonLoss";
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(log(Math.max(average(y, weights), MARGIN)));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    const expected = exp(raw);
    into[0] = expected - y;
    into[1] = expected;
  };
  protected loss(y: number, raw: number): number {
    return exp(raw) - y * raw;
  }
}

class HalfGammaLoss extends SingleLoss {
  readonly name = "HalfGammaLoss";
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(log(Math.max(average(y, weights), MARGIN)));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    const ratio = y * exp(-raw);
    into[0] = 1 - ratio;
    into[1] = ratio;
  };
  protected loss(y: number, raw: number): number {
    return raw + y * exp(-raw);
  }
}

function areAbove(values: Float64Array, least: number): boolean {
  for (let at = 0; at < values.length; at++) if (!(values[at]! > least)) return false;
  return true;
}

class HalfBinomialLoss extends SingleLoss {
  readonly name = "HalfBinomialLoss";
  baseline({ y, weights }: Sample): Float64Array {
    return Float64Array.of(logit(Math.min(Math.max(average(y, weights), MARGIN), 1 - MARGIN)));
  }
  protected readonly derivatives: Derivatives = (y, raw, into) => {
    if (raw > LEAST_RAW) {
      const odds = exp(-raw);
      into[0] = (1 - y - y * odds) / (1 + odds);
      into[1] = odds / ((1 + odds) * (1 + odds));
    } else {
      const share = exp(raw);
      into[0] = share - y;
      into[1] = share;
    }
  };
  /** The same in one loop: this is what most of the time beside the trees goes into. */
  override gradients({ y, weights }: Sample, raw: Float64Array, gradients: Float32Array, hessians: Float32Array): void {
    if (weights !== undefined || !areAbove(raw, LEAST_RAW)) {
      super.gradients({ y, weights }, raw, gradients, hessians);
      return;
    }
    const power = exp;
    for (let row = 0; row < y.length; row++) {
      const label = y[row]!;
      const odds = power(-raw[row]!);
      const sum = 1 + odds;
      gradients[row] = (1 - label - label * odds) / sum;
      hessians[row] = odds / (sum * sum);
    }
  }
  protected loss(y: number, raw: number): number {
    return log1pexp(raw) - y * raw;
  }
}

/** `scipy.special.logit` */
export function logit(share: number): number {
  if (share < 0.3 || share > 0.65) return log(share / (1 - share));
  const apart = 2 * (share - 0.5);
  return log1p(apart) - log1p(-apart);
}

/** log(1 + exp(x)), by the formula that is exact where x is (Mächler 2012). */
export function log1pexp(x: number): number {
  if (x <= LEAST_RAW) return exp(x);
  if (x <= -2) return log1p(exp(x));
  if (x <= 18) return log(1 + exp(x));
  return x <= 33.3 ? x + exp(-x) : x;
}

class HalfMultinomialLoss implements Loss {
  readonly name = "HalfMultinomialLoss";
  readonly outputs: number;
  readonly constantHessian = false;
  readonly leaf = undefined;
  private readonly powers: Float64Array;

  constructor(classes: number) {
    this.outputs = classes;
    this.powers = new Float64Array(classes);
  }

  baseline({ y, weights }: Sample): Float64Array {
    const shares = Float64Array.from({ length: this.outputs }, (_, label) => {
      const share = average(
        y.map((each) => Number(each === label)),
        weights,
      );
      return Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON);
    });
    const middle = exp(average(shares.map(log), undefined));
    return shares.map((share) => log(share / middle));
  }

  /** Fills {@link powers} with exp(raw - greatest); gives the greatest and their sum. */
  private exponents(raw: Float64Array, row: number, rows: number): readonly [most: number, sum: number] {
    const { powers, outputs } = this;
    let most = raw[row]!;
    for (let k = 1; k < outputs; k++) if (most < raw[k * rows + row]!) most = raw[k * rows + row]!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += powers[k] = exp(raw[k * rows + row]! - most);
    return [most, sum];
  }

  gradients({ y, weights }: Sample, raw: Float64Array, gradients: Float32Array, hessians: Float32Array): void {
    const { powers, outputs } = this;
    const rows = y.length;
    for (let row = 0; row < rows; row++) {
      const [, sum] = this.exponents(raw, row, rows);
      const weight = weights === undefined ? 1 : weights[row]!;
      for (let k = 0, at = row; k < outputs; k++, at += rows) {
        const share = powers[k]! / sum;
        gradients[at] = (share - Number(y[row] === k)) * weight;
        hessians[at] = share * (1 - share) * weight;
      }
    }
  }

  mean({ y, weights }: Sample, raw: Float64Array): number {
    const rows = y.length;
    const losses = y.map((label, row) => {
      const [most, sum] = this.exponents(raw, row, rows);
      return log(sum) + most - raw[label * rows + row]!;
    });
    return average(losses, weights);
  }
}

/** What a loss depends on, beside its name. */
export interface LossOptions {
  /** Whether rows have weights. */
  readonly weighted: boolean;
  readonly quantile?: number;
  /** Labels, for those of classifiers. */
  readonly classes?: number;
}

/** The loss that a parameter names. */
export function lossOf(name: string, { weighted, quantile = 0.5, classes = 2 }: LossOptions): Loss {
  switch (name) {
    case "absolute_error":
      return new AbsoluteError(weighted);
    case "quantile":
      return new PinballLoss(weighted, quantile);
    case "poisson":
      return new HalfPoissonLoss();
    case "gamma":
      return new HalfGammaLoss();
    case "log_loss":
      return classes <= 2 ? new HalfBinomialLoss() : new HalfMultinomialLoss(classes);
    default:
      return new HalfSquaredError(weighted);
  }
}
