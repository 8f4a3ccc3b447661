/** @module MultiOutputRegressor and MultiOutputClassifier: one estimator per output (`sklearn.multioutput`). */

import { NdArray } from "@curtido/arrays";
import { featuresOfAll } from "../base/delegate.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { labelTable } from "../base/labels.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "../ensemble/adaboost.ts";

/** MultiOutputRegressor. */
export class MultiOutput extends Estimator {
  protected readonly parts: readonly Estimator[];

  constructor(state: State) {
    super(state);
    this.parts = readEstimators(state);
    if (this.parts.length === 0) state.fail("estimators_", "is empty");
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }
  override outputs(): number {
    return this.parts.length;
  }
  override get gathers(): boolean {
    return this.parts.some((part) => part.gathers);
  }

  protected doPredict(X: Input): NdArray {
    return labelTable(
      this.parts.map((part) => part.predict(X)),
      shapeOf(X)[0],
    );
  }
}

/** MultiOutputClassifier: probabilities per output, where all parts have them. */
export class MultiOutputClassifier extends MultiOutput {
  override readonly classes_: readonly NdArray[];

  constructor(state: State) {
    super(state);
    this.classes_ = this.parts.map((part, at) =>
      part.classes_ instanceof NdArray ? part.classes_ : state.fail(`estimators_[${at}]`, "is no classifier"),
    );
  }

  override offers(method: Method): boolean {
    if (method !== "predictProba") return super.offers(method);
    const [first] = this.classes_;
    const alike = this.classes_.every((list) => list.size === first!.size);
    return (alike || this.version.atLeast(0, 19)) && this.parts.every((part) => part.offers(method));
  }

  /** A table per output; 0.18 stacked them, `[rows, classes, outputs]`, and could not where they differ in classes. */
  protected doPredictProba(X: Input): NdArray | NdArray[] {
    const tables = this.parts.map((part) => part.predictProba(X) as NdArray);
    if (this.version.atLeast(0, 19)) return tables;
    const outputs = tables.length;
    const shape = tables[0]!.shape;
    const all = tables.map((table) => table.toFloat64());
    const size = all[0]!.length * outputs;
    return NdArray.of(
      Float64Array.from({ length: size }, (_, at) => all[at % outputs]![Math.floor(at / outputs)]!),
      [...shape, outputs],
    );
  }
}
