/** @module One machine for each pair of classes, and what they have in common (`svm_train` in libsvm). */

import { RandomState } from "@curtido/kernels";
import { type PairMachine, type PairProblem, trainPair } from "./pair.ts";
import { plattScaling, type Scaling } from "./platt.ts";

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
