/** @module Algorithms of likeness: KNNBasic, KNNWithMeans, KNNWithZScore, KNNBaseline (`surprise.prediction_algorithms.knns`). */

import type { Matrix, State } from "../base/state.ts";
import { Algorithm } from "./algorithm.ts";
import { of, type Ratings, readRatings } from "./trainset.ts";

/** What is kept of an algorithm of likeness beside the likeness: what a rating is measured against. */
export interface Against {
  /** From a rating that a neighbour gave to what counts of it. */
  readonly part: (rating: number, neighbour: number, y: number) => number;
  /** The estimate from what counts, or the one without neighbours. */
  readonly whole: (part: number, x: number, y: number) => number;
  /** Whether too few neighbours make an estimate impossible, and unknown users and items have none. */
  readonly strict: boolean;
  /** The estimate where the user or the item is unknown. */
  readonly unknown: (user: number, item: number) => number | undefined;
}

/** A mean of the ratings of those alike, weighed by likeness; users of each other, or items. */
export class Neighbors extends Algorithm {
  private readonly sim: Matrix;
  private readonly yr: ReadonlyMap<number, Ratings>;
  private readonly k: number;
  private readonly minK: number;
  private readonly byUser: boolean;
  private readonly against: Against;

  constructor(state: State, against: (state: State, mean: () => number) => Against) {
    super(state);
    const size = state.integer("n_x");
    this.sim = state.matrix("sim", size, size);
    this.yr = readRatings(state, "yr");
    this.k = state.integer("k", 40);
    this.minK = state.integer("min_k", 1);
    this.byUser = isByUser(state);
    this.against = against(state, () => this.trainset.globalMean);
  }

  protected estimate(user: number, item: number): number | undefined {
    if (user < 0 || item < 0) return this.against.unknown(user, item);
    const [x, y] = this.byUser ? [user, item] : [item, user];
    const { ids, ratings } = of(this.yr, y);
    const likeness = Float64Array.from(ids, (id) => this.sim.data[x * this.sim.columns + id]!);
    // The nearest; of those alike the first.
    const nearest = Array.from(ids.keys())
      .sort((a, b) => likeness[b]! - likeness[a]!)
      .slice(0, this.k);
    let [total, sum, count] = [0, 0, 0];
    for (const at of nearest) {
      if (!(likeness[at]! > 0)) continue;
      total += likeness[at]!;
      sum += likeness[at]! * this.against.part(ratings[at]!, ids[at]!, y);
      count++;
    }
    const few = count < this.minK;
    if (this.against.strict && (few || total === 0)) return undefined;
    return this.against.whole(few || total === 0 ? 0 : sum / total, x, y);
  }
}

function isByUser(state: State): boolean {
  const byUser = state.dict("sim_options").get("user_based");
  return byUser === undefined || byUser === true || byUser === 1;
}

const nothing = () => undefined;

/** KNNBasic: ratings as they are. */
export const basic = (): Against => ({
  part: (rating) => rating,
  whole: (part) => part,
  strict: true,
  unknown: nothing,
});

/** KNNWithMeans: how far ratings are from their user's, or item's, mean. */
export function withMeans(state: State): Against {
  const means = state.floats("means", [state.integer("n_x")]);
  return {
    part: (rating, neighbour) => rating - means[neighbour]!,
    whole: (part, x) => means[x]! + part,
    strict: false,
    unknown: nothing,
  };
}

/** KNNWithZScore: the same in units of the deviation. */
export function withZScore(state: State): Against {
  const size = state.integer("n_x");
  const [means, sigmas] = [state.floats("means", [size]), state.floats("sigmas", [size])];
  return {
    part: (rating, neighbour) => (rating - means[neighbour]!) / sigmas[neighbour]!,
    whole: (part, x) => means[x]! + part * sigmas[x]!,
    strict: false,
    unknown: nothing,
  };
}

/** KNNBaseline: how far ratings are from what the biases say. */
export function withBaseline(state: State, mean: () => number): Against {
  const [bu, bi] = [state.floats("bu", [undefined]), state.floats("bi", [undefined])];
  const [bx, by] = isByUser(state) ? [bu, bi] : [bi, bu];
  const baseline = (x: number, y: number) => mean() + bx[x]! + by[y]!;
  return {
    part: (rating, neighbour, y) => rating - baseline(neighbour, y),
    whole: (part, x, y) => baseline(x, y) + part,
    strict: false,
    unknown: (user, item) => mean() + (user < 0 ? 0 : bu[user]!) + (item < 0 ? 0 : bi[item]!),
  };
}
