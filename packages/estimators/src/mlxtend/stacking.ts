/** @module Stacks of mlxtend: a model of what other models answer (`mlxtend.classifier`, `mlxtend.regressor`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Delegate, featuresOfAll } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

const OFFERED: ReadonlySet<Method> = new Set(["predict", "predictProba", "decisionFunction"]);

/** Every model answers the same rows; side by side, behind the rows themselves if asked for, they are what the last one sees. */
abstract class Stack extends Delegate {
  private readonly parts: readonly Estimator[];
  private readonly passes: boolean;

  constructor(state: State, parts: string, last: string) {
    super(state, state.estimator(last));
    this.parts = state.list(parts).map((value, at) => state.estimatorFrom(value, `${parts}[${at}]`));
    if (this.parts.length === 0) state.fail(parts, "is empty");
    this.passes = state.boolean("use_features_in_secondary", false);
    this.takeFeaturesOf(this.parts[0]);
  }

  override offers(method: Method): boolean {
    return OFFERED.has(method) && super.offers(method);
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }

  protected override prepare(X: Input): Input {
    const [rows] = shapeOf(X);
    const answers = this.answers(this.parts, X);
    return hstack(this.passes ? [asTable(X), ...answers] : answers, rows, this.passes && X instanceof Csr);
  }

  /** What the models say, a table for each. */
  protected abstract answers(parts: readonly Estimator[], X: Input): readonly NdArray[];
}

/** An answer as a table of one column. */
function column(answer: NdArray): NdArray {
  return answer.ndim === 1 ? NdArray.of(answer.toC().data, [answer.size, 1], answer.dtype) : answer;
}

/** StackingRegressor and StackingCVRegressor. */
export class StackingRegressor extends Stack {
  constructor(state: State) {
    super(state, "regr_", "meta_regr_");
  }
  protected answers(parts: readonly Estimator[], X: Input): readonly NdArray[] {
    return parts.map((part) => column(part.predict(X)));
  }
}

/** StackingClassifier and StackingCVClassifier: labels, or probabilities with a class left out, or their mean. */
export class StackingClassifier extends Stack {
  private readonly probabilities: boolean;
  private readonly average: boolean;
  private readonly dropped: "first" | "last" | undefined;

  constructor(state: State) {
    super(state, "clfs_", "meta_clf_");
    this.probabilities = state.boolean("use_probas", false);
    this.average = state.boolean("average_probas", false);
    this.dropped = state.given("drop_proba_col")
      ? state.oneOf<"first" | "last">("drop_proba_col", ["first", "last"])
      : undefined;
  }

  protected answers(parts: readonly Estimator[], X: Input): readonly NdArray[] {
    if (!this.probabilities) return parts.map((part) => column(part.predict(X)));
    const shares = parts.map((part) => this.kept(part.predictProba(X) as NdArray));
    return this.average ? [meanOf(shares)] : shares;
  }

  private kept(shares: NdArray): NdArray {
    const [rows, classes] = shares.shape as readonly [number, number];
    if (this.dropped === undefined) return shares;
    const from = this.dropped === "first" ? 1 : 0;
    const data = shares.toFloat64();
    const width = classes - 1;
    const out = Float64Array.from(
      { length: rows * width },
      (_, at) => data[Math.floor(at / width) * classes + from + (at % width)]!,
    );
    return NdArray.of(out, [rows, width]);
  }
}

/** The mean of tables, weighed. */
export function meanOf(tables: readonly NdArray[], weights: readonly number[] = tables.map(() => 1)): NdArray {
  const [first] = tables;
  const sum = new Float64Array(first!.size);
  tables.forEach((table, at) => {
    table.toFloat64().forEach((value, cell) => {
      sum[cell]! += value * weights[at]!;
    });
  });
  const total = weights.reduce((all, weight) => all + weight, 0);
  return NdArray.of(
    sum.map((value) => value / total),
    first!.shape,
  );
}
