/** @module Which of several estimators is the best, by cross-validation. */

import type { DataFrame } from "@curtido/arrays";
import {
  type Given,
  KFold,
  type RandomState,
  rowsAt,
  type Split,
  StratifiedKFold,
  type Trainer,
} from "@curtido/estimators/fit";
import { isCurtidoError } from "@curtido/pickle";
import { answersOf, dummyAnswers } from "./answers.ts";
import type { Measure } from "./measure.ts";
import { deviationOf, meanOf } from "./sums.ts";
import type { Task } from "./task.ts";

/** How an estimator did. */
export interface Compared {
  readonly name: string;
  readonly given: Given;
  /** The score of each fold by the {@link Measure}; greater is better. */
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
/** Of a table of so many columns, once it is encoded, fewer: boosted trees look at each of them for every split. */
const WIDE = 1000;
const FOLDS_OF_WIDE = 3;
/** More rows than this are not looked at while comparing, */
const MOST_COMPARED = 10_000;
/** nor more numbers, once categories are encoded; */
const MOST_NUMBERS = 1_000_000;
/** nor more differences between rows, of each of which neighbors take one to each other; */
const MOST_DIFFERENCES = 3e9;
/** but so many rows always. */
const LEAST_COMPARED = 500;

/** An estimator to compare. */
export interface Candidate {
  readonly name: string;
  readonly given: Given;
  readonly trainer: Trainer;
}

/**
 * Rows and targets to compare on: all, or as many as there may be, drawn with the seed.
 *
 * @param width - columns of the encoded table, for each label where a model of several labels is as many models
 */
export function comparedRows(X: DataFrame, y: readonly unknown[], width: number, random: RandomState) {
  const affordable = Math.min(MOST_NUMBERS / width, Math.sqrt(MOST_DIFFERENCES / width));
  const most = Math.min(MOST_COMPARED, Math.max(LEAST_COMPARED, Math.floor(affordable)));
  if (y.length <= most) return { X, y };
  const some = random.permutation(y.length).slice(0, most).sort();
  return { X: rowsAt(X, some) as DataFrame, y: Array.from(some, (row) => y[row]) };
}

/** The folds, the same for every estimator; labels keep their shares where each is there often enough. */
export function foldsOf(y: readonly unknown[], task: Task, seed: number, width = 1): readonly Split[] {
  const counts = new Map<unknown, number>();
  for (const value of y) counts.set(value, (counts.get(value) ?? 0) + 1);
  const least = task === "classification" ? [...counts.values()].reduce((a, b) => Math.min(a, b), y.length) : y.length;
  // R2 needs two rows to be tested with.
  const most = Math.max(2, Math.min(width > WIDE ? FOLDS_OF_WIDE : FOLDS, Math.floor(y.length / 2)));
  const options = { shuffle: true, randomState: seed };
  return task === "classification" && least >= 2
    ? new StratifiedKFold({ ...options, nSplits: Math.min(most, least) }).split(y)
    : new KFold({ ...options, nSplits: most }).split(y.length);
}

/** What is learned, and by what those who learn it are compared. */
export interface By {
  readonly task: Task;
  readonly measure: Measure;
}

/** Cross-validates each; `onFold` is told after each fold. */
export function compare(
  candidates: readonly Candidate[],
  X: DataFrame,
  y: readonly unknown[],
  folds: readonly Split[],
  { task, measure }: By,
  onFold: () => void,
): Compared[] {
  const at = (rows: Int32Array) => ({ X: rowsAt(X, rows) as DataFrame, y: Array.from(rows, (row) => y[row]) });
  return candidates.map(({ name, given, trainer }) => {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    try {
      const scores = folds.map(({ train, test }) => {
        const [learned, asked] = [at(train), at(test)];
        const score = measure.score(answersOf(trainer.fit(learned.X, learned.y), asked.X, task), asked.y);
        onFold();
        return score;
      });
      return { name, given, ...summary(scores), seconds: seconds() };
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      const none = { scores: [], mean: Number.NEGATIVE_INFINITY, deviation: 0 };
      return { name, given, ...none, seconds: seconds(), failed: error.message };
    }
  });
}

/** How who looks at no column does on the same folds. */
export function comparedDummy(
  name: string,
  y: readonly unknown[],
  folds: readonly Split[],
  { task, measure }: By,
): Compared {
  const at = (rows: Int32Array) => Array.from(rows, (row) => y[row]);
  const scores = folds.map(({ train, test }) => {
    const asked = at(test);
    return measure.score(dummyAnswers(at(train), asked.length, task), asked);
  });
  return { name, given: {}, ...summary(scores), seconds: 0 };
}

function summary(scores: readonly number[]) {
  return { scores, mean: meanOf(scores), deviation: deviationOf(scores) };
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
