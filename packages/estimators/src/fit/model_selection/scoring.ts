/** @module Scores by scikit-learn's names: how good a fitted estimator is on rows that it did not see. */

import type { NdArray } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Table } from "../base/data.ts";
import type { Fitted } from "../base/trainer.ts";
import * as metrics from "../metrics/metrics.ts";

/** How good a fitted estimator is on rows that it did not see; greater is better. */
export type Score = (model: Fitted, X: Table, y: readonly unknown[]) => number;

/** A score, and the scorer that scikit-learn has of that name. */
interface Scorer {
  readonly score: Score;
  readonly module: string;
  readonly function: string;
  readonly sign: 1 | -1;
  readonly kwargs?: readonly (readonly [string, unknown])[];
  readonly response: string | Tuple;
}

type Metric = (truth: readonly unknown[], predicted: NdArray) => number;

function ofPredictions(metric: Metric, module: string, name: string, sign: 1 | -1, kwargs?: Scorer["kwargs"]): Scorer {
  const score: Score = (model, X, y) => sign * metric(y, model.predict(X));
  return { score, module, function: name, sign, response: "predict", ...(kwargs && { kwargs }) };
}

function f1(average: metrics.Average): Scorer {
  const kwargs = [...(average === "binary" ? [] : [["pos_label", null] as const]), ["average", average] as const];
  return ofPredictions((y, p) => metrics.f1Score(y, p, average), "_classification", "f1_score", 1, kwargs);
}

/** What the curve is drawn of: decisions where there are some, else the probability of the greater label. */
function decisions(model: Fitted, X: Table): Float64Array {
  if (model.offers("decisionFunction")) return (model.decisionFunction(X) as NdArray).toFloat64();
  const rows = (model.predictProba(X) as NdArray).tolist() as number[][];
  return Float64Array.from(rows, (row) => row[1]!);
}

const REGRESSION = "_regression";
const SCORERS: Readonly<Record<string, Scorer>> = {
  r2: ofPredictions(metrics.r2Score, REGRESSION, "r2_score", 1),
  neg_mean_squared_error: ofPredictions(metrics.meanSquaredError, REGRESSION, "mean_squared_error", -1),
  neg_root_mean_squared_error: ofPredictions(metrics.rootMeanSquaredError, REGRESSION, "root_mean_squared_error", -1),
  neg_mean_absolute_error: ofPredictions(metrics.meanAbsoluteError, REGRESSION, "mean_absolute_error", -1),
  accuracy: ofPredictions(metrics.accuracyScore, "_classification", "accuracy_score", 1),
  f1: f1("binary"),
  f1_macro: f1("macro"),
  f1_micro: f1("micro"),
  f1_weighted: f1("weighted"),
  roc_auc: {
    score: (model, X, y) => metrics.rocAucScore(y, decisions(model, X)),
    module: "_ranking",
    function: "roc_auc_score",
    sign: 1,
    response: new Tuple(["decision_function", "predict_proba"]),
  },
  neg_log_loss: {
    score: (model, X, y) => -metrics.logLoss(y, (model.predictProba(X) as NdArray).tolist() as number[][]),
    module: "_classification",
    function: "log_loss",
    sign: -1,
    response: "predict_proba",
  },
};

/** The names of scores. */
export const SCORING: readonly string[] = Object.keys(SCORERS);

function scorerOf(name: string): Scorer {
  const found = Object.hasOwn(SCORERS, name) ? SCORERS[name] : undefined;
  if (found !== undefined) return found;
  throw estimatorError("E_UNSUPPORTED", `'scoring' is one of ${SCORING.join(", ")}, not '${name}'`, {
    path: "scoring",
    allowed: SCORING,
  });
}

/** Accuracy of classifiers, R2 of regressors: what `score` of scikit-learn's estimators gives. */
function usualScore(model: Fitted, X: Table, y: readonly unknown[]): number {
  return (model.classes_ === undefined ? metrics.r2Score : metrics.accuracyScore)(y, model.predict(X));
}

/**
 * The score of a name; accuracy of classifiers and R2 of regressors without one.
 *
 * @throws CurtidoError E_UNSUPPORTED naming the scores that there are
 */
export function scoreOf(scoring: string | Score | null | undefined): Score {
  if (typeof scoring === "function") return scoring;
  return scoring === null || scoring === undefined ? usualScore : scorerOf(scoring).score;
}

/** The scorer as scikit-learn pickles it. */
export function scorerInstance(scoring: string | null, estimator: Instance): Instance {
  const module = "sklearn.metrics._scorer";
  const passes = scoring === null;
  const made = new Instance(new Global(module, passes ? "_PassthroughScorer" : "_Scorer"), [], "newobj");
  if (passes) {
    made.states.push(new Dict<unknown>([["_estimator", estimator]]));
    return made;
  }
  const scorer = scorerOf(scoring);
  made.states.push(
    new Dict<unknown>([
      ["_score_func", new Global(`sklearn.metrics.${scorer.module}`, scorer.function)],
      ["_sign", scorer.sign],
      ["_kwargs", new Dict(scorer.kwargs ?? [])],
      ["_response_method", scorer.response],
    ]),
  );
  return made;
}
