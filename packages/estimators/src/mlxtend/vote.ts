/** @module EnsembleVoteClassifier: a majority, or a mean of probabilities (`mlxtend.classifier`). */

import { NdArray } from "@curtido/arrays";
import { CategoryIndex } from "../base/categories.ts";
import { featuresOfAll } from "../base/delegate.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { meanOf } from "./stacking.ts";

/** Classifiers that vote. */
export class EnsembleVoteClassifier extends Estimator {
  declare readonly classes_: NdArray;
  private readonly parts: readonly Estimator[];
  private readonly soft: boolean;
  private readonly weights: readonly number[];
  /** Where labels stand, of classifiers that were fitted before, on labels. */
  private readonly index: CategoryIndex | undefined;

  constructor(state: State) {
    super(state);
    this.parts = state.list("clfs_").map((value, at) => state.estimatorFrom(value, `clfs_[${at}]`));
    if (this.parts.length === 0) state.fail("clfs_", "is empty");
    this.soft = state.oneOf("voting", ["hard", "soft"], "hard") === "soft";
    this.weights = state.given("weights") ? [...state.floats("weights", [this.parts.length])] : this.parts.map(() => 1);
    this.classes_ = state.given("le_")
      ? state.child("le_").array("classes_", [undefined])
      : state.array("classes_", [undefined]);
    const names = state.named("fit_base_estimators", "refit");
    this.index = state.boolean(names, true) ? undefined : new CategoryIndex(this.classes_);
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override task(): Signature["task"] {
    return "classification";
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }
  override offers(method: Method): boolean {
    const asked = method === "predictProba" || (this.soft && (method === "predict" || method === "transform"));
    return super.offers(method) && (!asked || this.parts.every((part) => part.offers("predictProba")));
  }

  protected doPredictProba(X: Input): NdArray {
    return meanOf(this.shares(X), this.weights);
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const classes = this.classes_.size;
    const votes = this.soft ? this.doPredictProba(X).toFloat64() : this.counted(X, rows);
    return takeLabels(this.classes_, argmaxRows(votes, rows, classes));
  }

  /** Soft: the probabilities of each classifier; hard: the classes that each votes for, by their places. */
  protected doTransform(X: Input): NdArray {
    const [rows] = shapeOf(X);
    if (!this.soft) {
      const places = this.places(X);
      const width = places.length;
      return int64s(
        Int32Array.from({ length: rows * width }, (_, at) => places[at % width]![Math.floor(at / width)]!),
        [rows, width],
      );
    }
    const shares = this.shares(X);
    const out = new Float64Array(shares.length * rows * this.classes_.size);
    shares.forEach((table, at) => out.set(table.toFloat64(), at * table.size));
    return NdArray.of(out, [shares.length, rows, this.classes_.size]);
  }

  private shares(X: Input): readonly NdArray[] {
    return this.parts.map((part) => part.predictProba(X) as NdArray);
  }

  private places(X: Input): readonly Int32Array[] {
    return this.parts.map((part) => {
      const found = part.predict(X);
      const { index } = this;
      return index === undefined
        ? Int32Array.from(found.toFloat64())
        : Int32Array.from(found.flat(), (label) => index.find(label));
    });
  }

  private counted(X: Input, rows: number): Float64Array {
    const classes = this.classes_.size;
    const votes = new Float64Array(rows * classes);
    this.places(X).forEach((places, at) => {
      places.forEach((place, row) => {
        if (place < 0 || place >= classes) this.state.fail(`clfs_[${at}]`, "votes for a class that there is not");
        votes[row * classes + place]! += this.weights[at]!;
      });
    });
    return votes;
  }
}
