/** @module LightGBM's classes: LGBMClassifier, LGBMRegressor, LGBMRanker (`lightgbm.sklearn`) and Booster (`lightgbm.basic`). */

import { DataFrame, NdArray } from "@curtido/arrays";
import { Global, Instance } from "@curtido/pickle";
import { Classifier } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { twoColumns } from "../base/math.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { LgbBooster, lgbBoosterOf } from "./booster.ts";

const ANY: InputRules = { kind: "any", missing: true, sparse: true };

/** LightGBM keeps names of features with "_" for each blank: columns whose names have blanks are found by those. */
function underscored(X: Input, names: readonly string[] | undefined): Input {
  if (!(X instanceof DataFrame) || names === undefined) return X;
  const known = new Set(names);
  const rename = (name: string) => (known.has(name) ? name : name.replaceAll(" ", "_"));
  if (X.columns.every((column) => known.has(String(column)))) return X;
  return new DataFrame(
    X.series.map((series) => ({ ...series, name: rename(String(series.name)) })),
    X.index,
    X.length,
  );
}

/** LGBMRegressor and LGBMRanker: what the objective makes of the sum of the trees. */
export class LGBMRegressor extends Estimator {
  protected readonly booster: LgbBooster;

  constructor(state: State, booster = lgbBoosterOf(state)) {
    super(state);
    this.booster = booster;
    this.n_features_in_ = booster.features;
    this.feature_names_in_ = booster.names;
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  protected override inOrder(X: Input): Input {
    return super.inOrder(underscored(X, this.feature_names_in_));
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override outputs(): number {
    return this.booster.outputs;
  }

  protected table(X: Input): Float64Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }
  protected doPredict(X: Input): NdArray {
    return this.booster.shaped(this.booster.answers(this.table(X)));
  }
}

/**
 * A `lightgbm.Booster` of its own: `predict` is Python's, `decisionFunction` its `predict(X, raw_score=True)`, `apply` its
 * `predict(X, pred_leaf=True)`.
 */
export class LightGBMBooster extends LGBMRegressor {
  constructor(state: State) {
    super(state, new LgbBooster(state));
  }

  override task(): Signature["task"] {
    return "regression";
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.booster.shaped(this.booster.raw(this.table(X)));
  }
  protected doApply(X: Input): NdArray {
    const { forest } = this.booster;
    const table = this.table(X);
    const rows = table.length / this.booster.features;
    return NdArray.of(forest.leaves(table, rows), [rows, forest.count]);
  }
}

/** LGBMClassifier. */
export class LGBMClassifier extends Classifier {
  private readonly booster: LgbBooster;
  /** With an objective of the user's own Python answers with raw scores. */
  private readonly rawOnly: boolean;

  constructor(state: State) {
    super(state, state.array("_classes"));
    this.booster = lgbBoosterOf(state);
    this.n_features_in_ = this.booster.features;
    this.feature_names_in_ = this.booster.names;
    const objective = state.raw("_objective");
    this.rawOnly = objective instanceof Global || objective instanceof Instance;
    const { outputs } = this.booster;
    const fits = outputs === 1 ? this.classes_.size <= 2 : outputs === this.classes_.size;
    if (!this.rawOnly && !fits)
      state.fail("_Booster", `gives ${outputs} numbers per row for ${this.classes_.size} classes`);
  }

  protected override inputRules(): InputRules {
    return ANY;
  }
  protected override inOrder(X: Input): Input {
    return super.inOrder(underscored(X, this.feature_names_in_));
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.booster.shapes();
  }
  override offers(method: Method): boolean {
    if (method === "predictLogProba") return false;
    // LightGBM 4.7 has decision_function, and is the first to note this.
    if (method === "decisionFunction") return this.state.has("_fitted_with_feature_names");
    return super.offers(method);
  }

  private table(X: Input): Float64Array {
    return this.booster.table(X, (column) => this.featureName(column));
  }

  protected doDecisionFunction(X: Input): NdArray {
    return this.booster.shaped(this.booster.raw(this.table(X)));
  }
  protected override doPredictProba(X: Input): NdArray {
    const answers = this.booster.answers(this.table(X));
    if (this.rawOnly || this.booster.outputs > 1) return this.booster.shaped(answers);
    return NdArray.of(twoColumns(answers), [answers.length, 2]);
  }
  protected doPredict(X: Input): NdArray {
    const answers = this.doPredictProba(X);
    if (this.rawOnly) return answers;
    const [rows, columns] = answers.shape as readonly [number, number];
    return takeLabels(this.classes_, argmaxRows(answers.toFloat64(), rows, columns));
  }
}
