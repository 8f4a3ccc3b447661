/** @module Clusters by the nearest center with few comparisons, by the triangle's inequality (Elkan 2003; `_k_means_elkan`). */

import { type ClusterSpace, squaredDistances, squaredNorms } from "@curtido/kernels";
import { meansOf, shiftsOf, squaredDistance } from "./distances.ts";
import type { ClusterStep } from "./lloyd.ts";

/** Keeps bounds of the distances of rows to centers. */
export class ElkanStep implements ClusterStep {
  private readonly space: ClusterSpace;
  private readonly width: number;
  private readonly upper: Float64Array;
  private readonly lower: Float64Array;
  private begun = false;
  /** Half of the distances between centers, and of that to the nearest other one. */
  private halves: Float64Array = new Float64Array(0);
  private nearest: Float64Array = new Float64Array(0);

  constructor(space: ClusterSpace, width: number) {
    this.space = space;
    this.width = width;
    this.upper = new Float64Array(space.labels.length);
    this.lower = new Float64Array(space.labels.length * space.totals.length);
  }

  update(centers: Float64Array) {
    const { space, width, upper, lower } = this;
    if (!this.begun) this.begin(centers);
    this.assign(centers);
    space.accumulate();
    const means = meansOf(space, centers, width);
    const shifts = shiftsOf(centers, means, width);
    const count = shifts.length;
    for (let row = 0; row < upper.length; row++) {
      upper[row]! += shifts[space.labels[row]!]!;
      for (let k = 0; k < count; k++) lower[row * count + k] = Math.max(0, lower[row * count + k]! - shifts[k]!);
    }
    this.measure(means);
    return { centers: means, shifts };
  }

  /** Distances between centers. */
  private measure(centers: Float64Array): void {
    const count = this.space.totals.length;
    const norms = new Float64Array(count);
    squaredNorms(centers, count, this.width, norms);
    const squares = new Float64Array(count * count);
    squaredDistances(centers, norms, count, centers, norms, count, this.width, squares);
    for (let k = 0; k < count; k++) squares[k * count + k] = 0;
    this.halves = squares.map((square) => Math.sqrt(square) / 2);
    this.nearest = Float64Array.from({ length: count }, (_, k) => {
      const column = Float64Array.from({ length: count }, (__, j) => this.halves[j * count + k]!).sort();
      return column[Math.min(1, count - 1)]!;
    });
  }

  private distance(row: number, centers: Float64Array, center: number): number {
    return Math.sqrt(squaredDistance(this.space.x, row * this.width, centers, center * this.width, this.width));
  }

  private begin(centers: Float64Array): void {
    this.begun = true;
    this.measure(centers);
    const { labels } = this.space;
    const count = this.space.totals.length;
    for (let row = 0; row < labels.length; row++) {
      let best = 0;
      let least = this.distance(row, centers, 0);
      this.lower[row * count] = least;
      for (let k = 1; k < count; k++) {
        if (!(least > this.halves[best * count + k]!)) continue;
        const there = this.distance(row, centers, k);
        this.lower[row * count + k] = there;
        if (there < least) [least, best] = [there, k];
      }
      labels[row] = best;
      this.upper[row] = least;
    }
  }

  assign(centers: Float64Array): void {
    const { labels } = this.space;
    for (let row = 0; row < labels.length; row++)
      if (!(this.nearest[labels[row]!]! >= this.upper[row]!)) this.assignRow(row, centers);
  }

  private assignRow(row: number, centers: Float64Array): void {
    const { lower, halves, space } = this;
    const count = space.totals.length;
    let label = space.labels[row]!;
    let upper = this.upper[row]!;
    let isTight = false;
    for (let k = 0; k < count; k++) {
      if (k === label || !(upper > lower[row * count + k]!) || !(upper > halves[label * count + k]!)) continue;
      if (!isTight) {
        upper = this.distance(row, centers, label);
        lower[row * count + label] = upper;
        isTight = true;
      }
      if (!(upper > lower[row * count + k]!) && !(upper > halves[label * count + k]!)) continue;
      const there = this.distance(row, centers, k);
      lower[row * count + k] = there;
      if (there < upper) [upper, label] = [there, k];
    }
    space.labels[row] = label;
    this.upper[row] = upper;
  }
}
