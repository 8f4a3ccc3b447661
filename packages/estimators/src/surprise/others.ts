/** @module SlopeOne, CoClustering and NormalPredictor (`surprise.prediction_algorithms`). */

import { estimatorError } from "../base/errors.ts";
import type { Matrix, State } from "../base/state.ts";
import { Algorithm } from "./algorithm.ts";
import { of, type Ratings } from "./trainset.ts";

/** SlopeOne: a user's mean, and how much better an item does than others that the user rated. */
export class SlopeOne extends Algorithm {
  private readonly means: Float64Array;
  private readonly dev: Matrix;
  private readonly freq: Matrix;
  private readonly rated: ReadonlyMap<number, Ratings>;

  constructor(state: State) {
    super(state);
    this.means = state.floats(state.named("user_mean", "user_means"), [undefined]);
    this.dev = state.matrix("dev");
    this.freq = state.matrix("freq", this.dev.rows, this.dev.columns);
    this.rated = this.trainset.ratingsOf("ur");
  }

  protected estimate(user: number, item: number): number | undefined {
    if (user < 0 || item < 0) return undefined;
    let [sum, count] = [0, 0];
    for (const other of of(this.rated, user).ids) {
      const at = item * this.dev.columns + other;
      if (!(this.freq.data[at]! > 0)) continue;
      sum += this.dev.data[at]!;
      count++;
    }
    return this.means[user]! + (count === 0 ? 0 : sum / count);
  }
}

/** CoClustering: the mean of a group of users for a group of items, and how far both are from the means of theirs. */
export class CoClustering extends Algorithm {
  private readonly groups: readonly [users: Int32Array, items: Int32Array];
  private readonly both: Matrix;
  private readonly ofGroups: readonly [users: Float64Array, items: Float64Array];
  private readonly own: readonly [users: Float64Array, items: Float64Array];

  constructor(state: State) {
    super(state);
    this.groups = [state.integers("cltr_u", [undefined]), state.integers("cltr_i", [undefined])];
    this.both = state.matrix("avg_cocltr");
    this.ofGroups = [state.floats("avg_cltr_u", [this.both.rows]), state.floats("avg_cltr_i", [this.both.columns])];
    this.own = [state.floats("user_mean", [undefined]), state.floats("item_mean", [undefined])];
  }

  protected estimate(user: number, item: number): number | undefined {
    if (user < 0 || item < 0) return undefined;
    const [uc, ic] = [this.groups[0][user]!, this.groups[1][item]!];
    const ofUser = this.own[0][user]! - this.ofGroups[0][uc]!;
    return this.both.data[uc * this.both.columns + ic]! + ofUser + (this.own[1][item]! - this.ofGroups[1][ic]!);
  }
}

/** NormalPredictor draws a rating whenever it is asked. @throws CurtidoError E_STATE always: no two answers are alike */
export function refuseDrawn(state: State): never {
  const { path } = state;
  throw estimatorError(
    "E_STATE",
    "a NormalPredictor draws its ratings at random whenever it is asked, so that no answer is its own: it is not served",
    { path, class: state.className },
  );
}
