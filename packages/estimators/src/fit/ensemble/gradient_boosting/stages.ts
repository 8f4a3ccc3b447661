/** @module Stage after stage of trees, each grown for what is still missing (`_fit_stages` of scikit-learn 1.9.1). */

import { type FeatureColumns, type GrownTree, pairwiseSum, type RandomState, type TreeGrower } from "@curtido/kernels";
import { DRAWS_END } from "../../tree/decision_tree.ts";
import { Nodes } from "../../tree/nodes.ts";
import { pruned } from "../../tree/prune.ts";
import { type BoostingLoss, score } from "./losses.ts";

/** Rows and their targets, and what they get before the first stage. */
export interface StageRows {
  readonly columns: FeatureColumns;
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** `[rows, outputs]`; stages change it. */
  readonly raw: Float64Array;
}

/** How boosting goes on. */
export interface StageRules {
  readonly loss: BoostingLoss;
  readonly most: number;
  readonly rate: number;
  readonly subsample: number;
  /** The share of the weight that a leaf needs. */
  readonly leastShare: number;
  readonly alpha: number;
  readonly patience: number | undefined;
  readonly tolerance: number;
}

/** What was learned; lists have one number for each stage. */
export interface Stages {
  /** Stage after stage, output after output. */
  readonly trees: readonly GrownTree[];
  readonly count: number;
  readonly scores: Float64Array;
  /** Of the rows that a stage left out. */
  readonly outOfBag: { readonly scores: Float64Array; readonly gains: Float64Array } | undefined;
}

/** Grows the stages. */
export class StageGrower {
  private readonly rules: StageRules;
  private readonly rows: StageRows;
  private readonly grower: TreeGrower;
  private readonly random: RandomState;
  private readonly trees: GrownTree[] = [];

  /** @param random - draws rows and the seeds of trees */
  constructor(rules: StageRules, rows: StageRows, grower: TreeGrower, random: RandomState) {
    this.rules = rules;
    this.rows = rows;
    this.grower = grower;
    this.random = random;
  }

  /** @param held - rows that say when to stop */
  boost(held: StageRows | undefined): Stages {
    const { loss, most, subsample } = this.rules;
    const { y, raw, weights } = this.rows;
    const scores = new Float64Array(most);
    const left = subsample < 1 ? { scores: new Float64Array(most), gains: new Float64Array(most) } : undefined;
    const stopping = held === undefined ? undefined : new Stopping(this.rules, held);
    this.grower.setWeights(weights);
    let count = 0;
    while (count < most) {
      const drawn = left === undefined ? undefined : this.draw();
      const before = drawn === undefined || count > 0 ? 0 : this.scoreOf(drawn, 0);
      const grown = this.stage(drawn);
      scores[count] = drawn === undefined ? score(loss, y, raw, weights) : this.scoreOf(drawn, 1);
      if (left !== undefined) {
        left.scores[count] = this.scoreOf(drawn!, 0);
        left.gains[count] = (count === 0 ? before : left.scores[count - 1]!) - left.scores[count]!;
      }
      count++;
      if (stopping?.isOver(grown, count - 1) === true) break;
    }
    const cut = (list: Float64Array) => list.slice(0, count);
    const outOfBag = left === undefined ? undefined : { scores: cut(left.scores), gains: cut(left.gains) };
    return { trees: this.trees, count, scores: cut(scores), outOfBag };
  }

  /** Which rows a stage learns from (`_random_sample_mask`). */
  private draw(): Uint8Array {
    const rows = this.rows.y.length;
    const wanted = Math.max(1, Math.trunc(this.rules.subsample * rows));
    const numbers = Float64Array.from({ length: rows }, () => this.random.random());
    let drawn = 0;
    return Uint8Array.from(numbers, (number, row) => {
      if (!(number * (rows - row) < wanted - drawn)) return 0;
      drawn++;
      return 1;
    });
  }

  /** The score of the rows that were drawn (1) or left out (0). */
  private scoreOf(drawn: Uint8Array, which: number): number {
    const { loss } = this.rules;
    const { y, weights, raw } = this.rows;
    const there = (_: number, row: number) => drawn[row] === which;
    const own = raw.filter((_, at) => drawn[Math.floor(at / loss.outputs)] === which);
    return score(loss, y.filter(there), own, weights.filter(there));
  }

  /** Grows the trees of a stage, and adds what they say to the raw answers. */
  private stage(drawn: Uint8Array | undefined): readonly GrownTree[] {
    const { loss, leastShare, alpha, rate } = this.rules;
    const { columns, y, weights, raw } = this.rows;
    loss.prepare(y, raw, weights);
    const descent = loss.descent(y, raw);
    const counted = drawn === undefined ? weights : weights.map((weight, row) => weight * drawn[row]!);
    if (drawn !== undefined) this.grower.setWeights(counted);
    const least = leastShare * pairwiseSum(counted);
    const grown: GrownTree[] = [];
    for (let k = 0; k < loss.outputs; k++) {
      const own = loss.outputs === 1 ? descent : columnOf(descent, k, loss.outputs);
      this.grower.setTargets(own);
      const tree = pruned(this.grower.grow(this.random.below(DRAWS_END), least), alpha);
      const leaves = leavesOf(tree, columns);
      const target = loss.outputs === 1 ? y : y.map((label) => Number(label === k));
      if (loss.leaf !== undefined) this.answer(tree, leaves, { y: target, descent: own, weights: counted, drawn, k });
      addTo(raw, tree, leaves, rate, k, loss.outputs);
      grown.push(tree);
      this.trees.push(tree);
    }
    return grown;
  }

  /** Sets what the leaves of a tree answer. */
  private answer(tree: GrownTree, leaves: Int32Array, { y, descent, weights, drawn, k }: Learned): void {
    const { raw } = this.rows;
    const { loss } = this.rules;
    const { outputs } = loss;
    const nodes = new Nodes(tree);
    const members = membersOf(tree.count, leaves, drawn);
    for (let leaf = 0; leaf < tree.count; leaf++) {
      if (nodes.left(leaf) >= 0) continue;
      const rows = members[leaf]!;
      const pick = (list: Float64Array) => Float64Array.from(rows, (row) => list[row]!);
      const residuals = Float64Array.from(rows, (row) => y[row]! - raw[row * outputs + k]!);
      tree.values[leaf] = loss.leaf!({ y: pick(y), residuals, descent: pick(descent), weights: pick(weights) });
    }
  }
}

/** What a tree of a stage was grown from. */
interface Learned {
  readonly y: Float64Array;
  readonly descent: Float64Array;
  readonly weights: Float64Array;
  readonly drawn: Uint8Array | undefined;
  readonly k: number;
}

/** Looks at rows that were held back, and ends boosting when they get no better. */
class Stopping {
  private readonly rules: StageRules;
  private readonly held: StageRows;
  private readonly history: Float64Array;

  constructor(rules: StageRules, held: StageRows) {
    this.rules = rules;
    this.held = held;
    this.history = new Float64Array(rules.patience!).fill(Number.POSITIVE_INFINITY);
  }

  isOver(trees: readonly GrownTree[], stage: number): boolean {
    const { loss, rate, tolerance } = this.rules;
    const { columns, y, raw, weights } = this.held;
    trees.forEach((tree, k) => {
      addTo(raw, tree, leavesOf(tree, columns), rate, k, loss.outputs);
    });
    const found = score(loss, y, raw, weights);
    if (!this.history.some((before) => found + tolerance < before)) return true;
    this.history[stage % this.history.length] = found;
    return false;
  }
}

function columnOf(table: Float64Array, column: number, width: number): Float64Array {
  return Float64Array.from({ length: table.length / width }, (_, row) => table[row * width + column]!);
}

/** The leaf of each row. */
function leavesOf(tree: GrownTree, columns: FeatureColumns): Int32Array {
  const nodes = new Nodes(tree);
  const leaves = new Int32Array(columns.rows);
  for (let row = 0; row < columns.rows; row++) leaves[row] = nodes.leaf(columns, row);
  return leaves;
}

/** The rows of each leaf, of those that were drawn. */
function membersOf(count: number, leaves: Int32Array, drawn: Uint8Array | undefined): number[][] {
  const members = Array.from({ length: count }, (): number[] => []);
  leaves.forEach((leaf, row) => {
    if (drawn === undefined || drawn[row] === 1) members[leaf]!.push(row);
  });
  return members;
}

function addTo(raw: Float64Array, tree: GrownTree, leaves: Int32Array, rate: number, k: number, outputs: number): void {
  for (let row = 0; row < leaves.length; row++) raw[row * outputs + k]! += rate * tree.values[leaves[row]!]!;
}
