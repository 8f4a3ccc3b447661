/** @module From LightGBM's raw scores to its answers (`ConvertOutput` of each objective). */

import { log1p } from "@curtido/kernels";
import { exp } from "../base/math.ts";
import { ModelTextError } from "./text.ts";

/** Changes the raw scores of one row, `outputs` of them from `from`, in place. */
export type Convert = (scores: Float64Array, from: number, outputs: number) => void;

const each =
  (change: (score: number) => number): Convert =>
  (scores, from, outputs) => {
    for (let k = from; k < from + outputs; k++) scores[k] = change(scores[k]!);
  };

const same: Convert = () => {};
const exponential = each(exp);

/** Sums one term after the other, unlike numpy. */
const softmax: Convert = (scores, from, outputs) => {
  let most = scores[from]!;
  for (let k = from + 1; k < from + outputs; k++) if (scores[k]! > most) most = scores[k]!;
  let sum = 0;
  for (let k = from; k < from + outputs; k++) {
    scores[k] = exp(scores[k]! - most);
    sum += scores[k]!;
  }
  for (let k = from; k < from + outputs; k++) scores[k]! /= sum;
};

const logistic = (sigmoid: number): Convert => each((score) => 1 / (1 + exp(-sigmoid * score)));

const squares = each((score) => Math.sign(score) * score * score);

const UNCHANGED = new Set(
  "regression_l1 huber fair quantile mape lambdarank rank_xendcg custom none null na".split(" "),
);
const EXPONENTIAL = new Set(["poisson", "gamma", "tweedie"]);

/**
 * What an objective makes of raw scores.
 *
 * @param objective as the model text has it, `binary sigmoid:1`; `undefined` leaves them as they are
 * @throws ModelTextError an objective that is not known, or whose parameter is no number
 */
export function converter(objective: string | undefined): Convert {
  const [name = "", ...parameters] = (objective ?? "").trim().split(/\s+/);
  const sigmoid = () => {
    const text = parameters.find((part) => part.startsWith("sigmoid:"))?.slice("sigmoid:".length) ?? "1";
    const value = Number(text);
    if (!(value > 0)) throw new ModelTextError(`objective has the sigmoid '${text.slice(0, 40)}'`);
    return value;
  };
  if (name === "" || UNCHANGED.has(name)) return same;
  if (EXPONENTIAL.has(name)) return exponential;
  switch (name) {
    case "regression":
      return parameters.includes("sqrt") ? squares : same;
    case "binary":
    case "multiclassova":
      return logistic(sigmoid());
    case "multiclass":
      return softmax;
    case "cross_entropy":
    case "xentropy":
      return logistic(1);
    case "cross_entropy_lambda":
    case "xentlambda":
      return each((score) => log1p(exp(score)));
  }
  throw new ModelTextError(`its objective '${name.slice(0, 40)}' is not known`);
}
