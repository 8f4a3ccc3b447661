/** @module The squares that coordinate descent makes small: of residuals of all rows, or by a Gram matrix. */

import { type Block, MatrixMemory } from "@curtido/kernels";
import { CenteredBlocks, type LinearProblem } from "./prepare.ts";

/** Half the squared residuals as a function of the coefficients; it keeps the coefficients that it is told of. */
export interface Quadratic {
  readonly width: number;
  /** The squared targets. */
  readonly squaredTargets: number;
  /** The squares of a feature. */
  curvature(feature: number): number;
  /** The inner product of a feature with the residuals. */
  slope(feature: number): number;
  /** Adds to a coefficient. */
  move(feature: number, by: number): void;
  /** The squared residuals, and their inner product with the targets. */
  residuals(coefficients: Float64Array): { readonly squares: number; readonly withTargets: number };
}

/** Rows of a block whose products are added up at once. */
const BLOCK = 256;

/** The centred features, column after column, which all targets share. */
export class DenseColumns {
  readonly rows: number;
  readonly width: number;
  readonly memory: MatrixMemory;
  readonly columns: Block;
  readonly targets: Block;
  readonly rest: Block;
  readonly squares: Float64Array;

  constructor(problem: LinearProblem) {
    const { rows, width } = problem;
    this.rows = rows;
    this.width = width;
    this.memory = new MatrixMemory((rows + BLOCK) * width + 2 * rows + CenteredBlocks.spare(width, BLOCK) + 6);
    this.columns = this.memory.take(rows * width);
    this.targets = this.memory.take(rows);
    this.rest = this.memory.take(rows);
    const block = this.memory.take(BLOCK * width);
    const blocks = new CenteredBlocks(problem, this.memory, BLOCK);
    for (let from = 0; from < rows; from += BLOCK) {
      const to = Math.min(from + BLOCK, rows);
      blocks.write(from, to, block);
      this.memory.operations.transpose(block.at, to - from, width, this.columns.at + from, rows);
    }
    this.squares = Float64Array.from({ length: width }, (_, k) => this.dot(this.column(k), this.column(k)));
  }

  column(feature: number): number {
    return this.columns.at + feature * this.rows;
  }

  dot(a: number, b: number): number {
    return this.memory.operations.dot(a, b, this.rows);
  }

  /** The problem of one target, with all coefficients 0. */
  quadratic(target: Float64Array): Quadratic {
    this.targets.data.set(target);
    this.rest.data.set(target);
    const { rest, squares, memory, rows } = this;
    return {
      width: this.width,
      squaredTargets: this.dot(this.targets.at, this.targets.at),
      curvature: (feature) => squares[feature]!,
      slope: (feature) => this.dot(this.column(feature), rest.at),
      move: (feature, by) => memory.operations.axpy(-by, this.column(feature), rest.at, rows),
      residuals: () => ({
        squares: this.dot(rest.at, rest.at),
        withTargets: this.dot(rest.at, this.targets.at),
      }),
    };
  }
}

/** The problem of one target by the Gram matrix of the features, with all coefficients 0. */
export function gramQuadratic(
  gram: Float64Array,
  products: Float64Array,
  width: number,
  squaredTargets: number,
): Quadratic {
  const image = new Float64Array(width);
  const along = (a: Float64Array, b: Float64Array) => a.reduce((sum, each, at) => sum + each * b[at]!, 0);
  return {
    width,
    squaredTargets,
    curvature: (feature) => gram[feature * width + feature]!,
    slope: (feature) => products[feature]! - image[feature]!,
    move: (feature, by) => {
      for (let k = 0, at = feature * width; k < width; k++, at++) image[k]! += by * gram[at]!;
    },
    residuals: (coefficients) => {
      const product = along(coefficients, products);
      return {
        squares: squaredTargets + along(coefficients, image) - 2 * product,
        withTargets: squaredTargets - product,
      };
    },
  };
}

/** The Gram matrix of the centred features, `[width, width]`, and their products with each target, `[targets, width]`. */
export function gramOf(problem: LinearProblem): { readonly gram: Float64Array; readonly products: Float64Array } {
  const { rows, width, targets, y } = problem;
  const spare = CenteredBlocks.spare(width, BLOCK);
  const memory = new MatrixMemory(BLOCK * (width + targets) + width * (width + targets) + spare + 8);
  const [x, right] = [memory.take(BLOCK * width), memory.take(BLOCK * targets)];
  const [gram, products] = [memory.take(width * width), memory.take(targets * width)];
  const { operations } = memory;
  const blocks = new CenteredBlocks(problem, memory, BLOCK);
  const b = { at: x.at, row: width, column: 1 };
  const turned = { at: x.at, row: 1, column: width };
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    blocks.write(from, to, x);
    right.data.set(y.subarray(from * targets, to * targets));
    operations.multiply(turned, b, { at: gram.at, row: width, column: 1 }, width, width, to - from, true);
    const sums = { at: products.at, row: width, column: 1 };
    operations.multiply({ at: right.at, row: 1, column: targets }, b, sums, targets, width, to - from, false);
  }
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) gram.data[i * width + j] = gram.data[j * width + i]!;
  return { gram: gram.data, products: products.data };
}
