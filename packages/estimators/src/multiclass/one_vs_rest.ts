/** @module OneVsRestClassifier: one binary estimator per class, or per label (`sklearn.multiclass`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { featuresOfAll } from "../base/delegate.ts";
import { int64s } from "../base/dtypes.ts";
import type { Estimator, InputRules, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "../ensemble/adaboost.ts";
import { binaryScores, binaryThreshold } from "./binary.ts";

/** The largest score wins; with several labels every score above the threshold is one. */
export class OneVsRestClassifier extends Classifier {
  private readonly parts: readonly Estimator[];
  private readonly target: "binary" | "multiclass" | "multilabel";

  constructor(state: State) {
    const binarizer = state.child("label_binarizer_");
    super(state, binarizer.array("classes_"));
    this.parts = readEstimators(state);
    this.target = targetOf(binarizer);
    const wanted = this.target === "binary" ? 1 : this.classes_.size;
    if (this.parts.length !== wanted || wanted === 0)
      state.fail("estimators_", `holds ${this.parts.length} estimators for ${this.classes_.size} classes`);
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }
  override outputs(): number {
    return this.target === "multilabel" ? this.parts.length : 1;
  }
  override offers(method: Method): boolean {
    if (method === "predictProba" || method === "decisionFunction")
      return this.parts.every((part) => part.offers(method));
    // scikit-learn has no logarithm here.
    return method !== "predictLogProba" && super.offers(method);
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const scores = this.parts.map((part) => binaryScores(part, X));
    if (this.target === "multiclass") return takeLabels(this.classes_, this.winners(scores, rows));
    const threshold = binaryThreshold(this.parts[0]!);
    const width = scores.length;
    const hits = Int32Array.from({ length: rows * width }, (_, at) =>
      scores[at % width]![Math.floor(at / width)]! > threshold ? 1 : 0,
    );
    if (this.target === "multilabel") return int64s(hits, [rows, width]);
    return takeLabels(this.classes_, this.classes_.size === 1 ? new Int32Array(rows) : hits);
  }

  /** Among equal scores the last class won up to 1.7, the first one since. */
  private winners(scores: readonly Float64Array[], rows: number): Int32Array {
    const first = this.version.atLeast(1, 8);
    const out = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      let most = Number.NEGATIVE_INFINITY;
      scores.forEach((score, k) => {
        const value = score[row]!;
        if (first ? value > most : value >= most) out[row] = k;
        most = Math.max(most, value);
      });
    }
    return out;
  }

  protected override doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const positive = this.parts.map((part) => {
      const proba = part.predictProba(X) as NdArray;
      const width = proba.shape[1]!;
      const data = proba.toFloat64();
      return Float64Array.from({ length: rows }, (_, row) => data[row * width + 1]!);
    });
    const columns = positive.length === 1 ? [positive[0]!.map((p) => 1 - p), positive[0]!] : positive;
    const width = columns.length;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (const column of columns) sum += column[row]!;
      const divisor = this.target === "multilabel" || (sum === 0 && this.version.atLeast(1, 7)) ? 1 : sum;
      columns.forEach((column, k) => (out[row * width + k] = column[row]! / divisor));
    }
    return NdArray.of(out, [rows, width]);
  }

  protected doDecisionFunction(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const width = this.parts.length;
    const scores = this.parts.map((part) => part.decisionFunction(X).toFloat64());
    if (width === 1 && this.version.atLeast(0, 19)) return NdArray.of(scores[0]!);
    return NdArray.of(
      Float64Array.from({ length: rows * width }, (_, at) => scores[at % width]![Math.floor(at / width)]!),
      [rows, width],
    );
  }
}

function targetOf(binarizer: State): "binary" | "multiclass" | "multilabel" {
  const type = binarizer.string("y_type_");
  if (type.startsWith("multilabel")) return "multilabel";
  return type === "multiclass" ? "multiclass" : "binary";
}
