/**
 * @module Grows one tree from gradients and hessians: the node whose split gains most is split first
 * (`sklearn.ensemble._hist_gradient_boosting.grower`).
 */

import type { HistogramSpace, Pcg64 } from "@curtido/kernels";
import { estimatorError } from "../../../base/errors.ts";
import { NumberSet } from "./python_set.ts";
import { NodeQueue } from "./queue.ts";
import type { HistSplit, Side, SplitFinder, SplitRules } from "./splits.ts";

/** What all trees of a fit share. */
export interface GrowthRules extends SplitRules {
  /** `undefined`: as many as there are. */
  readonly mostLeaves: number | undefined;
  readonly mostDepth: number | undefined;
  readonly learningRate: number;
  /** The share of the features that each split looks at. */
  readonly featureShare: number;
  /** Groups of features that may meet in a branch. */
  readonly groups: readonly NumberSet[] | undefined;
}

/** A node; its samples are `space.samples[start..end)`. */
export interface HistNode {
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly gradients: number;
  readonly hessians: number;
  /** What it answers; leaves are shrunk at the end. */
  value: number;
  slot: number;
  lower: number;
  upper: number;
  /** Features that may split it, and the groups that are left in its branch. */
  features: ArrayLike<number>;
  groups: readonly number[] | undefined;
  split: HistSplit | undefined;
  children: readonly [left: HistNode, right: HistNode] | undefined;
}

/** How many histograms are kept at a time, so that each node that waits has one. */
export function slotsFor(
  rules: Pick<GrowthRules, "mostLeaves" | "mostDepth" | "featureShare">,
  rows: number,
  least: number,
) {
  const log = Math.ceil(Math.log2(rows + 1));
  if (isDeepFirst(rules)) return log + 4;
  const byDepth =
    rules.mostDepth === undefined || rules.mostDepth > 30 ? Number.POSITIVE_INFINITY : 2 ** rules.mostDepth;
  return Math.min(rules.mostLeaves ?? Number.POSITIVE_INFINITY, byDepth, Math.ceil(rows / least)) + 3;
}

/** Without a limit of leaves the order does not matter, unless features are drawn: few nodes wait if the smaller child comes first. */
function isDeepFirst({ mostLeaves, featureShare }: Pick<GrowthRules, "mostLeaves" | "featureShare">): boolean {
  return mostLeaves === undefined && featureShare >= 1;
}

/** Grows trees in one space. */
export class HistGrower {
  /** The leaves of the last tree. */
  leaves: HistNode[] = [];
  private readonly space: HistogramSpace;
  private readonly finder: SplitFinder;
  private readonly rules: GrowthRules;
  private readonly random: Pcg64;
  private readonly free: number[] = [];
  private readonly slots: number;
  private readonly allFeatures: Int32Array;
  private waiting = new NodeQueue();

  constructor(space: HistogramSpace, finder: SplitFinder, rules: GrowthRules, random: Pcg64, slots: number) {
    this.space = space;
    this.finder = finder;
    this.rules = rules;
    this.random = random;
    this.slots = slots;
    this.allFeatures = Int32Array.from(rules.bins, (_, feature) => feature);
  }

  /** A tree from the gradients of one output. */
  grow(output: number): HistNode {
    this.leaves = [];
    this.waiting = new NodeQueue(isDeepFirst(this.rules));
    this.free.length = 0;
    for (let slot = this.slots - 1; slot >= 0; slot--) this.free.push(slot);
    this.space.begin(output);
    const root = this.root();
    for (let node = this.waiting.pop(); node !== undefined; node = this.waiting.pop()) {
      this.divide(node);
      if (this.leaves.length + this.waiting.size === this.rules.mostLeaves) this.finishAll();
    }
    for (const leaf of this.leaves) leaf.value *= this.rules.learningRate;
    return root;
  }

  private root(): HistNode {
    const { space, rules } = this;
    const { groups } = rules;
    let features: ArrayLike<number> = this.allFeatures;
    if (groups !== undefined) {
      const allowed = new NumberSet();
      for (const group of groups) allowed.update(group);
      features = Int32Array.from(allowed);
    }
    const slot = this.take();
    const count = space.samples.length;
    space.fillFeatures(slot, features, 0, count);
    const gradients = space.sumOfGradients(slot, features[0]!);
    const hessians = rules.constantHessian ? count : space.sumOfHessians(slot, features[0]!);
    const root = nodeOf({ gradients, hessians, count, value: 0 }, 0, 0);
    root.features = features;
    root.groups = groups?.map((_, at) => at);
    root.slot = slot;
    if (count < 2 * rules.leastSamples || hessians < rules.leastHessian) this.finish(root);
    else this.consider(root);
    return root;
  }

  /** Looks for a node's split; without one it is a leaf. */
  private consider(node: HistNode): void {
    node.split = this.finder.find(node, node.features, this.drawn(node.features.length));
    if (node.split === undefined) this.finish(node);
    else this.waiting.push(node);
  }

  /** Which of `count` features are looked at; `undefined` for all. */
  private drawn(count: number): boolean[] | undefined {
    const share = this.rules.featureShare;
    if (!(share < 1)) return undefined;
    const kept = Math.max(1, Math.ceil(share * count));
    const chosen = Array.from({ length: count }, (_, at) => at < kept);
    this.random.shuffle(chosen);
    return chosen;
  }

  private finish(node: HistNode): void {
    this.leaves.push(node);
    if (node.slot >= 0) this.free.push(node.slot);
    node.slot = -1;
  }

  /** Everything that waits becomes a leaf: there are as many leaves as may be. */
  private finishAll(): void {
    for (let node = this.waiting.pop(); node !== undefined; node = this.waiting.pop()) this.finish(node);
  }

  /** Splits a node; both children are leaves, or wait with their histograms. */
  private divide(node: HistNode): void {
    const { rules } = this;
    const split = node.split!;
    const middle = this.partition(node, split);
    const depth = node.depth + 1;
    const left = nodeOf(split.left, depth, node.start);
    const right = nodeOf(split.right, depth, middle);
    node.children = [left, right];
    if (!rules.hasMissing[split.feature]) split.missingLeft = left.count > right.count;
    this.inherit(node, left, right);
    const isLast = this.leaves.length + this.waiting.size + 2 === rules.mostLeaves || depth === rules.mostDepth;
    const open = isLast ? [] : [left, right].filter((child) => child.count >= 2 * rules.leastSamples);
    for (const child of [left, right]) if (!open.includes(child)) this.finish(child);
    if (open.length > 0) this.histograms(node, left, right);
    else this.free.push(node.slot);
    node.slot = -1;
    for (const child of open) this.consider(child);
    for (const child of [left, right]) if (!open.includes(child) && child.slot >= 0) this.release(child);
  }

  private partition({ start, end }: HistNode, { feature, bin, words, missingLeft }: HistSplit): number {
    if (words === undefined) return this.space.partition(start, end, feature, bin, missingLeft);
    this.space.words.set(words);
    return this.space.partitionSet(start, end, feature);
  }

  /** One child's histograms from its samples, the other's by subtraction in the parent's slot. */
  private histograms(node: HistNode, left: HistNode, right: HistNode): void {
    const [small, large] = left.count < right.count ? [left, right] : [right, left];
    const { space } = this;
    small.slot = this.take();
    large.slot = node.slot;
    space.gather(small.start, small.end);
    const { features } = small;
    space.fillFeatures(small.slot, features, small.start, small.end);
    for (let at = 0; at < features.length; at++) space.subtract(large.slot, small.slot, features[at]!);
  }

  private take(): number {
    const slot = this.free.pop();
    if (slot !== undefined) return slot;
    const why = `${this.slots} nodes wait to be split, and there is no memory for the histograms of more`;
    throw estimatorError("E_LIMIT", `${why}: set 'maxLeafNodes' or 'maxDepth', or 'maxBins' lower`, {
      most: this.slots,
    });
  }

  private release(node: HistNode): void {
    this.free.push(node.slot);
    node.slot = -1;
  }

  /** What children may split on, and the bounds of their children's answers. */
  private inherit(node: HistNode, left: HistNode, right: HistNode): void {
    const [features, groups] = this.allowed(node);
    left.features = right.features = features;
    left.groups = right.groups = groups;
    const direction = this.rules.directions[node.split!.feature]!;
    const { lower, upper } = node;
    left.lower = right.lower = lower;
    left.upper = right.upper = upper;
    if (direction === 0) return;
    const middle = (left.value + right.value) / 2;
    if (direction > 0) left.upper = right.lower = middle;
    else left.lower = right.upper = middle;
  }

  private allowed(node: HistNode): readonly [features: ArrayLike<number>, groups: readonly number[] | undefined] {
    const { groups } = this.rules;
    if (groups === undefined) return [this.allFeatures, undefined];
    const left = node.groups!.filter((at) => groups[at]!.has(node.split!.feature));
    const features = new NumberSet();
    for (const at of left) features.update(groups[at]!);
    return [Int32Array.from(features), left];
  }
}

function nodeOf({ gradients, hessians, count, value }: Side, depth: number, start: number): HistNode {
  return {
    depth,
    start,
    end: start + count,
    count,
    gradients,
    hessians,
    value,
    slot: -1,
    lower: Number.NEGATIVE_INFINITY,
    upper: Number.POSITIVE_INFINITY,
    features: [],
    groups: undefined,
    split: undefined,
    children: undefined,
  };
}
