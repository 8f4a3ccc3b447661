/** @module Losses of labels: of two, and of more. */

import { exp, log, log1p } from "@curtido/kernels";
import { average, type Derivatives, type HistLoss, MARGIN, type Sample, SingleLoss } from "./loss.ts";

/** Below this, 1 + exp(raw) is 1. */
const LEAST_RAW = -37;

function areAbove(values: Float64Array, least: number): boolean {
  for (let at = 0; at < values.length; at++) if (!(values[at]! > least)) return false;
  return true;
}

/** Of two labels. */
export class HalfBinomialLoss extends SingleLoss {
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

/** Of more labels: a raw answer for each. */
export class HalfMultinomialLoss implements HistLoss {
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
