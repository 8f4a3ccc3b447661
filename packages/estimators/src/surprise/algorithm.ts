/** @module What all algorithms of Surprise do: a user and an item, and the rating that is expected (`surprise.AlgoBase`). */

import { NdArray } from "@curtido/arrays";
import { exactValues } from "../base/categories.ts";
import type { CostOf } from "../base/cost.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { isMissing } from "../base/frames.ts";
import { type Input, shapeOf } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { Trainset } from "./trainset.ts";

const FEATURES = ["user", "item"] as const;

/**
 * A rating for `{ user, item }`. Users and items that training did not see get what the algorithm has for them, the mean of
 * all ratings where it has nothing; no estimate leaves the scale of the ratings.
 */
export abstract class Algorithm extends Estimator {
  protected readonly trainset: Trainset;

  constructor(state: State) {
    super(state);
    this.trainset = new Trainset(state.child("trainset"));
    this.feature_names_in_ = FEATURES;
    this.n_features_in_ = FEATURES.length;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: false, sparse: false };
  }
  override task(): "regression" {
    return "regression";
  }
  override features(): readonly FeatureShape[] {
    return [this.trainset.users, this.trainset.items].map(({ type }) => ({ type, missing: false }));
  }

  protected doPredict(X: Input): NdArray {
    const users: ArrayLike<unknown> = exactValues(X, 0);
    const items: ArrayLike<unknown> = exactValues(X, 1);
    const [rows] = shapeOf(X);
    const problems: FeatureProblem[] = [];
    for (let row = 0; row < rows && problems.length < MOST_PROBLEMS; row++)
      [users[row], items[row]].forEach((id, at) => {
        const feature = FEATURES[at]!;
        if (isMissing(id)) problems.push({ row, feature, detail: `'${feature}' is missing` });
      });
    if (problems.length > 0) throw featureError(problems);
    return NdArray.of(Float64Array.from({ length: rows }, (_, row) => this.rating(users[row], items[row])));
  }

  private rating(user: unknown, item: unknown): number {
    const { users, items, globalMean, least, most, offset } = this.trainset;
    const found = this.estimate(users.find(user), items.find(item)) ?? globalMean;
    return Math.max(least, Math.min(most, found - offset));
  }

  /** The estimate for places of a user and an item, -1 for unknown ones; `undefined` where there is none. */
  protected abstract estimate(user: number, item: number): number | undefined;
}

/** What a row costs: a look at factors, or at everybody who rated the same thing, in order; not at all ratings. */
export const costOfAlgorithm: CostOf = (state) => {
  const others = state.given("n_x") ? state.integer("n_x") : 0;
  return { parts: [], perRow: 1000 + 30 * others };
};
