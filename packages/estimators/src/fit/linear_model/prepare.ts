/** @module Rows and targets as linear regressors solve them (`sklearn.linear_model._base._preprocess_data`). */

import { NdArray } from "@curtido/arrays";
import type { Block, MatrixMemory } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { areFinite, numericTarget, sharedNumbersOf, type Table, type Target, tableOfRows } from "../base/data.ts";
import type { Attributes } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";

/** Targets of one or several columns. */
export interface LinearTargets {
  /** `[rows, count]`, row-major. */
  readonly values: Float64Array;
  readonly count: number;
  /** Whether they came as a vector. */
  readonly flat: boolean;
}

/** Targets that are finite numbers: a vector, or a matrix with one row for each row. */
export function numericTargets(y: Target | undefined, rows: number, className: string): LinearTargets {
  const array = asMatrix(y);
  if (y instanceof Float64Array && y.length === rows && areFinite(y)) return { values: y, count: 1, flat: true };
  if (array === undefined) return { values: numericTarget(y, rows, className), count: 1, flat: true };
  const [found, count] = array.shape as readonly [number, number];
  if (found !== rows || count === 0)
    throw featureError([{ detail: `there are ${rows} rows and ${found} targets of ${count} columns` }]);
  return { values: numericTarget(array.flat(), rows * count, className), count, flat: false };
}

/** A matrix of targets, given as an array or as a list of lists. */
function asMatrix(y: Target | undefined): NdArray | undefined {
  if (y instanceof NdArray) return y.ndim === 2 ? y : undefined;
  if (!Array.isArray(y) || !Array.isArray(y[0])) return undefined;
  const width = y[0].length;
  const odd = (y as unknown[]).findIndex((each) => !Array.isArray(each) || each.length !== width);
  if (odd >= 0) throw featureError([{ row: odd, detail: "all rows of targets have the same length" }]);
  return NdArray.objects((y as unknown[][]).flat(), [y.length, width]);
}

/** What is to be solved: means are still to be taken off rows, weights are still to be multiplied in. */
export interface LinearProblem {
  readonly table: Table;
  /** `[rows, width]`, row-major, as they were given. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly width: number;
  /** Targets less their means, times the roots of the weights, `[rows, targets]`. */
  readonly y: Float64Array;
  readonly targets: number;
  readonly flat: boolean;
  /** The weighted means of features and targets; all 0 without an intercept. */
  readonly means: Float64Array;
  readonly targetMeans: Float64Array;
  /** The square roots of weights. */
  readonly roots: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
}

/** How the problem is read. */
export interface Preparation {
  readonly intercept: boolean;
  /** Whether targets are multiplied with the roots of weights. */
  readonly scales?: boolean;
}

/** Reads rows, targets and weights. */
export function prepare(
  X: Rows,
  y: Target | undefined,
  options: FitOptions | undefined,
  className: string,
  { intercept, scales = true }: Preparation,
): LinearProblem {
  const table = tableOfRows(X);
  const [rows, width] = shapeOf(table);
  const data = sharedNumbersOf(table);
  const { values, count, flat } = numericTargets(y, rows, className);
  const weights = sampleWeights(options, rows);
  const means = intercept ? meansOf(data, rows, width, weights) : new Float64Array(width);
  const targetMeans = intercept ? meansOf(values, rows, count, weights) : new Float64Array(count);
  const roots = scales ? weights?.map(Math.sqrt) : undefined;
  const centered = values.map((value, at) => {
    const less = value - targetMeans[at % count]!;
    return roots === undefined ? less : less * roots[Math.floor(at / count)]!;
  });
  return { table, data, rows, width, y: centered, targets: count, flat, means, targetMeans, roots, weights };
}

/** The weighted means of columns: rows are added one after another. */
function meansOf(data: Float64Array, rows: number, width: number, weights: Float64Array | undefined): Float64Array {
  const sums = new Float64Array(width);
  let total = weights === undefined ? rows : 0;
  for (let row = 0, at = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weights !== undefined) total += weight;
    for (let column = 0; column < width; column++, at++) sums[column]! += weight * data[at]!;
  }
  return sums.map((sum) => sum / total);
}

/** Brings blocks of rows into a memory, less their means, times their roots, row-major. */
export class CenteredBlocks {
  readonly #problem: LinearProblem;
  readonly #memory: MatrixMemory;
  readonly #means: Block;
  readonly #roots: Block;

  /** Elements that the memory must have to spare. */
  static spare(width: number, size: number): number {
    return width + size + 2;
  }

  /** @param size - the most rows of a block */
  constructor(problem: LinearProblem, memory: MatrixMemory, size: number) {
    this.#problem = problem;
    this.#memory = memory;
    this.#means = memory.take(problem.width);
    this.#means.data.set(problem.means);
    this.#roots = memory.take(size);
  }

  /** Writes rows `from` to `to`. */
  write(from: number, to: number, out: Block): void {
    const { data, width, roots } = this.#problem;
    out.data.set(data.subarray(from * width, to * width));
    if (roots !== undefined) this.#roots.data.set(roots.subarray(from, to));
    const scales = roots === undefined ? undefined : this.#roots.at;
    this.#memory.operations.center(out.at, to - from, width, this.#means.at, scales);
  }
}

/** Writes rows `from` to `to` less their means, times their roots, row-major. */
export function centeredRows(problem: LinearProblem, from: number, to: number, out: Float64Array): void {
  const { data, width, means, roots } = problem;
  for (let row = from, at = 0; row < to; row++) {
    const root = roots === undefined ? 1 : roots[row]!;
    const start = row * width;
    for (let column = 0; column < width; column++, at++) out[at] = (data[start + column]! - means[column]!) * root;
  }
}

/** The attributes `coef_` and `intercept_`, which comes last in the state. */
export function coefficientAttributes(
  problem: LinearProblem,
  coefficients: Float64Array,
  intercept: boolean,
): { readonly coef: Attributes[number]; readonly intercept: Attributes[number] } {
  const { width, targets, flat, means, targetMeans } = problem;
  const coef = NdArray.of(coefficients, flat ? [width] : [targets, width]);
  const offsets = targetMeans.map((mean, target) => {
    let sum = 0;
    for (let feature = 0; feature < width; feature++) sum += means[feature]! * coefficients[target * width + feature]!;
    return mean - sum;
  });
  const offset = flat ? NdArray.of(offsets, []).asScalar() : NdArray.of(offsets);
  return { coef: ["coef_", coef], intercept: ["intercept_", intercept ? offset : float(0)] };
}
