/** @module How much rows count: weights of rows, and of classes. */

import { type Dict, Float } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import type { Labels } from "./data.ts";
import { type Allowed, parameter } from "./parameters.ts";

/** What `fit` takes beside rows and targets. */
export interface FitOptions {
  /** How much each row counts: finite numbers, not negative, not all 0; every row counts 1 without them. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/**
 * The weights of rows; `undefined` when all count the same because nobody said otherwise.
 *
 * @throws CurtidoError E_FEATURES for weights that are no weights, or not one for each row
 */
export function sampleWeights(options: FitOptions | undefined, rows: number): Float64Array | undefined {
  const given = options?.sampleWeight;
  if (given === undefined) return undefined;
  if (given.length !== rows) throw featureError([{ detail: `there are ${rows} rows and ${given.length} weights` }]);
  let total = 0;
  const weights = Float64Array.from(given, (weight, row) => {
    if (!Number.isFinite(weight) || weight < 0)
      throw featureError([{ row, detail: `a weight is a finite number from 0, not ${String(weight).slice(0, 60)}` }]);
    total += weight;
    return weight;
  });
  if (total === 0) throw featureError([{ detail: "all weights are 0" }]);
  return weights;
}

/** `class_weight`: none, `"balanced"`, or a weight for each label as a `Map` or an object. */
export const classWeight = parameter(null, { kind: "none" }, { kind: "word", words: ["balanced"] }, {
  kind: "labels",
} as Allowed);

/**
 * How much a row of each class counts, in the order of the classes (`sklearn.utils.compute_class_weight` of 1.9.1).
 *
 * @param setting - the parameter, as it was settled
 * @param weights - of the rows; `"balanced"` looks at them
 * @throws CurtidoError E_UNSUPPORTED naming a label that no row has
 */
export function classWeights(setting: unknown, { classes, encoded }: Labels, weights?: Float64Array): Float64Array {
  const count = classes.size;
  const out = new Float64Array(count).fill(1);
  if (setting === null || setting === undefined) return out;
  if (setting === "balanced") {
    const seen = new Float64Array(count);
    encoded.forEach((label, row) => {
      seen[label]! += weights?.[row] ?? 1;
    });
    const total = seen.reduce((sum, each) => sum + each, 0);
    return seen.map((each) => total / (count * each));
  }
  const labels = classes.flat().map((label) => (typeof label === "bigint" ? Number(label) : label));
  for (const [label, weight] of setting as Dict<unknown>) {
    const at = labels.findIndex((each) => each === label || (typeof each === "number" && each === Number(label)));
    const number = weight instanceof Float ? weight.value : Number(weight);
    if (at < 0)
      throw estimatorError("E_UNSUPPORTED", `'classWeight' names the label ${String(label)}, which no row has`, {
        path: "classWeight",
      });
    out[at] = number;
  }
  return out;
}

/** Weights of rows times those of their classes; `undefined` when all are 1 because nobody said otherwise. */
export function labelWeights(
  setting: unknown,
  labels: Labels,
  weights: Float64Array | undefined,
): Float64Array | undefined {
  if (setting === null || setting === undefined) return weights;
  const byClass = classWeights(setting, labels, weights);
  return Float64Array.from(labels.encoded, (label, row) => byClass[label]! * (weights?.[row] ?? 1));
}
