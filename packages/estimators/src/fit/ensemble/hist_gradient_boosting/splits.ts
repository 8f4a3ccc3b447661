/** @module The best split of a node (`sklearn.ensemble._hist_gradient_boosting.splitting`). */

import type { HistogramNode, HistogramSpace } from "@curtido/kernels";

/** Categories with fewer samples (times the mean hessian) go right, and their answers are pulled to 0. */
const LEAST_SUPPORT = 10;
const TINY = 1e-15;

/** What all nodes of a tree share. */
export interface SplitRules {
  readonly l2: number;
  readonly leastSamples: number;
  readonly leastHessian: number;
  readonly constantHessian: boolean;
  /** Bins of each feature, without that of missing values. */
  readonly bins: Int32Array;
  /** The bin of missing values. */
  readonly missing: number;
  /** Whether a feature has missing values. */
  readonly hasMissing: readonly boolean[];
  readonly isCategorical: readonly boolean[];
  readonly directions: Int8Array;
}

/** A split, and what comes to lie on both sides. */
export interface HistSplit {
  readonly gain: number;
  readonly feature: number;
  /** The last bin that goes left; 0 where categories decide. */
  readonly bin: number;
  /** The bins that go left, as 256 bits; only where categories decide. */
  readonly words: Uint32Array | undefined;
  missingLeft: boolean;
  readonly left: Side;
  readonly right: Side;
}

/** The samples of a side, and what it answers before it is shrunk. */
export interface Side {
  readonly gradients: number;
  readonly hessians: number;
  readonly count: number;
  readonly value: number;
}

/** What a leaf answers. */
export function leafValue(gradients: number, hessians: number, l2: number, lower: number, upper: number): number {
  const value = -gradients / (hessians + l2 + TINY);
  return value < lower ? lower : value > upper ? upper : value;
}

/** Finds splits in the histograms of a space. */
export class SplitFinder {
  private readonly space: HistogramSpace;
  private readonly rules: SplitRules;

  constructor(space: HistogramSpace, rules: SplitRules) {
    this.space = space;
    this.rules = rules;
    space.setRules({ l2: rules.l2, leastHessian: rules.leastHessian, leastSamples: rules.leastSamples });
  }

  /**
   * The best split among some features; the first one where several are equally good.
   *
   * @param chosen - for each of the features whether it is looked at; all are without it
   * @returns `undefined` where none is allowed
   */
  find(
    node: HistogramNode,
    features: ArrayLike<number>,
    chosen: readonly boolean[] | undefined,
  ): HistSplit | undefined {
    const { bins, hasMissing, isCategorical, directions } = this.rules;
    let best: HistSplit | undefined;
    for (let at = 0; at < features.length; at++) {
      if (chosen?.[at] === false) continue;
      const feature = features[at]!;
      if (isCategorical[feature]) {
        const found = this.category(node, feature, best?.gain ?? -1);
        if (found !== undefined) best = found;
        continue;
      }
      const gain = this.space.split(node, feature, bins[feature]!, hasMissing[feature]!, directions[feature]!);
      if (gain > (best?.gain ?? -1)) best = this.numeric(node, feature, gain);
    }
    return best;
  }

  private numeric(node: HistogramNode, feature: number, gain: number): HistSplit {
    const { best } = this.space;
    const bin = best[0]!;
    const missingLeft = best[1] === 1;
    const sides = this.sides(node, best[2]!, best[3]!, best[4]!);
    return { gain, feature, bin, words: undefined, missingLeft, ...sides };
  }

  private sides(node: HistogramNode, gradients: number, hessians: number, count: number) {
    return {
      left: this.side(node, gradients, hessians, count),
      right: this.side(node, node.gradients - gradients, node.hessians - hessians, node.count - count),
    };
  }

  private side({ lower, upper }: HistogramNode, gradients: number, hessians: number, count: number): Side {
    return { gradients, hessians, count, value: leafValue(gradients, hessians, this.rules.l2, lower, upper) };
  }

  /** Categories in the order of their answers, split like numbers, from both ends to the middle (Fisher 1958). */
  private category(node: HistogramNode, feature: number, least: number): HistSplit | undefined {
    const order = this.supported(node, feature);
    if (order.length <= 1) return undefined;
    const fromLeft = this.scan(node, feature, order.slice(0, (order.length + 1) >> 1), -1);
    const back = order.slice().reverse();
    const fromRight = this.scan(node, feature, back.slice(0, ((order.length + 1) >> 1) - 1), fromLeft?.gain ?? -1);
    const found = fromRight ?? fromLeft;
    if (found === undefined || !(found.gain > least)) return undefined;
    const words = new Uint32Array(8);
    for (const bin of found.bins) words[bin >> 5]! |= 1 << (bin & 31);
    const missingLeft = this.rules.hasMissing[feature]! && found.bins.includes(this.rules.missing);
    const sides = this.sides(node, found.gradients, found.hessians, found.count);
    return { gain: found.gain, feature, bin: 0, words, missingLeft, ...sides };
  }

  /** The bins with enough samples, by what they would answer. */
  private supported({ slot, count, hessians }: HistogramNode, feature: number): number[] {
    const { bins, missing, hasMissing } = this.rules;
    const all = Array.from({ length: bins[feature]! }, (_, bin) => bin);
    if (hasMissing[feature]) all.push(missing);
    const factor = count / hessians;
    const found: { readonly bin: number; readonly value: number }[] = [];
    for (const bin of all) {
      const own = this.entry(slot, feature, bin);
      if (own.hessians * factor >= LEAST_SUPPORT)
        found.push({ bin, value: own.gradients / (own.hessians + LEAST_SUPPORT) });
    }
    return mergeSorted(found).map(({ bin }) => bin);
  }

  private entry(slot: number, feature: number, bin: number) {
    const { entries } = this.space;
    const at = this.space.histogramAt(slot, feature) + 3 * bin;
    const count = entries[at + 2]!;
    return { gradients: entries[at]!, hessians: this.rules.constantHessian ? count : entries[at + 1]!, count };
  }

  /** The best split among those that send the first of these bins left, where it is better than `least`. */
  private scan(node: HistogramNode, feature: number, bins: readonly number[], least: number) {
    const { leastSamples, leastHessian } = this.rules;
    const sum = { gradients: 0, hessians: 0, count: 0 };
    let best: { gain: number; bins: readonly number[]; gradients: number; hessians: number; count: number } | undefined;
    for (const [at, bin] of bins.entries()) {
      const own = this.entry(node.slot, feature, bin);
      sum.gradients += own.gradients;
      sum.hessians += own.hessians;
      sum.count += own.count;
      if (sum.count < leastSamples || sum.hessians < leastHessian) continue;
      if (node.count - sum.count < leastSamples || node.hessians - sum.hessians < leastHessian) break;
      const gain = this.gain(node, sum.gradients, sum.hessians);
      if (gain > (best?.gain ?? least) && gain > 0) best = { gain, bins: bins.slice(0, at + 1), ...sum };
    }
    return best;
  }

  private gain(node: HistogramNode, gradients: number, hessians: number): number {
    const { l2 } = this.rules;
    const rest = node.gradients - gradients;
    const left = leafValue(gradients, hessians, l2, node.lower, node.upper);
    const right = leafValue(rest, node.hessians - hessians, l2, node.lower, node.upper);
    return node.gradients * node.value - gradients * left - rest * right;
  }
}

/** Sorted as glibc's `qsort` does with a comparison that says of equal values that the second one comes first. */
function mergeSorted<Item extends { readonly value: number }>(items: readonly Item[]): readonly Item[] {
  if (items.length <= 1) return items;
  const half = items.length >> 1;
  const left = mergeSorted(items.slice(0, half));
  const right = mergeSorted(items.slice(half));
  const out: Item[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) out.push(left[i]!.value < right[j]!.value ? left[i++]! : right[j++]!);
  return [...out, ...left.slice(i), ...right.slice(j)];
}
