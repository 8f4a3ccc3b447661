/** @module Grows a tree depth first, as scikit-learn 1.9.1's `DepthFirstTreeBuilder` does. */

import { type Criterion, Entropy, Gini, SquaredError, type Targets } from "./criterion.ts";
import { type Columns, Partitioner } from "./partition.ts";
import { type SplitRules, Splitter } from "./splitter.ts";

/** Below this a node counts as pure: ten times the distance from 1 to the next double. */
const PURE = 10 * Number.EPSILON;
/** `numpy.iinfo(numpy.int32).max`: as deep as it gets. */
export const UNLIMITED_DEPTH = 2147483647;

/** The criteria, by scikit-learn's names. */
export type CriterionName = "gini" | "entropy" | "log_loss" | "squared_error";

/** How a tree grows. */
export interface GrowthRules extends SplitRules {
  readonly criterion: CriterionName;
  readonly random: boolean;
  readonly mostDepth: number;
  /** A node of fewer samples is not split. */
  readonly leastToSplit: number;
  readonly leastDecrease: number;
}

/** The nodes of a tree in the order of their numbers; a leaf has children -1 and feature and threshold -2. */
export interface GrownTree {
  readonly depth: number;
  readonly left: number[];
  readonly right: number[];
  readonly feature: number[];
  readonly threshold: number[];
  readonly impurity: number[];
  readonly samples: number[];
  readonly weight: number[];
  readonly missingLeft: number[];
  /** `width` numbers for each node. */
  readonly values: Float64Array;
  readonly width: number;
}

interface Waiting {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly parent: number;
  readonly isLeft: boolean;
  readonly impurity: number;
  readonly constants: number;
}

/**
 * Grows a tree.
 *
 * @param classes - how many classes there are; 0 for regression
 * @param seed - of the generator that draws features: what `RandomState.randint(0, 2^31 - 1)` gave
 */
export function grow(columns: Columns, targets: Targets, classes: number, rules: GrowthRules, seed: number): GrownTree {
  const { weights } = targets;
  const samples: number[] = [];
  for (let row = 0; row < columns.rows; row++) if (weights === undefined || weights[row] !== 0) samples.push(row);
  const criterion = criterionOf(rules.criterion, targets, classes);
  const partitioner = new Partitioner(columns, Int32Array.from(samples));
  const splitter = new Splitter(criterion, partitioner, columns.width, rules, seed, rules.random);
  return new Grower(splitter, rules).grow(samples.length);
}

function criterionOf(name: CriterionName, targets: Targets, classes: number): Criterion {
  if (name === "squared_error") return new SquaredError(targets);
  return name === "gini" ? new Gini(targets, classes) : new Entropy(targets, classes);
}

class Grower {
  private readonly splitter: Splitter;
  private readonly rules: GrowthRules;
  private readonly nodes = {
    left: [] as number[],
    right: [] as number[],
    feature: [] as number[],
    threshold: [] as number[],
    impurity: [] as number[],
    samples: [] as number[],
    weight: [] as number[],
    missingLeft: [] as number[],
  };
  private values: Float64Array;
  private depth = 0;

  constructor(splitter: Splitter, rules: GrowthRules) {
    this.splitter = splitter;
    this.rules = rules;
    this.values = new Float64Array(64 * splitter.criterion.width);
  }

  grow(count: number): GrownTree {
    const { criterion, partitioner } = this.splitter;
    criterion.begin(partitioner.samples, 0, count);
    const root = { start: 0, end: count, depth: 0, parent: -1, isLeft: false, constants: 0 };
    const waiting: Waiting[] = [{ ...root, impurity: criterion.impurity() }];
    while (waiting.length > 0) {
      const next = waiting.pop()!;
      criterion.begin(partitioner.samples, next.start, next.end);
      this.add(next, waiting);
    }
    const { width } = criterion;
    const values = this.values.slice(0, this.nodes.left.length * width);
    return { ...this.nodes, depth: this.depth, values, width };
  }

  private add(node: Waiting, waiting: Waiting[]): void {
    const { start, end, depth, impurity } = node;
    const { splitter } = this;
    const number = this.place(node);
    const split = this.mayBeSplit(node) ? splitter.split(start, end, impurity, node.constants) : undefined;
    if (split === undefined || split.position >= end || split.improvement + PURE < this.rules.leastDecrease) return;
    const { nodes } = this;
    nodes.feature[number] = split.feature;
    nodes.threshold[number] = split.threshold;
    nodes.missingLeft[number] = split.missingLeft ? 1 : 0;
    const child = { depth: depth + 1, parent: number, constants: splitter.constants };
    waiting.push({ ...child, start: split.position, end, isLeft: false, impurity: split.rightImpurity });
    waiting.push({ ...child, start, end: split.position, isLeft: true, impurity: split.leftImpurity });
  }

  private mayBeSplit({ start, end, depth, impurity }: Waiting): boolean {
    const { rules } = this;
    const count = end - start;
    const tooLight = this.splitter.criterion.nodeWeight < 2 * rules.leastWeight;
    const tooFew = count < rules.leastToSplit || count < 2 * rules.leastSamples;
    return !(depth >= rules.mostDepth || tooFew || tooLight || impurity <= PURE);
  }

  /** Writes a node as a leaf, and its number into its parent. */
  private place({ start, end, depth, parent, isLeft, impurity }: Waiting): number {
    const { nodes, splitter } = this;
    const { criterion } = splitter;
    const number = nodes.left.length;
    if (parent >= 0) (isLeft ? nodes.left : nodes.right)[parent] = number;
    nodes.left.push(-1);
    nodes.right.push(-1);
    nodes.feature.push(-2);
    nodes.threshold.push(-2);
    nodes.impurity.push(impurity);
    nodes.samples.push(end - start);
    nodes.weight.push(criterion.nodeWeight);
    nodes.missingLeft.push(0);
    if ((number + 1) * criterion.width > this.values.length) {
      const more = new Float64Array(this.values.length * 2);
      more.set(this.values);
      this.values = more;
    }
    criterion.value(this.values, number * criterion.width);
    if (depth > this.depth) this.depth = depth;
    return number;
  }
}
