/** @module One machine for each pair of classes, and what they have in common (`svm_train` in libsvm). */

import { RandomState, type SupportRules, type SupportSpace } from "@curtido/kernels";
import { plattScaling, type Scaling } from "./platt.ts";

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

/** What is kept of all machines. */
export interface PairMachines {
  /** The rows of the vectors, class by class. */
  readonly vectors: Int32Array;
  /** How many vectors each class has. */
  readonly counts: Int32Array;
  /** `[classes - 1, vectors]`: a class's weights against each other class. */
  readonly coefficients: Float64Array;
  readonly thresholds: Float64Array;
  readonly iterations: Int32Array;
  readonly converged: boolean;
  readonly scalings: readonly Scaling[];
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

/** Trains a machine for each pair of classes. */
export function trainPairs(problem: PairProblem): PairMachines {
  const { groups, limits, seed } = problem;
  const machines: PairMachine[] = [];
  const scalings: Scaling[] = [];
  const draws = seed === undefined ? undefined : { seed, random: new RandomState(seed), converged: true };
  for (let i = 0; i < groups.length; i++) {
    for (let j = i + 1; j < groups.length; j++) {
      const pair = [groups[i]!, groups[j]!] as const;
      const bounds = [limits[i]!, limits[j]!] as const;
      if (draws !== undefined) scalings.push(plattScaling(problem, pair, bounds, draws));
      machines.push(trainPair(problem, pair, bounds));
    }
  }
  return {
    ...joined(groups, machines),
    thresholds: Float64Array.from(machines, ({ threshold }) => threshold),
    iterations: Int32Array.from(machines, ({ iterations }) => iterations),
    converged: machines.every(({ converged }) => converged) && draws?.converged !== false,
    scalings,
  };
}

/** The vectors of all machines side by side, with their weights in each. */
function joined(groups: readonly Int32Array[], machines: readonly PairMachine[]) {
  const used = groups.map((group) => new Uint8Array(group.length));
  eachPair(groups, machines, (i, weights) => {
    weights.forEach((weight, at) => {
      if (weight !== 0) used[i]![at] = 1;
    });
  });
  const kept = groups.map((group, i) => group.filter((_, at) => used[i]![at] === 1));
  const counts = Int32Array.from(kept, (rows) => rows.length);
  const vectors = Int32Array.from(kept.flatMap((rows) => [...rows]));
  const starts = counts.map((_, i) => counts.subarray(0, i).reduce((sum, count) => sum + count, 0));
  const coefficients = new Float64Array((groups.length - 1) * vectors.length);
  eachPair(groups, machines, (i, weights, other) => {
    const row = other > i ? other - 1 : other;
    coefficients.set(
      weights.filter((_, at) => used[i]![at] === 1),
      row * vectors.length + starts[i]!,
    );
  });
  return { vectors, counts, coefficients };
}

/** Both classes of each pair, with the weights of their rows there. */
function eachPair(
  groups: readonly Int32Array[],
  machines: readonly PairMachine[],
  see: (own: number, weights: Float64Array, other: number) => void,
): void {
  let pair = 0;
  for (let i = 0; i < groups.length; i++) {
    for (let j = i + 1; j < groups.length; j++) {
      const { weights } = machines[pair++]!;
      see(i, weights.subarray(0, groups[i]!.length), j);
      see(j, weights.subarray(groups[i]!.length), i);
    }
  }
}
