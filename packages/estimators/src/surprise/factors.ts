/** @module Algorithms of biases and factors: SVD, SVDpp, NMF, BaselineOnly (`surprise.prediction_algorithms`). */

import type { Matrix, State } from "../base/state.ts";
import { Algorithm } from "./algorithm.ts";
import { of, type Ratings } from "./trainset.ts";

/** The mean of all ratings, and how far a user and an item are from it. */
export class BaselineOnly extends Algorithm {
  private readonly bu: Float64Array;
  private readonly bi: Float64Array;

  constructor(state: State, biased = true) {
    super(state);
    this.bu = biased ? state.floats("bu", [undefined]) : new Float64Array(0);
    this.bi = biased ? state.floats("bi", [undefined]) : new Float64Array(0);
  }

  protected estimate(user: number, item: number): number | undefined {
    return this.trainset.globalMean + (user < 0 ? 0 : this.bu[user]!) + (item < 0 ? 0 : this.bi[item]!);
  }
}

/** SVD and NMF: the product of a user's and an item's factors beside the biases, or alone. */
export class Factors extends BaselineOnly {
  protected readonly pu: Matrix;
  protected readonly qi: Matrix;
  private readonly biased: boolean;

  constructor(state: State, biased = state.boolean("biased", true)) {
    super(state, biased);
    this.biased = biased;
    this.pu = state.matrix("pu");
    this.qi = state.matrix("qi", undefined, this.pu.columns);
  }

  protected override estimate(user: number, item: number): number | undefined {
    const known = user >= 0 && item >= 0;
    const product = known ? this.product(user, item) : 0;
    if (this.biased) return super.estimate(user, item)! + product;
    return known ? product : undefined;
  }

  protected product(user: number, item: number): number {
    const { columns } = this.pu;
    let sum = 0;
    for (let at = 0; at < columns; at++) sum += this.qi.data[item * columns + at]! * this.pu.data[user * columns + at]!;
    return sum;
  }
}

/** SVDpp: a user's factors, and those of everything that the user rated, whatever the rating. */
export class SVDpp extends Factors {
  private readonly yj: Matrix;
  private readonly rated: ReadonlyMap<number, Ratings>;

  constructor(state: State) {
    super(state, true);
    this.yj = state.matrix("yj", this.qi.rows, this.pu.columns);
    this.rated = this.trainset.ratingsOf("ur");
  }

  protected override product(user: number, item: number): number {
    const { columns } = this.pu;
    const { ids } = of(this.rated, user);
    const root = Math.sqrt(ids.length);
    let sum = 0;
    for (let at = 0; at < columns; at++) {
      let implicit = 0;
      for (const other of ids) implicit += this.yj.data[other * columns + at]!;
      sum += this.qi.data[item * columns + at]! * (this.pu.data[user * columns + at]! + implicit / root);
    }
    return sum;
  }
}
