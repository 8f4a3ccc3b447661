/** @module How good a model is on rows whose targets are known. */

import { DataFrame, NdArray, Series } from "@curtido/arrays";
import { rowsAt } from "@curtido/estimators/fit";
import { CurtidoError } from "@curtido/pickle";
import type { Batch, Served } from "@curtido/server";
import { isMissing } from "@curtido/tables";
import { answersOf, dummyAnswers, type Label } from "../train/answers.ts";
import { dataError } from "../train/errors.ts";
import { type Evaluation, evaluated, type Importance, importancesOf, type Scores } from "../train/evaluate.ts";
import { measureFor, measureOf } from "../train/measure.ts";
import type { Goal, Task } from "../train/task.ts";
import { headlineOf } from "../train/verdict.ts";
import { labelledRows } from "./labelled.ts";

/** What is known of one label. */
export interface LabelScores {
  readonly label: Label;
  /** How many rows have it. */
  readonly rows: number;
  /** Of the rows that were called so, the share that is. */
  readonly precision: number;
  /** Of the rows that are so, the share that was called so. */
  readonly recall: number;
  readonly f1: number;
}

/** How good a model is. */
export interface Score extends Pick<Evaluation, "rows" | "metrics" | "labels" | "confusion"> {
  readonly target: string;
  /** Whether nobody said which column the target is. */
  readonly guessed: boolean;
  /** Whether columns were taken in their order, as the model knows no names. */
  readonly byPosition: boolean;
  readonly task: Task;
  /** Rows without a target. */
  readonly skipped: number;
  readonly ignored: readonly string[];
  /** The same figures of who looks at no column, and knows the mean, or the shares of the labels, of these very rows. */
  readonly baseline: Scores;
  readonly perLabel?: readonly LabelScores[];
  readonly importances?: readonly Importance[];
  readonly headline: readonly string[];
}

/** What is asked beside the figures. */
export interface ScoreOptions {
  readonly target?: string | undefined;
  readonly importances?: boolean | undefined;
}

/**
 * Asks a model about rows whose targets are known.
 *
 * @throws CurtidoError E_DATA for rows without targets, E_FEATURES for rows that the model does not take, E_NO_METHOD for a
 *   model that has no target
 */
export function scored(served: Served, batch: Batch, options: ScoreOptions): Score {
  const task = taskOf(served);
  const labelled = labelledRows(batch, served, task, options.target);
  const { targets, target, guessed, ignored, byPosition } = labelled;
  const all = served.checked(labelled.batch, { unexpected: "ignore" });
  const rows = Int32Array.from(targets.flatMap((value, row) => (isMissing(value) ? [] : [row])));
  if (all === undefined || rows.length === 0) throw dataError(`the target '${target}' is empty in every row`);
  const X = rowsAt(framed(all, served), rows) as DataFrame;
  const y = Array.from(rows, (row) => targets[row]);
  const answered = answersOf(served.estimator, X, task);
  const dummy = dummyAnswers(y, y.length, task);
  const { metrics, labels, confusion } = evaluated(answered, y, task);
  const measure = measureFor(answered, measureOf(goalOf(y, task)));
  const answers = { model: answered, dummy, y };
  const by = { task, measure };
  return {
    target,
    guessed,
    byPosition,
    task,
    rows: y.length,
    skipped: targets.length - y.length,
    ignored,
    metrics,
    baseline: evaluated(dummy, y, task).metrics,
    ...(labels && confusion && { labels, confusion, perLabel: perLabel(labels, confusion) }),
    ...(options.importances === true && {
      importances: importancesOf(served.estimator, X, y, by, 0, () => undefined),
    }),
    headline: headlineOf({ estimator: served.className, measure, compared: undefined, answers, leaks: [], seed: 0 }),
  };
}

function taskOf({ signature, className, method }: Served): Task {
  const { task, outputs } = signature;
  if (method === "predict" && outputs === 1 && (task === "classification" || task === "regression")) return task;
  const why = outputs === 1 ? "has no target that could be compared" : `answers ${outputs} values for each row`;
  throw new CurtidoError(
    "E_NO_METHOD",
    `a ${className} ${why}: score is for classifiers and regressors of one target`,
    {
      method: "predict",
    },
  );
}

function goalOf(y: readonly unknown[], task: Task): Goal {
  if (task === "regression") return { task, why: "" };
  const counts = new Map<Label, number>();
  for (const label of y as readonly Label[]) counts.set(label, (counts.get(label) ?? 0) + 1);
  return { task, why: "", labels: [...counts].sort(([, one], [, other]) => other - one) };
}

/** Rows as a frame, by the names of the features. */
function framed(rows: unknown, { signature }: Served): DataFrame {
  if (rows instanceof DataFrame) return rows;
  if (!(rows instanceof NdArray) || rows.ndim !== 2)
    throw dataError("the model says nothing of its features, so that it cannot be told whether the rows fit");
  const [count, width] = rows.shape as [number, number];
  const all = rows.flat();
  const series = Array.from({ length: width }, (_, column) => {
    const values = Array.from({ length: count }, (_, row) => all[row * width + column]);
    const numbers = rows.dtype.kind === "f";
    return new Series({
      name: signature.features[column]!.name,
      values: numbers ? NdArray.of(Float64Array.from(values as number[])) : NdArray.objects(values, [count]),
      dtype: numbers ? "float64" : "object",
    });
  });
  return new DataFrame(series, undefined, count);
}

/** What scikit-learn's `classification_report` has of each label. */
function perLabel(labels: readonly Label[], confusion: readonly (readonly number[])[]): LabelScores[] {
  return labels.map((label, at) => {
    const rows = confusion[at]!.reduce((sum, count) => sum + count, 0);
    const called = confusion.reduce((sum, row) => sum + row[at]!, 0);
    const right = confusion[at]![at]!;
    const share = (of: number) => (of === 0 ? 0 : right / of);
    return {
      label,
      rows,
      precision: share(called),
      recall: share(rows),
      f1: rows + called === 0 ? 0 : (2 * right) / (rows + called),
    };
  });
}
