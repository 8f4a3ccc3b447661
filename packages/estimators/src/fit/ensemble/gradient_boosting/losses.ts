/**
 * @module The losses of gradient boosting: gradients, how far answers are from targets, and what a leaf answers. The formulas
 * are those of scikit-learn 1.9.1's `_loss/_loss.pyx`, `_loss/loss.py` and `ensemble/_gb.py`.
 */

import { exp, log, pairwiseSum } from "@curtido/kernels";
import { log1pexp } from "../hist_gradient_boosting/label_losses.ts";
import { average } from "../hist_gradient_boosting/loss.ts";
import { weightedQuantile } from "../hist_gradient_boosting/losses.ts";

/** Rows of one leaf. */
export interface Leaf {
  readonly y: Float64Array;
  /** Targets less raw answers. */
  readonly residuals: Float64Array;
  /** What the tree was grown for: how the raw answers should change. */
  readonly descent: Float64Array;
  readonly weights: Float64Array;
}

/** A loss; raw answers lie row after row, `outputs` for each. */
export interface BoostingLoss {
  /** The class in `sklearn._loss.loss`. */
  readonly name: string;
  /** Trees of a stage. */
  readonly outputs: number;
  /** What the mean loss is multiplied by in scores. */
  readonly factor: number;
  /** Looks at the raw answers before a stage. */
  prepare(y: Float64Array, raw: Float64Array, weights: Float64Array): void;
  /** How the raw answers of all rows should change: `[rows, outputs]`. */
  descent(y: Float64Array, raw: Float64Array): Float64Array;
  /** The losses of rows. */
  losses(y: Float64Array, raw: Float64Array): Float64Array;
  /** What a leaf answers; `undefined` where that is what the tree says already. */
  readonly leaf: ((leaf: Leaf) => number) | undefined;
}

/** Denominators below this divide into 0. */
const TINY = 1e-150;
/** Below this, 1 + exp(raw) is 1. */
const LEAST_RAW = -37;

function quotient(numerator: number, denominator: number): number {
  return Math.abs(denominator) < TINY ? 0 : numerator / denominator;
}

/** The mean of the losses of rows, times the factor. */
export function score(loss: BoostingLoss, y: Float64Array, raw: Float64Array, weights: Float64Array): number {
  return loss.factor * average(loss.losses(y, raw), weights);
}

type Formula = (y: number, raw: number) => number;

/** A loss of one output. */
abstract class SingleLoss implements BoostingLoss {
  abstract readonly name: string;
  readonly outputs = 1;
  readonly factor: number = 1;
  readonly leaf: BoostingLoss["leaf"] = undefined;
  protected abstract readonly gradient: Formula;
  protected abstract readonly loss: Formula;

  prepare(_y: Float64Array, _raw: Float64Array, _weights: Float64Array): void {}
  descent(y: Float64Array, raw: Float64Array): Float64Array {
    return y.map((target, row) => -this.gradient(target, raw[row]!));
  }
  losses(y: Float64Array, raw: Float64Array): Float64Array {
    return y.map((target, row) => this.loss(target, raw[row]!));
  }
}

class HalfSquaredError extends SingleLoss {
  readonly name = "HalfSquaredError";
  override readonly factor = 2;
  protected readonly gradient: Formula = (y, raw) => raw - y;
  protected readonly loss: Formula = (y, raw) => 0.5 * (raw - y) * (raw - y);
}

class AbsoluteError extends SingleLoss {
  readonly name = "AbsoluteError";
  override readonly leaf = ({ residuals, weights }: Leaf) => weightedQuantile(residuals, weights, 50);
  protected readonly gradient: Formula = (y, raw) => (raw > y ? 1 : -1);
  protected readonly loss: Formula = (y, raw) => Math.abs(raw - y);
}

class PinballLoss extends SingleLoss {
  readonly name = "PinballLoss";
  private readonly quantile: number;
  constructor(quantile: number) {
    super();
    this.quantile = quantile;
  }
  override readonly leaf = ({ residuals, weights }: Leaf) => weightedQuantile(residuals, weights, 100 * this.quantile);
  protected readonly gradient: Formula = (y, raw) => (y >= raw ? -this.quantile : 1 - this.quantile);
  protected readonly loss: Formula = (y, raw) =>
    y >= raw ? this.quantile * (y - raw) : (1 - this.quantile) * (raw - y);
}

/** Squared up to a distance, absolute beyond it (Friedman 2001). */
export class HuberLoss extends SingleLoss {
  readonly name = "HuberLoss";
  /** The distance: a quantile of all distances before the stage. */
  delta = 0.5;
  private readonly quantile: number;
  constructor(quantile: number) {
    super();
    this.quantile = quantile;
  }
  override prepare(y: Float64Array, raw: Float64Array, weights: Float64Array): void {
    const distances = y.map((target, row) => Math.abs(target - raw[row]!));
    this.delta = weightedQuantile(distances, weights, 100 * this.quantile);
  }
  override readonly leaf = ({ residuals, weights }: Leaf) => {
    const median = weightedQuantile(residuals, weights, 50);
    const terms = residuals.map((residual) => {
      const apart = residual - median;
      return Math.sign(apart) * Math.min(this.delta, Math.abs(apart));
    });
    return median + average(terms, weights);
  };
  protected readonly gradient: Formula = (y, raw) => {
    const apart = raw - y;
    if (Math.abs(apart) <= this.delta) return apart;
    return apart >= 0 ? this.delta : -this.delta;
  };
  protected readonly loss: Formula = (y, raw) => {
    const apart = Math.abs(y - raw);
    return apart <= this.delta ? 0.5 * (apart * apart) : this.delta * (apart - 0.5 * this.delta);
  };
}

class HalfBinomialLoss extends SingleLoss {
  readonly name = "HalfBinomialLoss";
  override readonly factor = 2;
  override readonly leaf = (leaf: Leaf) => newtonStep(leaf, 1);
  protected readonly gradient: Formula = (y, raw) => {
    if (raw <= LEAST_RAW) return exp(raw) - y;
    const odds = exp(-raw);
    return (1 - y - y * odds) / (1 + odds);
  };
  protected readonly loss: Formula = (y, raw) => log1pexp(raw) - y * raw;
}

/** Friedman's step: the gradient by the variance of the class. */
function newtonStep({ y, descent, weights }: Leaf, share: number): number {
  const total = pairwiseSum(weights);
  const numerator = weightedSum(descent, weights) / total;
  const spread = y.map((target, at) => {
    const probability = target - descent[at]!;
    return probability * (1 - probability);
  });
  return quotient(share === 1 ? numerator : numerator * share, weightedSum(spread, weights) / total);
}

function weightedSum(values: Float64Array, weights: Float64Array): number {
  return pairwiseSum(values.map((value, at) => value * weights[at]!));
}

class ExponentialLoss extends SingleLoss {
  readonly name = "ExponentialLoss";
  override readonly leaf = ({ y, descent, weights }: Leaf) => {
    const hessian = descent.map((value, at) => (y[at] === 0 ? -value : value));
    return quotient(average(descent, weights), average(hessian, weights));
  };
  protected readonly gradient: Formula = (y, raw) => {
    const power = exp(raw);
    return -y / power + (1 - y) * power;
  };
  protected readonly loss: Formula = (y, raw) => {
    const power = exp(raw);
    return y / power + (1 - y) * power;
  };
}

class HalfMultinomialLoss implements BoostingLoss {
  readonly name = "HalfMultinomialLoss";
  readonly outputs: number;
  readonly factor = 1;
  private readonly powers: Float64Array;

  constructor(classes: number) {
    this.outputs = classes;
    this.powers = new Float64Array(classes);
  }

  prepare(): void {}

  readonly leaf = (leaf: Leaf) => newtonStep(leaf, (this.outputs - 1) / this.outputs);

  /** Fills {@link powers} with exp(raw - greatest); gives the greatest and their sum. */
  private exponents(raw: Float64Array, from: number): readonly [most: number, sum: number] {
    const { powers, outputs } = this;
    let most = raw[from]!;
    for (let k = 1; k < outputs; k++) if (most < raw[from + k]!) most = raw[from + k]!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += powers[k] = exp(raw[from + k]! - most);
    return [most, sum];
  }

  descent(y: Float64Array, raw: Float64Array): Float64Array {
    const { powers, outputs } = this;
    const out = new Float64Array(raw.length);
    for (let row = 0, from = 0; row < y.length; row++, from += outputs) {
      const [, sum] = this.exponents(raw, from);
      for (let k = 0; k < outputs; k++) out[from + k] = -(powers[k]! / sum - Number(y[row] === k));
    }
    return out;
  }

  losses(y: Float64Array, raw: Float64Array): Float64Array {
    return y.map((label, row) => {
      const from = row * this.outputs;
      const [most, sum] = this.exponents(raw, from);
      return log(sum) + most - raw[from + label]!;
    });
  }
}

/** The loss that a parameter names; `alpha` is its quantile, if it has one. */
export function boostingLoss(name: string, alpha: number, classes: number): BoostingLoss {
  switch (name) {
    case "absolute_error":
      return new AbsoluteError();
    case "quantile":
      return new PinballLoss(alpha);
    case "huber":
      return new HuberLoss(alpha);
    case "exponential":
      return new ExponentialLoss();
    case "log_loss":
      return classes === 2 ? new HalfBinomialLoss() : new HalfMultinomialLoss(classes);
    default:
      return new HalfSquaredError();
  }
}
