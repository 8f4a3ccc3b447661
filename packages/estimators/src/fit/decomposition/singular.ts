/** @module Singular values and vectors of centered rows, all of them or the greatest ones by random projections. */

import { NdArray } from "@curtido/arrays";
import { dot, matmul, type RandomState } from "@curtido/kernels";
import { decompose } from "../linear_model/least_squares.ts";

/** Rows less their means. */
export interface CenteredRows {
  /** `[rows, width]`, row-major, as they were given. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly means: Float64Array;
}

/** Singular values, the greatest first, and the directions of the rows that go with them, `[values, width]`. */
export interface SingularParts {
  readonly values: Float64Array;
  readonly directions: Float64Array;
}

/** All singular values and directions. The sign of a direction is such that its greatest element is positive. */
export function singularParts({ data, rows, width, means }: CenteredRows): SingularParts {
  const found = decompose({
    table: NdArray.of(data, [rows, width]),
    data,
    rows,
    width,
    y: new Float64Array(0),
    targets: 0,
    flat: false,
    means,
    targetMeans: new Float64Array(0),
    roots: undefined,
    weights: undefined,
  });
  const order = Array.from(found.values.keys()).sort((one, other) => found.values[other]! - found.values[one]!);
  const directions = new Float64Array(order.length * width);
  order.forEach((from, to) => {
    const value = found.values[from]!;
    if (value > 0) {
      for (let k = 0; k < width; k++) directions[to * width + k] = found.vectors[from * width + k]! / value;
    } else complete(directions, to, width);
    orient(directions, to * width, width);
  });
  return { values: Float64Array.from(order, (at) => found.values[at]!), directions };
}

/** A direction that is orthogonal to those before, where the matrix has no more. */
function complete(directions: Float64Array, count: number, width: number): void {
  const from = count * width;
  for (let unit = 0; unit < width; unit++) {
    directions.fill(0, from, from + width);
    directions[from + unit] = 1;
    // Twice: once leaves what rounding makes of nearly parallel vectors.
    for (let round = 0; round < 2; round++) removeBefore(directions, count, width);
    const length = Math.sqrt(dot(directions, from, directions, from, width));
    if (length < 1e-3) continue;
    for (let k = from; k < from + width; k++) directions[k]! /= length;
    return;
  }
}

function removeBefore(vectors: Float64Array, count: number, width: number): void {
  const at = count * width;
  for (let other = 0; other < count; other++) {
    const share = dot(vectors, at, vectors, other * width, width);
    for (let k = 0; k < width; k++) vectors[at + k]! -= share * vectors[other * width + k]!;
  }
}

/** Turns a direction so that its element of the greatest size is positive (`svd_flip` by its second matrix). */
function orient(directions: Float64Array, from: number, width: number): void {
  let most = from;
  for (let k = from; k < from + width; k++) if (Math.abs(directions[k]!) > Math.abs(directions[most]!)) most = k;
  if (directions[most]! < 0) for (let k = from; k < from + width; k++) directions[k] = -directions[k]!;
}

/** How the greatest singular values are searched for (`sklearn.utils.extmath.randomized_svd`). */
export interface RandomSearch {
  readonly count: number;
  /** Directions beyond those that are asked for. */
  readonly more: number;
  /** Rounds of multiplication with the matrix; `undefined` for as many as scikit-learn takes. */
  readonly rounds: number | undefined;
  readonly random: RandomState;
}

/** The greatest singular values and directions (Halko, Martinsson and Tropp 2011). */
export function randomParts(matrix: CenteredRows, { count, more, rounds, random }: RandomSearch): SingularParts {
  const { data, rows, width, means } = matrix;
  const centered = data.map((value, at) => value - means[at % width]!);
  const least = Math.min(rows, width);
  const times = rounds ?? (count < 0.1 * least ? 7 : 4);
  const isWide = rows < width;
  const turned = transposed(centered, rows, width);
  // The tall one of the matrix and its transposed.
  const [tall, wide] = isWide ? [turned, centered] : [centered, turned];
  const [height, narrow] = isWide ? [width, rows] : [rows, width];
  const size = count + more;
  let basis: Float64Array = Float64Array.from({ length: narrow * size }, () => random.standardNormal());
  let columns = size;
  for (let round = 0; round <= times; round++) {
    const range = orthonormal(product(tall, height, narrow, basis, columns), height, columns);
    [basis, columns] = [range.basis, range.count];
    if (round === times) break;
    const back = orthonormal(product(wide, narrow, height, basis, columns), narrow, columns);
    [basis, columns] = [back.basis, back.count];
  }
  const projected = product(transposed(basis, height, columns), columns, height, tall, narrow);
  const parts = singularParts({ data: projected, rows: columns, width: narrow, means: new Float64Array(narrow) });
  const values = new Float64Array(count);
  values.set(parts.values.subarray(0, count));
  const known = Math.min(count, parts.values.length);
  const found = parts.directions.slice(0, known * narrow);
  // Directions of the transposed are those of the rows once they are projected back.
  const directions = new Float64Array(count * width);
  directions.set(isWide ? product(found, known, narrow, centered, width) : found);
  for (let at = 0; at < count; at++) {
    if (isWide && values[at]! > 0) for (let k = 0; k < width; k++) directions[at * width + k]! /= values[at]!;
    if (at >= known) complete(directions, at, width);
    orient(directions, at * width, width);
  }
  return { values, directions };
}

function product(a: Float64Array, rows: number, inner: number, b: Float64Array, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  matmul(a, rows, inner, b, columns, out);
  return out;
}

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = a[row * columns + column]!;
  return out;
}

/** An orthonormal basis of the columns of a matrix, by Gram and Schmidt's method, twice for each column. */
function orthonormal(a: Float64Array, rows: number, columns: number) {
  const vectors = transposed(a, rows, columns);
  let count = 0;
  for (let column = 0; column < columns; column++) {
    vectors.copyWithin(count * rows, column * rows, (column + 1) * rows);
    const before = Math.sqrt(dot(vectors, count * rows, vectors, count * rows, rows));
    for (let round = 0; round < 2; round++) removeBefore(vectors, count, rows);
    const length = Math.sqrt(dot(vectors, count * rows, vectors, count * rows, rows));
    if (!(length > 1e-14 * before)) continue;
    for (let k = count * rows; k < (count + 1) * rows; k++) vectors[k]! /= length;
    count++;
  }
  return { basis: transposed(vectors.slice(0, count * rows), count, rows), count };
}
