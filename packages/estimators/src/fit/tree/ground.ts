/** @module What trees and forests learn from: columns, targets and weights, read and checked. */

import { type FeatureColumns, pairwiseSum, TreeGrower, type TreeRules } from "@curtido/kernels";
import { estimatorError, featureError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import { type Labels, labelsOf, numericTarget, type Table, type Target, tableOfRows } from "../base/data.ts";
import type { TrainerSpec } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";
import { treeColumns } from "./columns.ts";
import type { Grounds } from "./parameters.ts";

/** Sums below this are exact as long as what they add up is whole. */
const MOST_EXACT = 2 ** 53;

/** A class of trees, or the class that a forest's trees have. */
export interface TreeSpec extends TrainerSpec {
  /** How it splits unless it is told otherwise. */
  readonly splitter: "best" | "random";
}

/** Rows, targets and weights. */
export interface Ground {
  readonly table: Table;
  readonly columns: FeatureColumns;
  /** `undefined` for regressors. */
  readonly labels: Labels | undefined;
  readonly y: Float64Array | Int32Array;
  /** How many classes there are; 0 for numbers. */
  readonly classes: number;
  /** As they were given; `undefined` when every row counts the same. */
  readonly weights: Float64Array | undefined;
}

/**
 * Reads what is learned from.
 *
 * @param className - whose fit this is
 * @param missing - whether values may be missing
 * @throws CurtidoError E_FEATURES when rows, targets and weights are not what trees learn from
 */
export function groundOf(
  { task }: Pick<TreeSpec, "task">,
  className: string,
  X: Rows,
  y: Target | undefined,
  options: FitOptions | undefined,
  missing = true,
): Ground {
  const table = tableOfRows(X);
  const columns = treeColumns(table, missing);
  const weights = sampleWeights(options, columns.rows);
  if (task !== "classification") {
    const target = numericTarget(y, columns.rows, className);
    return { table, columns, labels: undefined, y: target, classes: 0, weights };
  }
  const labels = labelsOf(y, columns.rows, className);
  return { table, columns, labels, y: labels.encoded, classes: labels.classes.size, weights };
}

/**
 * Refuses targets that a criterion is not for.
 *
 * @throws CurtidoError E_FEATURES
 */
export function checkTargets(parameters: ReadonlyMap<string, unknown>, { y }: Ground): void {
  if (parameters.get("criterion") !== "poisson") return;
  const negative = y.findIndex((value) => value < 0);
  if (negative >= 0)
    throw featureError([{ row: negative, detail: "the criterion 'poisson' wants targets that are not negative" }]);
  if (y.every((value) => value === 0))
    throw featureError([{ detail: "the criterion 'poisson' wants targets whose sum is positive" }]);
}

/**
 * What the rules of growth follow from.
 *
 * @param weights - what the trees count rows with; `undefined` for whole numbers
 * @param total - what those sum up to
 */
export function groundsOf({ columns, y, classes }: Ground, weights: Float64Array | undefined, total: number): Grounds {
  const { rows, width } = columns;
  const exact = weights === undefined || weights.every(Number.isInteger);
  return { rows, width, classes, exact: exact && (classes > 0 || areWhole(y, total)) };
}

function areWhole(y: ArrayLike<number>, total: number): boolean {
  let most = 0;
  for (let row = 0; row < y.length; row++) {
    if (!Number.isInteger(y[row])) return false;
    most = Math.max(most, Math.abs(y[row]!));
  }
  return most * most * total < MOST_EXACT;
}

/** The weight of all rows, summed as numpy does; every row counts 1 without weights. */
export function weightOf(weights: Float64Array | undefined, rows: number): number {
  return weights === undefined ? rows : pairwiseSum(weights);
}

/**
 * What grows trees from a table.
 *
 * @throws CurtidoError E_LIMIT when there is not the memory for it
 */
export function growerOf(columns: FeatureColumns, rules: TreeRules): TreeGrower {
  return withinMemory(() => new TreeGrower(columns, rules));
}

/** Runs what grows trees; says so when memory runs out. */
export function withinMemory<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw estimatorError("E_LIMIT", `there is not the memory to grow trees from this table: ${error.message}`);
  }
}
