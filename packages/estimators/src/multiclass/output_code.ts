/** @module OutputCodeClassifier: the class whose code is nearest to what the binary parts say (`sklearn.multiclass`). */

import type { NdArray } from "@curtido/arrays";
import { squaredDistances, squaredNorms } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import { featuresOfAll } from "../base/delegate.ts";
import type { Estimator, InputRules, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "../ensemble/adaboost.ts";
import { binaryScores } from "./binary.ts";

/** Error-correcting output codes. */
export class OutputCodeClassifier extends Classifier {
  private readonly parts: readonly Estimator[];
  /** `[classes, parts]` */
  private readonly codes: Float64Array;
  private readonly norms: Float64Array;

  constructor(state: State) {
    super(state);
    this.parts = readEstimators(state);
    if (this.parts.length === 0) state.fail("estimators_", "is empty");
    this.codes = state.matrix("code_book_", this.classes_.size, this.parts.length).data;
    this.norms = new Float64Array(this.classes_.size);
    squaredNorms(this.codes, this.classes_.size, this.parts.length, this.norms);
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return featuresOfAll(this.parts, downstream);
  }
  override offers(method: Method): boolean {
    return method === "predict";
  }

  protected doPredict(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const width = this.parts.length;
    const classes = this.classes_.size;
    const table = new Float64Array(rows * width);
    this.parts.forEach((part, at) => {
      const scores = binaryScores(part, X);
      for (let row = 0; row < rows; row++) table[row * width + at] = scores[row]!;
    });
    const norms = new Float64Array(rows);
    squaredNorms(table, rows, width, norms);
    const distances = new Float64Array(rows * classes);
    squaredDistances(table, norms, rows, this.codes, this.norms, classes, width, distances);
    const nearest = Int32Array.from({ length: rows }, (_, row) => {
      let best = 0;
      for (let k = 1; k < classes; k++) if (distances[row * classes + k]! < distances[row * classes + best]!) best = k;
      return best;
    });
    return takeLabels(this.classes_, nearest);
  }
}
