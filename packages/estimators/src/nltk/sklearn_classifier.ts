/** @module SklearnClassifier: an estimator of scikit-learn behind a DictVectorizer (`nltk.classify.scikitlearn`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { Delegate } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** Mappings become numbers, the estimator gives a class by its position, and that is a label. */
export class SklearnClassifier extends Delegate {
  override readonly classes_: NdArray;
  private readonly vectorizer: Estimator;

  constructor(state: State) {
    super(state, state.estimator("_clf"));
    this.vectorizer = state.estimator("_vectorizer");
    this.takeFeaturesOf(this.vectorizer);
    const labels = state.child("_encoder").array("classes_", [undefined]);
    this.classes_ = NdArray.objects(labels.flat(), [labels.size]);
  }

  override offers(method: Method): boolean {
    return (method === "predict" || method === "predictProba") && super.offers(method);
  }
  override task(): Signature["task"] {
    return "classification";
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.vectorizer.features(downstream);
  }
  protected override prepare(X: Input): Input {
    return this.vectorizer.transform(X) as NdArray | Csr;
  }
  protected override doPredict(X: Input): NdArray {
    const found = super.doPredict(X);
    const places = Int32Array.from(found.toFloat64(), (at) =>
      at >= 0 && at < this.classes_.size ? at : this.state.fail("_encoder", `has no class ${at}`),
    );
    return takeLabels(this.classes_, places);
  }
}
