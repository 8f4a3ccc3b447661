/** @module One machine for two classes (`svm_train_one` in libsvm). */

import type { SupportRules, SupportSpace } from "@curtido/kernels";

/** Rows of several classes that are to be told apart. */
export interface PairProblem {
  readonly space: SupportSpace;
  readonly rules: SupportRules;
  /** The rows of each class, in their order. */
  readonly groups: readonly Int32Array[];
  /** The most that a row of each class may weigh: C times the weight of the class. */
  readonly limits: readonly number[];
  /** How much each row of the table counts; all 1 without it. */
  readonly weights: Float64Array | undefined;
  /** The share of rows within the margin, instead of C. */
  readonly nu: number | undefined;
  /** The seed of the draws for probabilities; without it there are none. */
  readonly seed: number | undefined;
}

/** A machine for two classes: weights of the rows of the first, then of the second. */
export interface PairMachine {
  readonly weights: Float64Array;
  readonly threshold: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Trains one machine for two classes; the first is positive. */
export function trainPair(
  { space, rules, weights, nu }: PairProblem,
  [first, second]: readonly [Int32Array, Int32Array],
  [limit, otherLimit]: readonly [number, number],
): PairMachine {
  const count = first.length + second.length;
  const rows = new Int32Array(count);
  rows.set(first);
  rows.set(second, first.length);
  const signs = new Float64Array(count).fill(-1).fill(1, 0, first.length);
  const bounds = Float64Array.from(rows, (row, at) => (weights?.[row] ?? 1) * (at < first.length ? limit : otherLimit));
  if (nu !== undefined) return trainLevel(space, rules, rows, signs, bounds, nu);
  const problem = { rows, signs, linear: new Float64Array(count).fill(-1), bounds };
  const { alphas, ...rest } = space.solve(problem, rules);
  return { weights: alphas.map((alpha, at) => alpha * signs[at]!), ...rest };
}

/** Trains a machine with `nu`: half of that share of all bounds goes to the first rows of each sign, and is moved from there. */
function trainLevel(
  space: SupportSpace,
  rules: SupportRules,
  rows: Int32Array,
  signs: Float64Array,
  bounds: Float64Array,
  nu: number,
): PairMachine {
  const share = bounds.reduce((sum, bound) => sum + nu * bound, 0) / 2;
  const rest = [share, share];
  const initial = bounds.map((bound, at) => {
    const side = signs[at]! > 0 ? 0 : 1;
    const taken = Math.min(bound, rest[side]!);
    rest[side]! -= taken;
    return taken;
  });
  const linear = new Float64Array(rows.length);
  const { alphas, threshold, margin, ...found } = space.solve(
    { rows, signs, linear, bounds, initial, level: true },
    rules,
  );
  return {
    weights: alphas.map((alpha, at) => alpha * (signs[at]! / margin)),
    threshold: threshold / margin,
    ...found,
  };
}
