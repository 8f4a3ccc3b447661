/** @module What gradient boosting begins with: zeros, means, quantiles, shares of classes, or an estimator (`_init_state`). */

import { NdArray } from "@curtido/arrays";
import { exp, log, pairwiseSum } from "@curtido/kernels";
import { float, type Instance } from "@curtido/pickle";
import { instanceOf, Trainer } from "../../base/trainer.ts";
import { logit } from "../hist_gradient_boosting/label_losses.ts";
import { average } from "../hist_gradient_boosting/loss.ts";
import { weightedQuantile } from "../hist_gradient_boosting/losses.ts";
import { percentile } from "../hist_gradient_boosting/percentiles.ts";
import type { BoostingLoss } from "./losses.ts";

/** Rows that boosting learns from: features in float32, row after row. */
export interface StartSample {
  readonly X: NdArray;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

/** `init_`, and the raw answers that it gives to rows. */
export interface Start {
  readonly init: Instance | "zero";
  /** `[rows, outputs]` */
  raw(X: NdArray): Float64Array;
}

/** What a start depends on. */
export interface StartOptions {
  /** `init`, as it was settled. */
  readonly init: unknown;
  readonly loss: BoostingLoss;
  readonly isClassifier: boolean;
  /** How many classes there are; 0 for numbers. */
  readonly classes: number;
  /** The quantile that a constant start is; `undefined` for the mean. */
  readonly quantile: number | undefined;
  /** Whether rows have weights of their own. */
  readonly weighted: boolean;
}

/** Probabilities stay this far from 0 and 1. */
const MARGIN = Number.EPSILON;

/** Learns what boosting begins with. */
export function startOf(sample: StartSample, options: StartOptions): Start {
  const { init, loss, isClassifier } = options;
  if (init === "zero") return { init: "zero", raw: (X) => new Float64Array(X.shape[0]! * loss.outputs) };
  if (init instanceof Trainer) return learned(sample, init, options);
  return isClassifier ? priorStart(sample, options) : constantStart(sample, options);
}

function learned({ X, y, weights }: StartSample, init: Trainer, { loss, isClassifier, weighted }: StartOptions): Start {
  const fitted = init.fit(X, y, weighted ? { sampleWeight: weights } : {});
  return {
    init: fitted.instance,
    raw: (rows) => {
      if (!isClassifier) return fitted.predict(rows).toFloat64().slice();
      const probabilities = fitted.predictProba(rows) as NdArray;
      return linked(probabilities.toFloat64(), probabilities.shape[1]!, loss);
    },
  };
}

/** Raw answers that have these probabilities, row after row. */
function linked(probabilities: Float64Array, classes: number, loss: BoostingLoss): Float64Array {
  const clipped = probabilities.map((each) => Math.min(Math.max(each, MARGIN), 1 - MARGIN));
  if (loss.outputs === 1) {
    const half = loss.name === "ExponentialLoss" ? 0.5 : 1;
    return Float64Array.from(
      { length: clipped.length / classes },
      (_, row) => half * logit(clipped[row * classes + 1]!),
    );
  }
  for (let from = 0; from < clipped.length; from += classes) {
    const row = clipped.subarray(from, from + classes);
    const middle = exp(pairwiseSum(row.map(log)) / classes);
    row.set(row.map((share) => log(share / middle)));
  }
  return clipped;
}

const DUMMY = "sklearn.dummy";

function priorStart({ X, y, weights }: StartSample, { loss, classes }: StartOptions): Start {
  const counts = new Float64Array(classes);
  y.forEach((label, row) => {
    counts[label]! += weights[row]!;
  });
  const total = pairwiseSum(counts);
  const prior = counts.map((count) => count / total);
  const labels = Float64Array.from({ length: classes }, (_, label) => label);
  const parameters = new Map<string, unknown>([
    ["strategy", "prior"],
    ["randomState", null],
    ["constant", null],
  ]);
  const init = instanceOf({ module: DUMMY, name: "DummyClassifier", parameters: {} }, parameters, [
    ["n_features_in_", X.shape[1]!],
    ["_strategy", "prior"],
    ["sparse_output_", false],
    ["n_outputs_", 1],
    ["classes_", NdArray.of(labels)],
    ["n_classes_", classes],
    ["class_prior_", NdArray.of(prior)],
  ]);
  return { init, raw: (rows) => repeated(linked(prior, classes, loss), rows.shape[0]!) };
}

function constantStart({ X, y, weights }: StartSample, { quantile, weighted }: StartOptions): Start {
  const constant = constantOf(y, weighted ? weights : undefined, quantile);
  const parameters = new Map<string, unknown>([
    ["strategy", quantile === undefined ? "mean" : "quantile"],
    ["constant", null],
    ["quantile", quantile === undefined ? null : float(quantile)],
  ]);
  const init = instanceOf({ module: DUMMY, name: "DummyRegressor", parameters: {} }, parameters, [
    ["n_features_in_", X.shape[1]!],
    ["n_outputs_", 1],
    ["constant_", NdArray.of(Float64Array.of(constant), [1, 1])],
  ]);
  return { init, raw: (rows) => new Float64Array(rows.shape[0]!).fill(constant) };
}

function constantOf(y: Float64Array, weights: Float64Array | undefined, quantile: number | undefined): number {
  if (quantile === undefined) return average(y, weights);
  return weights === undefined ? percentile(y, quantile * 100) : weightedQuantile(y, weights, quantile * 100);
}

function repeated(row: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: row.length * count }, (_, at) => row[at % row.length]!);
}
