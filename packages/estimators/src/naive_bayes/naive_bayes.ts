/** @module Naive Bayes: the logarithms of prior and likelihoods add up (`sklearn.naive_bayes`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import type { InputRules } from "../base/estimator.ts";
import { exp, log, subtractLogSums, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { type LinearWeights, linearScores, typed } from "../linear_model/linear.ts";

/** Classifiers whose subclasses give the joint log likelihood, `[rows, classes]`. */
export abstract class NaiveBayes extends Classifier {
  /** Whether everything that was learned is float32, so that rows of float32 are answered in it. */
  protected readonly single: boolean = false;

  protected abstract joint(X: NdArray | Csr): Float64Array;

  protected doPredict(X: NdArray | Csr): NdArray {
    return this.labelsOf(NdArray.of(this.joint(X), [X.shape[0]!, this.classes_.size]));
  }

  protected override doPredictLogProba(X: NdArray | Csr): NdArray {
    const [rows, classes] = [X.shape[0]!, this.classes_.size];
    return typed(subtractLogSums(this.joint(X), rows, classes), [rows, classes], X, this.single);
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    const logs = this.doPredictLogProba(X);
    return NdArray.of((logs.data as Float64Array | Float32Array).map(exp), logs.shape);
  }
}

/** GaussianNB: a normal distribution per feature and class. */
export class FittedGaussianNB extends NaiveBayes {
  protected override readonly single: boolean;
  private readonly means: Float64Array;
  private readonly variances: Float64Array;
  private readonly constants: Float64Array;
  private readonly priors: Float64Array;

  constructor(state: State) {
    super(state);
    const { data, columns } = state.matrix("theta_", this.classes_.size, this.n_features_in_);
    this.n_features_in_ ??= columns;
    this.single = ["theta_", "class_prior_"].every((name) => state.isSingle(name));
    this.means = data;
    this.variances = state.matrix(state.named("var_", "sigma_"), this.classes_.size, columns).data;
    this.priors = state.floats("class_prior_", [this.classes_.size]).map(log);
    const logs = this.variances.map((variance) => log(2 * Math.PI * variance));
    this.constants = this.priors.map((_, k) => -0.5 * sumOf(logs, k * columns, columns));
  }

  protected joint(X: NdArray): Float64Array {
    const data = X.toFloat64();
    const [rows, columns] = X.shape as readonly [number, number];
    const classes = this.classes_.size;
    const out = new Float64Array(rows * classes);
    const terms = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < classes; k++) {
        for (let at = 0; at < columns; at++) {
          const d = data[row * columns + at]! - this.means[k * columns + at]!;
          terms[at] = (d * d) / this.variances[k * columns + at]!;
        }
        out[row * classes + k] = this.priors[k]! + (this.constants[k]! - 0.5 * sumOf(terms, 0, columns));
      }
    }
    return out;
  }
}

/** MultinomialNB, ComplementNB and BernoulliNB: linear in the counts. */
export class DiscreteNB extends NaiveBayes {
  private readonly weights: LinearWeights;
  private readonly threshold: number | undefined;

  constructor(state: State, kind: "multinomial" | "complement" | "bernoulli") {
    super(state);
    const classes = this.classes_.size;
    const { data, columns } = state.matrix("feature_log_prob_", undefined, this.n_features_in_);
    this.n_features_in_ ??= columns;
    if (data.length !== classes * columns) state.fail("feature_log_prob_", `does not have ${classes} rows`);
    const priors = state.floats("class_log_prior_", [classes]);
    const shape = { targets: classes, features: columns, flat: false, single: false };
    if (kind === "complement")
      this.weights = { ...shape, coefficients: data, intercepts: classes === 1 ? priors : new Float64Array(classes) };
    else if (kind === "multinomial") this.weights = { ...shape, coefficients: data, intercepts: priors };
    else {
      const absent = data.map((p) => log(1 - exp(p)));
      const intercepts = priors.map((prior, k) => prior + sumOf(absent, k * columns, columns));
      this.weights = { ...shape, coefficients: data.map((p, at) => p - absent[at]!), intercepts };
    }
    this.threshold = kind === "bernoulli" && state.given("binarize") ? state.number("binarize") : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected joint(X: NdArray | Csr): Float64Array {
    if (this.threshold === undefined) return linearScores(X, this.weights);
    const dense = X instanceof Csr ? X.toDense() : X;
    const above = dense.toFloat64().map((value) => (value > this.threshold! ? 1 : 0));
    return linearScores(NdArray.of(above, dense.shape), this.weights);
  }
}
