/** @module Columns that alone give nearly all: what nobody knows yet when the model is asked. */

import { type DataFrame, NdArray } from "@curtido/arrays";
import {
  crossValScore,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  OrdinalEncoder,
  RandomState,
  rowsAt,
  type Trainer,
} from "@curtido/estimators/fit";
import { foldsOf } from "./choose.ts";
import type { FeatureColumn } from "./feature.ts";
import type { Task } from "./task.ts";

/** A column that alone gives nearly all. */
export interface Leak {
  readonly name: string;
  /** What it gives alone: R2, or the share of right labels. */
  readonly score: number;
}

/** Rows that are looked at, and columns. */
const MOST_ROWS = 2000;
const MOST_COLUMNS = 500;
/** Leaves of the tree of one column, and rows in each. */
const MOST_LEAVES = 64;
const LEAST_SAMPLES = 5;
/** Of what there is to gain over who looks at no column, a leak gives so much, */
const NEARLY_ALL = 0.97;
/** and so much of what all columns give. */
const OF_ALL = 0.95;

/**
 * Columns whose small tree, cross-validated, is nearly as good as the model of all columns, and nearly perfect.
 *
 * @param score - R2 or accuracy of the model
 * @param without - the same of who looks at no column
 */
export function leaksOf(
  features: readonly FeatureColumn[],
  { X: all, y: targets }: { readonly X: DataFrame; readonly y: readonly unknown[] },
  task: Task,
  seed: number,
  { score, without }: { readonly score: number; readonly without: number },
): readonly Leak[] {
  const gain = (each: number) => (each - without) / (1 - without);
  const least = Math.max(NEARLY_ALL, OF_ALL * gain(score));
  if (features.length < 2 || features.length > MOST_COLUMNS || without >= 1 || gain(score) < NEARLY_ALL) return [];
  const rows = new RandomState(seed).permutation(targets.length).slice(0, MOST_ROWS).sort();
  const X = rowsAt(all, rows) as DataFrame;
  const y = Array.from(rows, (row) => targets[row]);
  const folds = foldsOf(y, task, seed);
  const found = features.flatMap(({ name, type, of }, at): Leak[] => {
    // Everybody knows what month it is.
    if (of !== undefined) return [];
    const column = type === "numeric" ? numbersOf(X, at) : codesOf(X, at);
    const own = crossValidated(column, y, folds, task);
    return gain(own) >= least ? [{ name, score: own }] : [];
  });
  return found.sort((one, other) => other.score - one.score);
}

/** Numbers of a column; below all of them where one is missing. */
function numbersOf(X: DataFrame, at: number): Float64Array {
  const numbers = X.series[at]!.values.toFloat64();
  const least = numbers.reduce((low, value) => (value < low ? value : low), 0) - 1;
  return numbers.map((value) => (Number.isNaN(value) ? least : value));
}

function codesOf(X: DataFrame, at: number): Float64Array {
  const rows = X.series[at]!.values.flat().map((value) => [value]);
  const encoder = new OrdinalEncoder({ encodedMissingValue: -1 }).fit(rows);
  return (encoder.transform(rows) as NdArray).toFloat64();
}

function crossValidated(
  column: Float64Array,
  y: readonly unknown[],
  folds: ReturnType<typeof foldsOf>,
  task: Task,
): number {
  const X = NdArray.of(column, [column.length, 1]);
  const leaves = task === "regression" ? MOST_LEAVES : Math.max(MOST_LEAVES, 2 * new Set(y).size);
  const given = { maxLeafNodes: leaves, minSamplesLeaf: Math.min(LEAST_SAMPLES, Math.ceil(y.length / leaves)) };
  const tree: Trainer =
    task === "regression"
      ? new DecisionTreeRegressor({ ...given, randomState: 0 })
      : new DecisionTreeClassifier({ ...given, randomState: 0 });
  const scores = crossValScore(tree, X, y, folds);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
