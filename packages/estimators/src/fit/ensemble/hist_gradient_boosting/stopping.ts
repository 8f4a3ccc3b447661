/** @module When boosting stops early: no score of the last iterations is better than the one before them. */

import { exp, expit, log, pairwiseSum, RandomState } from "@curtido/kernels";
import { estimatorError, featureError } from "../../../base/errors.ts";
import { drawnShares } from "../../model_selection/split.ts";
import type { HistLoss, Sample } from "./loss.ts";

/** Of more rows than these, so many are scored. */
const MOST_SCORED = 10_000;

/** What is scored: targets, and raw answers one output after the other. */
type Score = (sample: Sample, raw: Float64Array) => number;

function average(values: Float64Array, weights: Float64Array | undefined): number {
  if (weights === undefined) return pairwiseSum(values) / values.length;
  return pairwiseSum(values.map((value, row) => value * weights[row]!)) / pairwiseSum(weights);
}

/** The label that raw answers speak for, by number. */
function labelOf(raw: Float64Array, row: number, rows: number, outputs: number): number {
  if (outputs === 1) return Number(raw[row]! > 0);
  let best = 0;
  for (let k = 1; k < outputs; k++) if (raw[k * rows + row]! > raw[best * rows + row]!) best = k;
  return best;
}

function accuracy({ y, weights }: Sample, raw: Float64Array): number {
  const outputs = raw.length / y.length;
  return average(
    y.map((label, row) => Number(labelOf(raw, row, y.length, outputs) === label)),
    weights,
  );
}

/** The probability that a row was given of the label it has. */
function probability(raw: Float64Array, row: number, rows: number, outputs: number, label: number): number {
  if (outputs === 1) {
    const share = expit(raw[row]!);
    return label === 1 ? share : 1 - share;
  }
  let most = raw[row]!;
  for (let k = 1; k < outputs; k++) most = Math.max(most, raw[k * rows + row]!);
  const powers = Float64Array.from({ length: outputs }, (_, k) => exp(raw[k * rows + row]! - most));
  return powers[label]! / pairwiseSum(powers);
}

const negativeLogLoss: Score = ({ y, weights }, raw) => {
  const outputs = raw.length / y.length;
  if (new Set(y).size < Math.max(outputs, 2))
    throw featureError([{ detail: "the score 'neg_log_loss' wants every label among the rows to validate with" }]);
  const losses = y.map((label, row) => {
    const share = probability(raw, row, y.length, outputs, label);
    return -log(Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON));
  });
  return -average(losses, weights);
};

function regressionScore(name: string, loss: HistLoss): Score | undefined {
  const link = loss.name === "HalfPoissonLoss" || loss.name === "HalfGammaLoss" ? exp : (value: number) => value;
  const errors =
    (of: (apart: number) => number): Score =>
    ({ y, weights }, raw) =>
      average(
        y.map((value, row) => of(value - link(raw[row]!))),
        weights,
      );
  const squared = errors((apart) => apart * apart);
  switch (name) {
    case "neg_mean_squared_error":
      return (sample, raw) => -squared(sample, raw);
    case "neg_root_mean_squared_error":
      return (sample, raw) => -Math.sqrt(squared(sample, raw));
    case "neg_mean_absolute_error": {
      const absolute = errors(Math.abs);
      return (sample, raw) => -absolute(sample, raw);
    }
    case "r2":
      return ({ y, weights }, raw) => {
        const middle = average(y, weights);
        const weighted = (of: (value: number, row: number) => number) =>
          pairwiseSum(y.map((value, row) => (weights?.[row] ?? 1) * of(value, row) ** 2));
        const residual = weighted((value, row) => value - link(raw[row]!));
        const total = weighted((value) => value - middle);
        if (total === 0) return residual === 0 ? 1 : 0;
        return 1 - residual / total;
      };
    default:
      return undefined;
  }
}

/** The scores that are known by name; greater is better. */
export const SCORES = {
  classifier: ["loss", "accuracy", "neg_log_loss"],
  regressor: ["loss", "r2", "neg_mean_squared_error", "neg_root_mean_squared_error", "neg_mean_absolute_error"],
} as const;

/** The score that a parameter names; `null` is the estimator's own. */
function scoreOf(name: string | null, loss: HistLoss, isClassifier: boolean): Score {
  if (name === "loss") return (sample, raw) => -loss.mean(sample, raw);
  const score = isClassifier
    ? { accuracy, neg_log_loss: negativeLogLoss }[name ?? "accuracy"]
    : regressionScore(name ?? "r2", loss);
  if (score !== undefined) return score;
  throw estimatorError("E_UNSUPPORTED", `'scoring' is not known here: '${String(name)}'`, { path: "scoring" });
}

/** How boosting stops. */
export interface StoppingRules {
  readonly scoring: string | null;
  readonly patience: number;
  readonly tolerance: number;
  readonly isClassifier: boolean;
}

/** Keeps the scores of training rows, and of validation rows where there are some. */
export class EarlyStopping {
  readonly trainScores: number[] = [];
  readonly validationScores: number[] = [];
  private readonly rules: StoppingRules;
  private readonly score: Score;
  private readonly train: Sample;
  private readonly validation: Sample | undefined;
  private readonly scored: Int32Array | undefined;

  /** @param seed - of the rows that are scored where there are many */
  constructor(rules: StoppingRules, loss: HistLoss, train: Sample, validation: Sample | undefined, seed: number) {
    this.rules = rules;
    this.score = scoreOf(rules.scoring, loss, rules.isClassifier);
    this.validation = validation;
    const isMany = rules.scoring !== "loss" && train.y.length > MOST_SCORED;
    this.scored = isMany ? scoredRows(train.y, rules.isClassifier, seed) : undefined;
    this.train = this.scored === undefined ? train : rowsOf(train, this.scored);
  }

  /** Whether rows to learn from are scored by what predicting gives for them. */
  get predicts(): boolean {
    return this.rules.scoring === null;
  }

  /** Whether to stop after this iteration. */
  check(raw: Float64Array, rawValidation: Float64Array | undefined, rows: number): boolean {
    this.trainScores.push(this.score(this.train, this.scored === undefined ? raw : rawOf(raw, this.scored, rows)));
    if (this.validation === undefined) return this.isDone(this.trainScores);
    this.validationScores.push(this.score(this.validation, rawValidation!));
    return this.isDone(this.validationScores);
  }

  private isDone(scores: readonly number[]): boolean {
    const { patience, tolerance } = this.rules;
    const reference = scores[scores.length - patience - 1];
    return reference !== undefined && !scores.slice(-patience).some((score) => score > reference + tolerance);
  }
}

function rowsOf({ y, weights }: Sample, rows: Int32Array): Sample {
  return {
    y: Float64Array.from(rows, (row) => y[row]!),
    weights: weights && Float64Array.from(rows, (row) => weights[row]!),
  };
}

function rawOf(raw: Float64Array, chosen: Int32Array, rows: number): Float64Array {
  const outputs = raw.length / rows;
  const out = new Float64Array(outputs * chosen.length);
  for (let k = 0; k < outputs; k++)
    for (let at = 0; at < chosen.length; at++) out[k * chosen.length + at] = raw[k * rows + chosen[at]!]!;
  return out;
}

/** `sklearn.utils.resample` without replacement: of classifiers so that labels keep their shares. */
function scoredRows(y: Float64Array, isClassifier: boolean, seed: number): Int32Array {
  const random = new RandomState(seed);
  if (!isClassifier) return random.permutation(y.length).slice(0, MOST_SCORED);
  const members = new Map<number, number[]>();
  y.forEach((label, row) => {
    const list = members.get(label);
    if (list === undefined) members.set(label, [row]);
    else list.push(row);
  });
  const lists = [...members].sort(([one], [other]) => one - other).map(([, list]) => list);
  const counts = drawnShares(
    lists.map((list) => list.length),
    MOST_SCORED,
    random,
  );
  const chosen = lists.flatMap((list, at) => Array.from(random.choice(list.length, counts[at]!), (k) => list[k]!));
  return Int32Array.from(random.permutation(chosen.length), (at) => chosen[at]!);
}
