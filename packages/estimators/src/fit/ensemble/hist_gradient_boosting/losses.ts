/**
 * @module Losses of numbers, and all of them by name. The formulas are those of scikit-learn 1.9.1's `_loss/_loss.pyx` and `_loss/loss.py`; gradients are rounded to float32 as there.
 */

import { exp, log } from "@curtido/kernels";
import { HalfBinomialLoss, HalfMultinomialLoss } from "./label_losses.ts";
import { average, type Derivatives, type HistLoss, MARGIN, type Sample, SingleLoss } from "./loss.ts";
import { median, percentile, sortWeighted, weightedPercentile } from "./percentiles.ts";

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

/** What a loss depends on, beside its name. */
export interface LossOptions {
  /** Whether rows have weights. */
  readonly weighted: boolean;
  readonly quantile?: number;
  /** Labels, for those of classifiers. */
  readonly classes?: number;
}

/** The loss that a parameter names. */
export function histLoss(name: string, { weighted, quantile = 0.5, classes = 2 }: LossOptions): HistLoss {
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
