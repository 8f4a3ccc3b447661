/** @module What a CatBoost model is, whichever file holds it: features, trees, scale and bias, notes; and that it holds together. */

import type { Counter } from "./counters.ts";
import { CatModelError } from "./flatbuffer.ts";

/** Splits of a symmetric tree. */
const DEEPEST = 16;

/** A column of numbers: a split asks whether a value is above a border. */
export interface NumberColumn {
  /** Its number among columns of numbers, by which combinations of features know it. */
  readonly index: number;
  readonly column: number;
  readonly name: string;
  readonly borders: Float32Array;
  /** Whether a missing value is above every border; else it is below all. */
  readonly missingAbove: boolean;
}

/** A column of categories: a split asks whether the hash of a value is this one. */
export interface CategoryColumn {
  /** Its number among columns of categories. */
  readonly index: number;
  readonly column: number;
  readonly name: string;
  readonly hashes: Int32Array;
  /** The texts of the hashes, where the file has them. */
  readonly texts: readonly string[];
}

/** A model, checked. */
export interface CatModel {
  readonly columns: number;
  readonly numbers: readonly NumberColumn[];
  readonly categories: readonly CategoryColumn[];
  /** Statistics of categories: columns of numbers that are made of a row's. */
  readonly counters: readonly Counter[];
  readonly outputs: number;
  /** Splits of every tree: borders of all columns of numbers are counted first, then hashes of all columns of categories, then borders of counters. */
  readonly splits: Int32Array;
  /** Splits per tree, or nodes per tree when they are not symmetric. */
  readonly sizes: Int32Array;
  readonly values: Float64Array;
  /** Trees that are not symmetric: per node how far its two children are behind it, and where its leaf's values begin. */
  readonly steps: Uint16Array | undefined;
  readonly leafOf: Uint32Array;
  readonly scale: number;
  /** Per output. */
  readonly bias: Float64Array;
  /** What the file says of itself: `params`, `class_params`, `catboost_version_info` ... */
  readonly notes: ReadonlyMap<string, string>;
}

/** The columns of features, by the numbers that the file gives to those of a kind. */
export function placesOf(columns: readonly (NumberColumn | CategoryColumn)[]): ReadonlyMap<number, number> {
  return new Map(columns.map(({ index, column }) => [index, column]));
}

/** `value` where it is within its limits. */
export function within(value: number, least: number, most: number, what: string): number {
  if (value >= least && value <= most) return value;
  throw new CatModelError(`${what} is ${value}`);
}

/** Checks that every walk through a tree ends at a leaf that is there. */
export function checkedModel(model: CatModel): CatModel {
  const { outputs, bias, scale, columns, numbers, categories, counters } = model;
  if (bias.length !== outputs) throw new CatModelError(`it has ${bias.length} biases for ${outputs} outputs`);
  if (!Number.isFinite(scale) || !bias.every(Number.isFinite))
    throw new CatModelError("its scale or bias is no number");
  if (model.values.some(Number.isNaN)) throw new CatModelError("a leaf holds NaN");
  const used = new Set([...numbers, ...categories].map(({ column }) => column));
  if (used.size !== numbers.length + categories.length) throw new CatModelError("two features have one column");
  if (columns > 0 && used.size > columns) throw new CatModelError("it has more features than columns");
  const questions = [...numbers, ...counters].map((each) => each.borders.length);
  const known = [...questions, ...categories.map((each) => each.hashes.length)].reduce((sum, each) => sum + each, 0);
  if (model.steps === undefined) checkSymmetric(model, known);
  else checkSteps(model, model.steps, known);
  return model;
}

function checkSymmetric({ sizes, splits, values, outputs }: CatModel, known: number): void {
  let leaves = 0;
  let count = 0;
  for (const size of sizes) {
    count += within(size, 0, DEEPEST, "the depth of a tree");
    leaves += (1 << size) * outputs;
  }
  if (count !== splits.length) throw new CatModelError(`it holds ${splits.length} splits, not ${count}`);
  if (leaves !== values.length) throw new CatModelError(`it holds ${values.length} values of leaves, not ${leaves}`);
  for (const split of splits) within(split, 0, known - 1, "the number of a split");
}

function checkSteps({ sizes, splits, values, outputs, leafOf }: CatModel, steps: Uint16Array, known: number): void {
  const nodes = steps.length / 2;
  if (splits.length !== nodes || leafOf.length !== nodes)
    throw new CatModelError(`it holds ${nodes} nodes, ${splits.length} splits and ${leafOf.length} leaves`);
  let start = 0;
  for (const size of sizes) {
    const end = start + within(size, 1, nodes - start, "the size of a tree");
    for (let node = start; node < end; node++) {
      const [left, right] = [steps[2 * node]!, steps[2 * node + 1]!];
      if (node + Math.max(left, right) >= end) throw new CatModelError(`node ${node} leads out of its tree`);
      if (left + right > 0) within(splits[node]!, 0, known - 1, "the number of a split");
      if (left === 0 || right === 0) within(leafOf[node]!, 0, values.length - outputs, "the place of a leaf");
    }
    start = end;
  }
  if (start !== nodes) throw new CatModelError(`its trees hold ${start} nodes of ${nodes}`);
}
