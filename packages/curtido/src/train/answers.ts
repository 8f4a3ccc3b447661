/** @module What a model, or who looks at no column, answers to rows. */

import type { DataFrame, NdArray } from "@curtido/arrays";
import type { Estimator } from "@curtido/estimators";
import type { Fitted } from "@curtido/estimators/fit";
import { meanOf } from "./sums.ts";
import type { Goal, Task } from "./task.ts";

/** What a row may be called. */
export type Label = string | number | boolean;

/** What was answered to rows. */
export interface Answered {
  readonly predicted: readonly unknown[];
  /** Of classification: all labels that may be answered, in order, and the probabilities of each where there are some. */
  readonly known?: readonly Label[];
  readonly probabilities?: readonly (readonly number[])[];
}

/** What a model answers. */
export function answersOf(model: Fitted | Estimator, X: DataFrame, task: Task): Answered {
  const predicted = model.predict(X).flat().map(plain);
  if (task === "regression") return { predicted };
  const known = (model.classes_ as NdArray).flat().map(plain) as Label[];
  if (!model.offers("predictProba")) return { predicted, known };
  return { predicted, known, probabilities: (model.predictProba(X) as NdArray).tolist() as number[][] };
}

/** What scikit-learn's `DummyRegressor` or `DummyClassifier` (`prior`) answers to so many rows. */
export function dummyAnswers(learned: readonly unknown[], rows: number, task: Task): Answered {
  const all = <T>(value: T): T[] => Array.from({ length: rows }, () => value);
  if (task === "regression") return { predicted: all(meanOf(learned as number[])) };
  const counts = new Map<Label, number>();
  for (const label of learned as Label[]) counts.set(label, (counts.get(label) ?? 0) + 1);
  const known = [...counts.keys()].sort(inOrder);
  const most = known.reduce((best, label) => (counts.get(label)! > counts.get(best)! ? label : best));
  return {
    predicted: all(most),
    known,
    probabilities: all(known.map((label) => counts.get(label)! / learned.length)),
  };
}

/** The name of the estimator that looks at no column. */
export function dummyName({ task }: Goal): string {
  return task === "regression" ? "DummyRegressor" : "DummyClassifier";
}

/** Labels in their order. */
export function inOrder(one: Label, other: Label): number {
  return one < other ? -1 : Number(one > other);
}

function plain(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
