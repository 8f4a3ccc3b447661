/** @module What has to be said first: that a model is no better than none, or that a column gives it away. */

import { RandomState } from "@curtido/estimators/fit";
import type { Answered } from "./answers.ts";
import type { Compared } from "./choose.ts";
import type { Leak } from "./leaks.ts";
import type { Measure } from "./measure.ts";
import { option } from "./quoting.ts";
import { deviationOf, meanOf } from "./sums.ts";
import { titleOf } from "./titles.ts";

/** The answers of a model and of who looks at no column to the same rows. */
export interface Tested {
  readonly model: Answered;
  readonly dummy: Answered;
  readonly y: readonly unknown[];
}

/** What a headline is made of. */
export interface Verdict {
  readonly estimator: string;
  /** The one of the model: of those that were compared it is the same. */
  readonly measure: Measure;
  /** Where several were compared. */
  readonly compared: { readonly chosen: Compared; readonly dummy: Compared } | undefined;
  readonly answers: Tested | undefined;
  readonly leaks: readonly Leak[];
  readonly seed: number;
}

/** Deviations over folds that are no gain: the best one of several is a lucky one too. */
const FOLD_DEVIATIONS = 1.5;
/** Deviations over drawn rows that are none. */
const ROW_DEVIATIONS = 2;
/** How often rows are drawn, and how many. */
const DRAWS = 100;
const MOST_DRAWN = 2000;

/** What is meant to be read before anything else; nothing where the model is of use and honest. */
export function headlineOf(verdict: Verdict): readonly string[] {
  return [...worthless(verdict), ...verdict.leaks.map((leak) => leakLine(leak, verdict.measure))];
}

function worthless({ estimator, measure, compared, answers: test, seed }: Verdict): readonly string[] {
  const title = titleOf(measure.name);
  const said = (own: number, without: number, where: string) => [
    `${estimator} is no better than answering without looking at any column: ${title} ${own.toFixed(3)} against ${without.toFixed(3)} ${where}`,
  ];
  if (compared !== undefined) {
    const { chosen, dummy } = compared;
    const gains = chosen.scores.map((score, at) => score - dummy.scores[at]!);
    if (meanOf(gains) > FOLD_DEVIATIONS * deviationOf(gains)) return [];
    return said(chosen.mean, dummy.mean, "in cross-validation, within the spread of the folds");
  }
  if (test === undefined) return [];
  const [own, without] = [measure.score(test.model, test.y), measure.score(test.dummy, test.y)];
  if (own - without > ROW_DEVIATIONS * spreadOf(test, measure, seed)) return [];
  return said(own, without, `on ${test.y.length} rows, within what chance gives`);
}

/** How much what is gained varies when rows are drawn again (the bootstrap of Efron 1979). */
function spreadOf({ model, dummy, y }: Tested, measure: Measure, seed: number): number {
  const random = new RandomState(seed);
  const size = Math.min(y.length, MOST_DRAWN);
  const gains = Array.from({ length: DRAWS }, () => {
    const rows = random.integers(y.length, size);
    const drawn = Array.from(rows, (row) => y[row]);
    return measure.score(answersAt(model, rows), drawn) - measure.score(answersAt(dummy, rows), drawn);
  });
  return deviationOf(gains) * Math.sqrt(size / y.length);
}

function answersAt({ predicted, known, probabilities }: Answered, rows: Int32Array): Answered {
  const at = <T>(values: readonly T[]) => Array.from(rows, (row) => values[row]!);
  return {
    predicted: at(predicted),
    ...(known && { known }),
    ...(probabilities && { probabilities: at(probabilities) }),
  };
}

function leakLine({ name, score }: Leak, measure: Measure): string {
  const figure = `${measure.name === "r2" ? "R2" : "accuracy"} ${score.toFixed(3)}`;
  return `'${name}' alone gives ${figure}: a leak, unless it is known before what is to be predicted; leave it out with ${option("--drop", name)}`;
}
