/**
 * @module Least squares as LAPACK's `gelsd` answers: of several solutions the one with the least coefficients, and singular
 * values. Rows are brought into a triangle by Householder's reflections, block by block, and the triangle is made orthogonal
 * by one-sided Jacobi rotations (Golub and Van Loan, sections 5.2 and 8.6).
 */

import { type Block, MatrixMemory } from "@curtido/kernels";
import { featureError } from "../../base/errors.ts";
import { CenteredBlocks, centeredRows, type LinearProblem } from "./prepare.ts";

/** Elements of a block of rows, and how many rows it has: it is to stay in the nearest cache. */
const BLOCK_ELEMENTS = 3072;
const LEAST_BLOCK = 16;
const MOST_BLOCK = 512;
/** Rounds of rotations; a dozen are enough for any matrix. */
const MOST_ROUNDS = 60;
/** Cosines between vectors that count as orthogonal. */
const ORTHOGONAL = 2 ** -51;

/** The rows in the directions of singular vectors: `vectors[i] = values[i] * unit vector`, and the targets there. */
export interface Decomposition {
  /** Singular values in no order. */
  readonly values: Float64Array;
  /** `[count, width]` */
  readonly vectors: Float64Array;
  /** `[count, targets]` */
  readonly right: Float64Array;
  readonly width: number;
  readonly targets: number;
}

/** A triangle with the Gram matrix of the rows, and what becomes of the targets: `[width, width + targets]`. */
export function triangleOf(problem: LinearProblem): Float64Array {
  const { rows, width, targets, y } = problem;
  const columns = width + targets;
  const wanted = Math.floor(BLOCK_ELEMENTS / columns / 4) * 4;
  const size = Math.min(Math.max(LEAST_BLOCK, wanted), MOST_BLOCK);
  const memory = new MatrixMemory((width + 2 * size) * columns + CenteredBlocks.spare(width, size) + 8);
  const triangle = memory.take(width * columns);
  const block = memory.take(size * columns);
  const rowMajor = memory.take(size * width);
  const blocks = new CenteredBlocks(problem, memory, size);
  for (let from = 0; from < rows; from += size) {
    const to = Math.min(from + size, rows);
    if (to - from < size) block.data.fill(0);
    blocks.write(from, to, rowMajor);
    memory.operations.transpose(rowMajor.at, to - from, width, block.at, size);
    for (let row = from, at = from * targets; row < to; row++) {
      for (let target = 0; target < targets; target++, at++) block.data[(width + target) * size + row - from] = y[at]!;
    }
    memory.operations.reduce(triangle.at, block.at, size, width, columns);
  }
  return triangle.data.slice();
}

/** Singular values and vectors of the rows of a problem. */
export function decompose(problem: LinearProblem): Decomposition {
  const { rows, width, targets } = problem;
  const count = Math.min(rows, width);
  const memory = new MatrixMemory(count * (width + targets + 1) + 4);
  const vectors = memory.take(count * width);
  const right = memory.take(count * targets);
  const norms = memory.take(count);
  if (rows < width) {
    centeredRows(problem, 0, rows, vectors.data);
    right.data.set(problem.y);
  } else split(triangleOf(problem), width, targets, vectors, right);
  if (!vectors.data.every(Number.isFinite) || !right.data.every(Number.isFinite))
    throw featureError([{ detail: "rows or targets are too large: sums of their squares are not finite" }]);
  const { operations } = memory;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const turned = operations.orthogonalize(vectors.at, count, width, right.at, targets, norms.at, ORTHOGONAL);
    if (turned === 0) break;
  }
  return { values: norms.data.map(Math.sqrt), vectors: vectors.data, right: right.data, width, targets };
}

function split(triangle: Float64Array, width: number, targets: number, vectors: Block, right: Block): void {
  const columns = width + targets;
  for (let row = 0; row < width; row++) {
    vectors.data.set(triangle.subarray(row * columns, row * columns + width), row * width);
    right.data.set(triangle.subarray(row * columns + width, (row + 1) * columns), row * targets);
  }
}

/**
 * Coefficients `[targets, width]`: each direction with its share `1 / (value^2 + alpha)`.
 *
 * @param least - directions whose singular value is not above this are left out
 * @param alphas - one for each target
 */
export function coefficientsOf(found: Decomposition, least: number, alphas?: Float64Array): Float64Array {
  const { values, vectors, right, width, targets } = found;
  const out = new Float64Array(targets * width);
  values.forEach((value, i) => {
    if (!(value > least)) return;
    for (let target = 0; target < targets; target++) {
      const share = right[i * targets + target]! / value / (value + (alphas?.[target] ?? 0) / value);
      for (let k = 0; k < width; k++) out[target * width + k]! += share * vectors[i * width + k]!;
    }
  });
  return out;
}
