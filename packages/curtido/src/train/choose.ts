/** @module Which of several estimators is the best, by cross-validation. */

import type { DataFrame } from "@curtido/arrays";
import {
  crossValScore,
  type Given,
  KFold,
  type RandomState,
  rowsAt,
  type Split,
  StratifiedKFold,
  type Trainer,
} from "@curtido/estimators/fit";
import { isCurtidoError } from "@curtido/pickle";
import type { Task } from "./task.ts";

/** How an estimator did. */
export interface Compared {
  readonly name: string;
  readonly given: Given;
  /** The score of each fold: R2, or accuracy. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** The standard deviation over the folds. */
  readonly deviation: number;
  readonly seconds: number;
  /** Why there are no scores. */
  readonly failed?: string;
}

/** Folds of cross-validation. */
const FOLDS = 5;
/** More rows than this are not looked at while comparing. */
export const MOST_COMPARED = 10_000;

/** An estimator to compare. */
export interface Candidate {
  readonly name: string;
  readonly given: Given;
  readonly trainer: Trainer;
}

/** Rows and targets to compare on: all, or as many as there may be, drawn with the seed. */
export function comparedRows(X: DataFrame, y: readonly unknown[], random: RandomState) {
  if (y.length <= MOST_COMPARED) return { X, y };
  const some = random.permutation(y.length).slice(0, MOST_COMPARED).sort();
  return { X: rowsAt(X, some) as DataFrame, y: Array.from(some, (row) => y[row]) };
}

/** The folds, the same for every estimator; labels keep their shares where each is there often enough. */
export function foldsOf(y: readonly unknown[], task: Task, seed: number): readonly Split[] {
  const counts = new Map<unknown, number>();
  for (const value of y) counts.set(value, (counts.get(value) ?? 0) + 1);
  const least = task === "classification" ? [...counts.values()].reduce((a, b) => Math.min(a, b), y.length) : y.length;
  // R2 needs two rows to be tested with.
  const most = Math.max(2, Math.min(FOLDS, Math.floor(y.length / 2)));
  const options = { shuffle: true, randomState: seed };
  return task === "classification" && least >= 2
    ? new StratifiedKFold({ ...options, nSplits: Math.min(most, least) }).split(y)
    : new KFold({ ...options, nSplits: most }).split(y.length);
}

/** Cross-validates each; `onFold` is told after each fold. */
export function compare(
  candidates: readonly Candidate[],
  X: DataFrame,
  y: readonly unknown[],
  folds: readonly Split[],
  onFold: () => void,
): Compared[] {
  return candidates.map(({ name, given, trainer }) => {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    try {
      const scores = folds.flatMap((fold) => {
        const score = crossValScore(trainer, X, y, [fold]);
        onFold();
        return score;
      });
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
      return { name, given, scores, mean, deviation: Math.sqrt(variance), seconds: seconds() };
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      const none = { scores: [], mean: Number.NEGATIVE_INFINITY, deviation: 0 };
      return { name, given, ...none, seconds: seconds(), failed: error.message };
    }
  });
}

/** The best one and why: the highest mean, or a simpler one that is within one standard error of it. */
export function best(
  compared: readonly Compared[],
  metric: string,
): { readonly chosen: Compared; readonly why: string } {
  const [top] = [...compared].sort((one, other) => other.mean - one.mean);
  if (top === undefined || top.failed !== undefined) throw new Error(top?.failed ?? "nothing was compared");
  const error = top.deviation / Math.sqrt(top.scores.length);
  const chosen = compared.find(({ mean }) => mean >= top.mean - error)!;
  const figure = `${metric} ${chosen.mean.toFixed(3)}`;
  if (chosen === top) return { chosen, why: `the best ${figure} in cross-validation of ${compared.length} estimators` };
  return {
    chosen,
    why: `${figure} in cross-validation, as good as ${top.name}'s ${top.mean.toFixed(3)} within its standard error, and simpler`,
  };
}
