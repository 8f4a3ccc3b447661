/** @module By which figure estimators are compared. */

import { accuracyScore, r2Score, rocAucScore } from "@curtido/estimators/fit";
import type { Answered, Label } from "./answers.ts";
import { meanOf } from "./sums.ts";
import type { Goal } from "./task.ts";

/** A figure of answers to rows whose targets are known; greater is better. */
export interface Measure {
  readonly name: "r2" | "accuracy" | "roc_auc";
  /** Why it is this one, where that is to be said. */
  readonly why?: string;
  score(answered: Answered, y: readonly unknown[]): number;
}

/** A label is taken for much more frequent than others from this many times its even share on. */
const FREQUENT = 1.5;
/** And for rare up to this part of it. */
const RARE = 0.5;

const REGRESSION: Measure = {
  name: "r2",
  score: ({ predicted }, y) => r2Score(y as number[], predicted as number[]),
};

const ACCURACY: Measure = {
  name: "accuracy",
  score: ({ predicted }, y) => accuracyScore(y as Label[], predicted as Label[]),
};

/**
 * R2 for numbers; accuracy for labels, but the area under the ROC curve where they are uneven: there, whoever always answers
 * the most frequent one is often right.
 */
export function measureOf({ task, labels }: Goal): Measure {
  if (task === "regression") return REGRESSION;
  const total = labels!.reduce((sum, [, count]) => sum + count, 0);
  const even = total / labels!.length;
  const [most, least] = [labels![0]!, labels!.at(-1)!];
  if (most[1] < even * FREQUENT && least[1] > even * RARE) return ACCURACY;
  const share = ((most[1] / total) * 100).toFixed(0);
  return {
    name: "roc_auc",
    why: `labels are uneven, ${share}% of them are ${String(most[0])}: accuracy would praise answering it always`,
    score: (answered, y) => rocAuc(answered, y as Label[]) ?? 0.5,
  };
}

/** The measure of a model, which may give no probabilities. */
export function measureFor(answered: Answered, measure: Measure): Measure {
  return measure.name === "roc_auc" && answered.probabilities === undefined ? ACCURACY : measure;
}

/** The area under the curve of each label against the others; of two labels, of the greater one. */
export function areasOf({ known, probabilities }: Answered, truth: readonly Label[]) {
  if (known === undefined || probabilities === undefined) return [];
  const places = known.length === 2 ? [1] : known.map((_, at) => at);
  return places.flatMap((at) => {
    const positive = truth.map((label) => label === known[at]);
    if (positive.every(Boolean) || !positive.some(Boolean)) return [];
    const scores = probabilities.map((row) => row[at]!);
    return [{ label: known[at]!, area: rocAucScore(positive, scores), positive, scores }];
  });
}

/** The mean of {@link areasOf}; `undefined` where no label has one. */
export function rocAuc(answered: Answered, truth: readonly Label[]): number | undefined {
  const areas = areasOf(answered, truth);
  return areas.length === 0 ? undefined : meanOf(areas.map(({ area }) => area));
}
