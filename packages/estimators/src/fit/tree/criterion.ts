/**
 * @module How mixed the targets of a node are, kept up to date while samples move from its right child to its left one. The
 * formulas and the order of their sums are those of scikit-learn 1.9.1's `tree/_criterion.pyx`, so that rounding agrees.
 */

import { log } from "@curtido/kernels";

/** What a criterion looks at: one target for each sample, and how much each sample weighs. */
export interface Targets {
  readonly y: Float64Array;
  /** `undefined`: every sample weighs 1. */
  readonly weights: Float64Array | undefined;
  /** The weight of all samples. */
  readonly total: number;
}

/** Statistics of the node `samples[start..end)` and of its children `[start..position)` and `[position..end)`. */
export abstract class Criterion {
  readonly targets: Targets;
  /** Numbers that a node stores: one per class, or one. */
  readonly width: number;
  nodeWeight = 0;
  leftWeight = 0;
  rightWeight = 0;
  leftImpurity = 0;
  rightImpurity = 0;
  protected samples: Int32Array = new Int32Array(0);
  protected start = 0;
  protected end = 0;
  protected position = 0;
  protected readonly total: Float64Array;
  protected readonly left: Float64Array;
  protected readonly right: Float64Array;

  constructor(targets: Targets, width: number) {
    this.targets = targets;
    this.width = width;
    this.total = new Float64Array(width);
    this.left = new Float64Array(width);
    this.right = new Float64Array(width);
  }

  /** Looks at another node; all its samples are in its right child. */
  begin(samples: Int32Array, start: number, end: number): void {
    const { weights } = this.targets;
    this.samples = samples;
    this.start = start;
    this.end = end;
    this.nodeWeight = 0;
    this.total.fill(0);
    this.clear();
    for (let at = start; at < end; at++) {
      const sample = samples[at]!;
      const weight = weights === undefined ? 1 : weights[sample]!;
      this.count(sample, weight);
      this.nodeWeight += weight;
    }
    this.reset();
  }

  /** All samples back into the right child. */
  reset(): void {
    this.position = this.start;
    this.left.fill(0);
    this.right.set(this.total);
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
  }

  /** Moves `samples[position..to)` into the left child: from the end where that is shorter. */
  update(to: number): void {
    const { samples, end } = this;
    const { weights } = this.targets;
    if (to - this.position <= end - to) {
      for (let at = this.position; at < to; at++) {
        const sample = samples[at]!;
        const weight = weights === undefined ? 1 : weights[sample]!;
        this.move(sample, weight);
        this.leftWeight += weight;
      }
    } else {
      this.left.set(this.total);
      this.leftWeight = this.nodeWeight;
      for (let at = end - 1; at >= to; at--) {
        const sample = samples[at]!;
        const weight = weights === undefined ? 1 : weights[sample]!;
        this.move(sample, -weight);
        this.leftWeight -= weight;
      }
    }
    this.rightWeight = this.nodeWeight - this.leftWeight;
    for (let k = 0; k < this.width; k++) this.right[k] = this.total[k]! - this.left[k]!;
    this.position = to;
  }

  /** What grows with the improvement of a split, without what is the same for all splits of the node. */
  proxy(): number {
    this.children();
    return -this.rightWeight * this.rightImpurity - this.leftWeight * this.leftImpurity;
  }

  /** How much purer the children are than their parent. */
  improvement(parent: number): number {
    const { nodeWeight, leftWeight, rightWeight, leftImpurity, rightImpurity } = this;
    return (
      (nodeWeight / this.targets.total) *
      (parent - (rightWeight / nodeWeight) * rightImpurity - (leftWeight / nodeWeight) * leftImpurity)
    );
  }

  /** What the node answers: means, or shares of the classes. */
  value(into: Float64Array, at: number): void {
    for (let k = 0; k < this.width; k++) into[at + k] = this.total[k]! / this.nodeWeight;
  }

  /** Forgets what only {@link count} keeps. */
  protected clear(): void {}
  /** Adds a sample to the node. */
  protected abstract count(sample: number, weight: number): void;
  /** Adds a sample to the left child. */
  protected abstract move(sample: number, weight: number): void;
  /** The impurity of the whole node. */
  abstract impurity(): number;
  /** Sets the impurities of the children. */
  abstract children(): void;
}

abstract class ClassCriterion extends Criterion {
  protected count(sample: number, weight: number): void {
    this.total[this.targets.y[sample]!]! += weight;
  }
  protected move(sample: number, weight: number): void {
    this.left[this.targets.y[sample]!]! += weight;
  }
  impurity(): number {
    return this.of(this.total, this.nodeWeight);
  }
  children(): void {
    this.leftImpurity = this.of(this.left, this.leftWeight);
    this.rightImpurity = this.of(this.right, this.rightWeight);
  }
  protected abstract of(counts: Float64Array, weight: number): number;
}

/** 1 - sum of squared shares. */
export class Gini extends ClassCriterion {
  protected of(counts: Float64Array, weight: number): number {
    let squares = 0;
    for (let k = 0; k < counts.length; k++) squares += counts[k]! * counts[k]!;
    return 1 - squares / (weight * weight);
  }
}

const LN2 = log(2);

/** Shannon's entropy, in bits. */
export class Entropy extends ClassCriterion {
  protected of(counts: Float64Array, weight: number): number {
    let entropy = 0;
    for (let k = 0; k < counts.length; k++) {
      if (!(counts[k]! > 0)) continue;
      const share = counts[k]! / weight;
      entropy -= share * (log(share) / LN2);
    }
    return entropy;
  }
}

/** The variance of the targets. */
export class SquaredError extends Criterion {
  private squares = 0;

  constructor(targets: Targets) {
    super(targets, 1);
  }
  protected override clear(): void {
    this.squares = 0;
  }
  protected count(sample: number, weight: number): void {
    const y = this.targets.y[sample]!;
    const weighted = weight * y;
    this.total[0]! += weighted;
    this.squares += weighted * y;
  }
  protected move(sample: number, weight: number): void {
    this.left[0]! += weight * this.targets.y[sample]!;
  }
  impurity(): number {
    const mean = this.total[0]! / this.nodeWeight;
    return this.squares / this.nodeWeight - mean * mean;
  }
  override proxy(): number {
    const left = this.left[0]!;
    const right = this.right[0]!;
    return (left * left) / this.leftWeight + (right * right) / this.rightWeight;
  }
  children(): void {
    const { y, weights } = this.targets;
    let leftSquares = 0;
    for (let at = this.start; at < this.position; at++) {
      const sample = this.samples[at]!;
      const target = y[sample]!;
      leftSquares += (weights === undefined ? 1 : weights[sample]!) * target * target;
    }
    const left = this.left[0]! / this.leftWeight;
    const right = this.right[0]! / this.rightWeight;
    this.leftImpurity = leftSquares / this.leftWeight - left * left;
    this.rightImpurity = (this.squares - leftSquares) / this.rightWeight - right * right;
  }
}
