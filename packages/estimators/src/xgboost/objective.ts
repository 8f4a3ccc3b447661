/** @module XGBoost's objectives: from its base score to a margin, and from margins to answers, in single precision. */

import { exp, log } from "../base/math.ts";
import { ModelFileError } from "./ubjson.ts";

const single = Math.fround;
/** Beyond this XGBoost's logistic function does not let an exponent grow. */
const LARGEST_EXPONENT = single(88.7);

/** How an objective reads a base score and what it makes of margins. */
export interface XgbObjective {
  readonly margin: (base: number) => number;
  /** Changes the margins of one row, `outputs` of them from `from`, in place. */
  readonly answer: (margins: Float32Array, from: number, outputs: number) => void;
  /** Whether the answer to several margins is the number of the largest (`multi:softmax`). */
  readonly picks: boolean;
}

/** e to the power x, rounded to single precision. */
export function expSingle(x: number): number {
  return single(exp(x));
}

function sigmoid(x: number): number {
  return single(1 / single(expSingle(Math.min(-x, LARGEST_EXPONENT)) + 1));
}

const each =
  (change: (margin: number) => number): XgbObjective["answer"] =>
  (margins, from, outputs) => {
    for (let k = from; k < from + outputs; k++) margins[k] = change(margins[k]!);
  };

/** The terms are single precision, their sum is double until it is divided by. */
const softmax: XgbObjective["answer"] = (margins, from, outputs) => {
  let most = margins[from]!;
  for (let k = from + 1; k < from + outputs; k++) if (margins[k]! > most) most = margins[k]!;
  let sum = 0;
  for (let k = from; k < from + outputs; k++) {
    margins[k] = expSingle(single(margins[k]! - most));
    sum += margins[k]!;
  }
  const divisor = single(sum);
  for (let k = from; k < from + outputs; k++) margins[k]! /= divisor;
};

const same = (margin: number) => margin;
const logit = (base: number) => single(-single(log(single(single(1 / base) - 1))));
const unchanged: XgbObjective = { margin: same, answer: () => {}, picks: false };
const exponential: XgbObjective = { margin: (base) => single(log(base)), answer: each(expSingle), picks: false };
const logistic: XgbObjective = { margin: logit, answer: each(sigmoid), picks: false };

const OBJECTIVES: Readonly<Record<string, XgbObjective>> = {
  "binary:logistic": logistic,
  "reg:logistic": logistic,
  "binary:logitraw": unchanged,
  "binary:hinge": { margin: same, answer: each((margin) => (margin > 0 ? 1 : 0)), picks: false },
  "multi:softprob": { margin: same, answer: softmax, picks: false },
  "multi:softmax": { margin: same, answer: () => {}, picks: true },
  "count:poisson": exponential,
  "reg:gamma": exponential,
  "reg:tweedie": exponential,
  "survival:cox": exponential,
  "survival:aft": exponential,
  "reg:squarederror": unchanged,
  "reg:linear": unchanged,
  "reg:squaredlogerror": unchanged,
  "reg:pseudohubererror": unchanged,
  "reg:absoluteerror": unchanged,
  "reg:quantileerror": unchanged,
  "reg:expectileerror": unchanged,
  "rank:pairwise": unchanged,
  "rank:ndcg": unchanged,
  "rank:map": unchanged,
};

/**
 * The objective of that name.
 *
 * @throws ModelFileError it is not known
 */
export function objectiveOf(name: string, legacy = false): XgbObjective {
  // Releases of the binary format took its base score for a probability.
  if (legacy && name === "binary:logitraw") return { ...unchanged, margin: logit };
  if (Object.hasOwn(OBJECTIVES, name)) return OBJECTIVES[name]!;
  throw new ModelFileError(`its objective '${name.slice(0, 40)}' is not known`);
}
