/**
 * @module Finds the split of a node: the best one, or the best of random ones. The draws and the order of the features are
 * those of scikit-learn 1.9.1's `tree/_splitter.pyx`.
 */

import type { Criterion } from "./criterion.ts";
import { isClose, type Partitioner } from "./partition.ts";

/** The end of the numbers that the generator below gives. */
export const RANDOM_END = 2147483647;

/** A split: everything up to `position` goes left. */
export interface Split {
  position: number;
  feature: number;
  threshold: number;
  improvement: number;
  missingLeft: boolean;
  leftImpurity: number;
  rightImpurity: number;
}

/** When a split is allowed. */
export interface SplitRules {
  /** How many features are looked at. */
  readonly features: number;
  readonly leastSamples: number;
  readonly leastWeight: number;
}

/** Chooses splits for one node after the other; constant features are remembered down a branch. */
export class Splitter {
  /** After {@link split}: how many features are constant in the node. */
  constants = 0;
  readonly criterion: Criterion;
  readonly partitioner: Partitioner;
  private readonly rules: SplitRules;
  private readonly random: boolean;
  private readonly features: Int32Array;
  private readonly constantFeatures: Int32Array;
  private seed: number;
  private start = 0;
  private end = 0;
  private bestProxy = Number.NEGATIVE_INFINITY;

  /** @param random - whether thresholds are drawn (`splitter="random"`) */
  constructor(
    criterion: Criterion,
    partitioner: Partitioner,
    width: number,
    rules: SplitRules,
    seed: number,
    random: boolean,
  ) {
    this.criterion = criterion;
    this.partitioner = partitioner;
    this.rules = rules;
    this.random = random;
    this.features = Int32Array.from({ length: width }, (_, at) => at);
    this.constantFeatures = new Int32Array(width);
    this.seed = seed >>> 0;
  }

  /** The best split of `samples[start..end)`, which the criterion looks at; its `position` is `end` when there is none. */
  split(start: number, end: number, impurity: number, known: number): Split {
    this.start = start;
    this.end = end;
    this.bestProxy = Number.NEGATIVE_INFINITY;
    const best: Split = { ...NO_SPLIT, position: end };
    this.partitioner.begin(start, end);
    const last = this.lookAtFeatures(best, known);
    if (best.position < end) {
      // Random splits leave the samples in the order of the last feature that was looked at.
      if (!this.random || last !== best.feature)
        this.partitioner.splitFinally(best.feature, best.threshold, best.missingLeft);
      this.criterion.reset();
      this.criterion.update(best.position);
      this.criterion.children();
      best.leftImpurity = this.criterion.leftImpurity;
      best.rightImpurity = this.criterion.rightImpurity;
      best.improvement = this.criterion.improvement(impurity);
    }
    return best;
  }

  /** Draws features without repetition, and does not count constant ones; gives the last one that was looked at. */
  private lookAtFeatures(best: Split, known: number): number {
    const { features, constantFeatures } = this;
    let open = features.length;
    let total = known;
    let visited = 0;
    let found = 0;
    let drawn = 0;
    let last = -1;
    while (open > total && (visited < this.rules.features || visited <= found + drawn)) {
      visited++;
      let at = this.drawInteger(drawn, open - found);
      if (at < known) {
        swap(features, drawn++, at);
        continue;
      }
      at += found;
      last = features[at]!;
      if (this.isConstant(last)) {
        swap(features, at, total);
        found++;
        total++;
        continue;
      }
      swap(features, --open, at);
      if (this.random) this.tryRandom(last, best);
      else this.tryAll(last, best);
    }
    features.set(constantFeatures.subarray(0, known));
    constantFeatures.set(features.subarray(known, known + found), known);
    this.constants = total;
    return last;
  }

  private isConstant(feature: number): boolean {
    const { partitioner, start, end } = this;
    if (this.random) {
      partitioner.extremes(feature);
      if (partitioner.missing === end - start) return true;
      return partitioner.missing === 0 && isClose(partitioner.most, partitioner.least);
    }
    partitioner.sort(feature);
    const { values, missing } = partitioner;
    if (end - missing === start) return true;
    return missing === 0 && isClose(values[end - 1]!, values[start]!);
  }

  /** Every threshold between two values of the feature, with missing values to the right, then to the left. */
  private tryAll(feature: number, best: Split): void {
    const { partitioner, criterion, start, end } = this;
    const { values, missing } = partitioner;
    const present = end - missing;
    for (let search = 0; search < (missing > 0 ? 2 : 1); search++) {
      const missingLeft = search === 1;
      if (missingLeft) partitioner.missingFirst();
      criterion.reset();
      for (let at = partitioner.next(start, missingLeft); at < end; at = partitioner.next(at, missingLeft)) {
        if (!this.improves(at)) continue;
        best.position = at;
        best.feature = feature;
        best.threshold =
          at === present && !missingLeft ? Number.POSITIVE_INFINITY : values[at - 1]! / 2 + values[at]! / 2;
        best.missingLeft = missing === 0 ? at - start > end - at : missingLeft;
      }
    }
  }

  private tryRandom(feature: number, best: Split): void {
    const { partitioner, criterion, start, end } = this;
    const { least, most, missing } = partitioner;
    let threshold = ((most - least) * this.draw()) / RANDOM_END + least;
    const missingLeft = missing > 0 && this.drawInteger(0, 2) === 1;
    if (threshold === most) threshold = least;
    const at = partitioner.split(threshold, missingLeft);
    criterion.reset();
    if (!this.improves(at)) return;
    best.position = at;
    best.feature = feature;
    best.threshold = threshold;
    best.missingLeft = missing === 0 ? at - start > end - at : missingLeft;
  }

  /** Whether a split at this position is allowed, and better than those before. */
  private improves(at: number): boolean {
    const { criterion, rules } = this;
    if (at - this.start < rules.leastSamples || this.end - at < rules.leastSamples) return false;
    criterion.update(at);
    if (criterion.leftWeight < rules.leastWeight || criterion.rightWeight < rules.leastWeight) return false;
    const proxy = criterion.proxy();
    if (!(proxy > this.bestProxy)) return false;
    this.bestProxy = proxy;
    return true;
  }

  /** Marsaglia's xorshift of 32 bits (2003), of which 31 are given. */
  private draw(): number {
    let x = this.seed === 0 ? 1 : this.seed;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.seed = x >>> 0;
    return this.seed % (RANDOM_END + 1);
  }

  private drawInteger(from: number, end: number): number {
    return from + (this.draw() % (end - from));
  }
}

const NO_SPLIT: Split = {
  position: 0,
  feature: 0,
  threshold: 0,
  improvement: Number.NEGATIVE_INFINITY,
  missingLeft: false,
  leftImpurity: Number.POSITIVE_INFINITY,
  rightImpurity: Number.POSITIVE_INFINITY,
};

function swap(list: Int32Array, one: number, other: number): void {
  const value = list[one]!;
  list[one] = list[other]!;
  list[other] = value;
}
