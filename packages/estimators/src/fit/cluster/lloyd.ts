/** @module Clusters by the nearest center, over and over (Lloyd 1982; `sklearn.cluster._k_means_lloyd`). */

import { type ClusterSpace, pairwiseSum } from "@curtido/kernels";
import { inertiaOf, meansOf, shiftsOf } from "./distances.ts";

/** When clusters are good enough. */
export interface ClusterRules {
  readonly width: number;
  readonly mostIterations: number;
  /** Of the sum of the squares of how far the centers moved. */
  readonly tolerance: number;
}

/** Clusters, and the sum of squared distances to their centers. */
export interface Clusters {
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly iterations: number;
}

/** What one iteration does: new labels, new centers, and how far the centers moved. */
export interface ClusterStep {
  /** Assigns rows to the nearest of the centers, and gives the means. */
  update(centers: Float64Array): { readonly centers: Float64Array; readonly shifts: Float64Array };
  /** Assigns rows only. */
  assign(centers: Float64Array): void;
}

/** Iterates until labels stay, centers hardly move, or it is enough. */
export function iterate(space: ClusterSpace, step: ClusterStep, seeds: Float64Array, rules: ClusterRules): Clusters {
  let centers = seeds;
  let before: Int32Array | undefined;
  let isStable = false;
  let iterations = 0;
  while (iterations < rules.mostIterations && !isStable) {
    const moved = step.update(centers);
    centers = moved.centers;
    iterations++;
    const { labels } = space;
    isStable = before?.every((label, row) => label === labels[row]) === true;
    if (!isStable && pairwiseSum(moved.shifts.map((shift) => shift * shift)) <= rules.tolerance) break;
    before = labels.slice();
  }
  if (!isStable) step.assign(centers);
  return { centers, labels: space.labels.slice(), inertia: inertiaOf(space, centers, rules.width), iterations };
}

/** Compares every row with every center. */
export class LloydStep implements ClusterStep {
  private readonly space: ClusterSpace;
  private readonly width: number;

  constructor(space: ClusterSpace, width: number) {
    this.space = space;
    this.width = width;
  }

  assign(centers: Float64Array): void {
    this.space.assign(centers);
  }

  update(centers: Float64Array) {
    const { space, width } = this;
    space.assign(centers);
    space.accumulate();
    const means = meansOf(space, centers, width);
    return { centers: means, shifts: shiftsOf(centers, means, width) };
  }
}
