/** @module Transforms that remember what training was like: means, deviations, knots, and the polynomials of its values. */

import { sumOf } from "../base/math.ts";
import type { Columns } from "./values.ts";

/** What a transform remembers. */
export type Memory = Float64Array;

/** The mean of some values, and their deviation; `ddof` is what is taken off their number. */
export function scaling(x: Float64Array, ddof: number): Memory {
  const mean = sumOf(x, 0, x.length) / x.length;
  const squares = x.map((value) => (value - mean) ** 2);
  return Float64Array.of(mean, Math.sqrt(sumOf(squares, 0, x.length) / (x.length - ddof)));
}

/** The coefficients of the recurrence that makes polynomials orthogonal over some values: a middle and a norm for each. */
export function recurrence(x: Float64Array, degree: number): Memory {
  const memory = new Float64Array(2 * (degree + 1));
  let before = new Float64Array(x.length);
  let current = new Float64Array(x.length).fill(1);
  for (let k = 0; k <= degree; k++) {
    const squares = current.map((value) => value * value);
    const norm = sumOf(squares, 0, x.length);
    const middle =
      sumOf(
        squares.map((value, at) => value * x[at]!),
        0,
        x.length,
      ) / norm;
    memory[2 * k] = middle;
    memory[2 * k + 1] = norm;
    const beta = k === 0 ? 0 : norm / memory[2 * k - 1]!;
    const next = current.map((value, at) => (x[at]! - middle) * value - beta * before[at]!);
    [before, current] = [current, next];
  }
  return memory;
}

/** Orthonormal polynomials by their recurrence, of the first degree to the last; see {@link recurrence}. */
export function polynomials(x: Float64Array, memory: Memory): Columns {
  const degree = memory.length / 2 - 1;
  const data: Float64Array[] = [];
  let before = new Float64Array(x.length);
  let current = new Float64Array(x.length).fill(1);
  for (let k = 0; k < degree; k++) {
    const beta = k === 0 ? 0 : memory[2 * k + 1]! / memory[2 * k - 1]!;
    const next = current.map((value, at) => (x[at]! - memory[2 * k]!) * value - beta * before[at]!);
    [before, current] = [current, next];
    const norm = Math.sqrt(memory[2 * k + 3]!);
    data.push(next.map((value) => value / norm));
  }
  return { kind: "columns", names: data.map((_, at) => `${at + 1}`), data };
}

/** How a spline is asked for. */
export interface SplineOptions {
  readonly df: number | undefined;
  readonly knots: readonly number[] | undefined;
  readonly degree: number;
  readonly intercept: boolean;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** All knots of a spline: inner ones at quantiles of the values unless they are given, the bounds once more than the degree. */
export function knotsOf(values: Float64Array, options: SplineOptions): Memory {
  const { df, knots, degree, intercept, lower, upper } = options;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = lower ?? sorted[0] ?? Number.NaN;
  const high = upper ?? sorted.at(-1) ?? Number.NaN;
  const count = df === undefined ? 0 : df - degree - (intercept ? 1 : 0);
  const inner =
    knots ?? Array.from({ length: Math.max(0, count) }, (_, at) => quantile(sorted, (at + 1) / (count + 1)));
  const edge = (value: number) => new Array<number>(degree + 1).fill(value);
  return Float64Array.from([...edge(low), ...[...inner].sort((a, b) => a - b), ...edge(high)]);
}

/** numpy's quantile, between neighbours in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const at = Math.floor(place);
  const [low, high] = [sorted[at]!, sorted[Math.min(at + 1, sorted.length - 1)]!];
  const part = place - at;
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/**
 * The basis of a spline at some points, by the recursion of Cox and de Boor; NaN outside its bounds.
 *
 * @param first - the number of the first column's name: patsy counts what is left from 0, formulaic leaves out the first
 */
export function basis(x: Float64Array, knots: Memory, degree: number, intercept: boolean, first: number): Columns {
  const count = knots.length - degree - 1;
  const data = Array.from({ length: count }, () => new Float64Array(x.length));
  const row = new Float64Array(knots.length - 1);
  const [low, high] = [knots[0]!, knots.at(-1)!];
  for (let at = 0; at < x.length; at++) {
    const value = x[at]!;
    const inside = value >= low && value <= high;
    if (inside) splineRow(value, knots, degree, row);
    for (let column = 0; column < count; column++) data[column]![at] = inside ? row[column]! : Number.NaN;
  }
  const kept = intercept ? data : data.slice(1);
  return { kind: "columns", names: kept.map((_, at) => `${first + at}`), data: kept };
}

function splineRow(value: number, knots: Memory, degree: number, row: Float64Array): void {
  const last = knots.length - degree - 2;
  for (let i = 0; i < row.length; i++)
    row[i] = Number(value >= knots[i]! && (value < knots[i + 1]! || (i === last && value === knots[i + 1]!)));
  for (let d = 1; d <= degree; d++) {
    for (let i = 0; i < row.length - d; i++) {
      const left = knots[i + d]! - knots[i]!;
      const right = knots[i + d + 1]! - knots[i + 1]!;
      row[i] =
        (left === 0 ? 0 : ((value - knots[i]!) / left) * row[i]!) +
        (right === 0 ? 0 : ((knots[i + d + 1]! - value) / right) * row[i + 1]!);
    }
  }
}
