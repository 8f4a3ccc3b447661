/** @module How a categorical factor's levels become numbers: the contrasts of patsy and formulaic, by the names of their columns. */

/** A column of a coding: a weight for each level. */
export type Weights = Float64Array;

/** Which contrast, and the level that it treats apart. */
export interface Contrast {
  readonly kind: "treatment" | "sum" | "helmert" | "poly" | "diff";
  /** The place of the level that has no column of its own, where that was asked for. */
  readonly apart?: number;
  /** Scores of a polynomial; 0, 1, 2 ... unless given. */
  readonly scores?: Float64Array;
}

/**
 * The column of a coding that a name means, of `levels` texts; `undefined` when it means none.
 *
 * A name without a prefix is the level's indicator, in every contrast of full rank.
 *
 * @param siblings - the names of all columns of the factor: differences of full rank are told by their last one
 * @example
 * weightsOf("S.a", ["a", "b"], { kind: "sum" }, new Set()); // Float64Array [1, -1]
 */
export function weightsOf(
  name: string,
  levels: readonly string[],
  contrast: Contrast,
  siblings: ReadonlySet<string>,
): Weights | undefined {
  const count = levels.length;
  const named = (prefix: string) => (name.startsWith(prefix) ? levels.indexOf(name.slice(prefix.length)) : -1);
  if (name === "mean" || name === "H.intercept" || name === ".Constant") return new Float64Array(count).fill(1);
  const indicated = named("T.") >= 0 && contrast.kind === "treatment" ? named("T.") : levels.indexOf(name);
  if (indicated >= 0) return weights(count, (level) => Number(level === indicated));
  if (contrast.kind === "sum") {
    const [at, apart] = [named("S."), contrast.apart ?? count - 1];
    return at < 0 ? undefined : weights(count, (level) => (level === apart ? -1 : Number(level === at)));
  }
  if (contrast.kind === "helmert") {
    const at = named("H.");
    return at < 1 ? undefined : weights(count, (level) => (level < at ? -1 : level === at ? at : 0));
  }
  if (contrast.kind === "diff") return difference(named("D."), count, siblings.has(`D.${levels[count - 1]}`));
  return contrast.kind === "poly" ? polynomial(degreeOf(name), count, contrast.scores) : undefined;
}

/** Each level against the one before it (`patsy.Diff`). */
function difference(named: number, count: number, full: boolean): Weights | undefined {
  if (named < 0) return undefined;
  if (full && named === 0) return new Float64Array(count).fill(1);
  const at = full ? named - 1 : named;
  return weights(count, (level) => (level <= at ? at + 1 - count : at + 1) / count);
}

const DEGREES: readonly (readonly string[])[] = [
  [".Linear", ".L"],
  [".Quadratic", ".Q"],
  [".Cubic", ".C"],
];

function degreeOf(name: string): number {
  const at = DEGREES.findIndex((names) => names.includes(name));
  if (at >= 0) return at + 1;
  return /^\^\d{1,3}$/.test(name) ? Number(name.slice(1)) : 0;
}

/** Orthonormal polynomials of the scores, by the recurrence of three terms. */
function polynomial(degree: number, count: number, scores: Float64Array | undefined): Weights | undefined {
  if (degree < 1 || degree >= count || (scores !== undefined && scores.length !== count)) return undefined;
  const x = scores ?? weights(count, (level) => level);
  let before = new Float64Array(count);
  let current = new Float64Array(count).fill(1);
  let normBefore = 1;
  for (let k = 0; k < degree; k++) {
    const norm = current.reduce((sum, value) => sum + value * value, 0);
    const middle = current.reduce((sum, value, at) => sum + x[at]! * value * value, 0) / norm;
    const beta = k === 0 ? 0 : norm / normBefore;
    const next = current.map((value, at) => (x[at]! - middle) * value - beta * before[at]!);
    [before, current, normBefore] = [current, next, norm];
  }
  const length = Math.sqrt(current.reduce((sum, value) => sum + value * value, 0));
  return current.map((value) => value / length);
}

function weights(count: number, of: (level: number) => number): Weights {
  return Float64Array.from({ length: count }, (_, level) => of(level));
}
