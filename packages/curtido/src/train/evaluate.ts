/** @module How good a trained model is on rows that it did not see. */

import { DataFrame, NdArray, Series } from "@curtido/arrays";
import type { Estimator } from "@curtido/estimators";
import {
  accuracyScore,
  confusionMatrix,
  type Fitted,
  f1Score,
  meanAbsoluteError,
  RandomState,
  r2Score,
  rootMeanSquaredError,
} from "@curtido/estimators/fit";
import { type Answered, answersOf, inOrder, type Label } from "./answers.ts";
import type { By } from "./choose.ts";
import { areasOf } from "./measure.ts";
import { meanOf } from "./sums.ts";
import type { Task } from "./task.ts";

/** Figures by name; greater is better for those that are no errors or losses. */
export type Scores = Readonly<Record<string, number>>;

/** True against false positives of one label, from the strictest threshold to the loosest. */
export interface RocCurve {
  readonly label: Label;
  readonly area: number;
  readonly points: readonly (readonly [falsePositives: number, truePositives: number])[];
}

/** What is known of a model after it was asked about rows. */
export interface Evaluation {
  readonly rows: number;
  readonly metrics: Scores;
  /** Of regression, for plots: some rows. */
  readonly pairs?: readonly (readonly [actual: number, predicted: number])[];
  /** Of classification. */
  readonly labels?: readonly Label[];
  readonly confusion?: readonly (readonly number[])[];
  readonly curves?: readonly RocCurve[];
}

/** How much worse the model is when the values of a column are mixed up. */
export interface Importance {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Points of plots: more do not show. */
const MOST_POINTS = 1500;
/** Curves of more labels than this are not drawn. */
const MOST_CURVES = 10;

/** How good answers are. */
export function evaluated(answered: Answered, y: readonly unknown[], task: Task): Evaluation {
  return task === "regression"
    ? regression(y as number[], answered.predicted as number[])
    : classification(answered, y as Label[]);
}

function regression(y: readonly number[], predicted: readonly number[]): Evaluation {
  const metrics = {
    r2: r2Score(y, predicted),
    mean_absolute_error: meanAbsoluteError(y, predicted),
    root_mean_squared_error: rootMeanSquaredError(y, predicted),
  };
  const pairs = thinned(y.map((value, at) => [value, predicted[at]!] as const));
  return { rows: y.length, metrics, pairs };
}

function classification(answered: Answered, truth: readonly Label[]): Evaluation {
  const predicted = answered.predicted as readonly Label[];
  const known = answered.known!;
  const seen = new Set<Label>([...truth, ...predicted]);
  const all = [...seen].every((label) => known.includes(label));
  // The matrix has a row for each label that is there or was predicted, in order.
  const labels = all ? known.filter((label) => seen.has(label)) : [...seen].sort(inOrder);
  const { probabilities } = answered;
  const curves = all ? areasOf(answered, truth) : [];
  const confusion = confusionMatrix(truth, predicted);
  const metrics: Record<string, number> = {
    accuracy: accuracyScore(truth, predicted),
    balanced_accuracy: balancedAccuracy(confusion),
    f1: labels.length === 2 ? f1Score(truth, predicted) : f1Score(truth, predicted, "macro"),
  };
  if (curves.length > 0) metrics["roc_auc"] = meanOf(curves.map(({ area }) => area));
  if (probabilities !== undefined && all) metrics["log_loss"] = meanOf(surprises(truth, probabilities, known));
  return {
    rows: truth.length,
    metrics,
    labels,
    confusion,
    ...(curves.length > 0 && curves.length <= MOST_CURVES
      ? {
          curves: curves.map(({ label, area, positive, scores }) => ({
            label,
            area,
            points: rocPoints(positive, scores),
          })),
        }
      : {}),
  };
}

/** The mean share of rows that are right over the labels that there are (`sklearn.metrics.balanced_accuracy_score`). */
function balancedAccuracy(confusion: readonly (readonly number[])[]): number {
  const recalls = confusion.flatMap((row, at) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? [] : [row[at]! / total];
  });
  return meanOf(recalls);
}

/** What `sklearn.metrics.log_loss` takes the mean of; labels may be missing among the rows. */
function surprises(
  truth: readonly Label[],
  probabilities: readonly (readonly number[])[],
  known: readonly Label[],
): number[] {
  const places = new Map(known.map((label, at) => [label, at]));
  return truth.map((label, row) => {
    const probability = probabilities[row]![places.get(label)!]!;
    return -Math.log(Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON));
  });
}

function rocPoints(positive: readonly boolean[], scores: readonly number[]): (readonly [number, number])[] {
  const order = scores.map((_, at) => at).sort((one, other) => scores[other]! - scores[one]!);
  const positives = positive.filter(Boolean).length;
  const points: (readonly [number, number])[] = [[0, 0]];
  let right = 0;
  order.forEach((row, at) => {
    if (positive[row]) right++;
    if (at + 1 < order.length && scores[order[at + 1]!] === scores[row]) return;
    points.push([(at + 1 - right) / (positive.length - positives), right / positives]);
  });
  return thinned(points);
}

/** Some of many, evenly; the last one is kept. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, at) => at % step === 0 || at === points.length - 1);
}

/** Rows that importances are measured on, and how often each column is mixed up. */
const MOST_ASKED = 1000;
const REPEATS = 5;
/** From so many columns on, once. */
const MANY_COLUMNS = 200;
/** Cells that models are asked about, each column mixed up in turn; where that leaves too few rows, nothing is measured. */
const MOST_CELLS = 5e8;
const LEAST_ASKED = 50;

/**
 * Permutation importances (Breiman 2001; `sklearn.inspection.permutation_importance`), the greatest first; none of a table of
 * thousands of columns.
 */
export function importancesOf(
  model: Fitted | Estimator,
  X: DataFrame,
  y: readonly unknown[],
  by: By,
  seed: number,
  onColumn: () => void,
): Importance[] {
  const width = X.series.length;
  const repeats = width > MANY_COLUMNS ? 1 : REPEATS;
  const affordable = Math.floor(MOST_CELLS / (repeats * width ** 2));
  if (affordable < Math.min(y.length, LEAST_ASKED)) return [];
  const rows = Math.min(y.length, MOST_ASKED, affordable);
  const frame = new DataFrame(
    X.series.map((column) => ({ ...column, values: itemsOf(column.values, rows) })),
    undefined,
    rows,
  );
  const truth = y.slice(0, rows);
  const random = new RandomState(seed);
  const usual = scoreOf(model, frame, truth, by);
  const found = frame.series.map((column, at) => {
    const losses = Array.from({ length: repeats }, () => {
      const mixed = new Series({ ...column, values: itemsOf(column.values, rows, random.permutation(rows)) });
      return usual - scoreOf(model, new DataFrame(frame.series.with(at, mixed), undefined, rows), truth, by);
    });
    onColumn();
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / repeats;
    return { name: column.name as string, mean, deviation: Math.sqrt(variance) };
  });
  return found.sort((one, other) => other.mean - one.mean);
}

function scoreOf(model: Fitted | Estimator, X: DataFrame, y: readonly unknown[], { task, measure }: By): number {
  return measure.score(answersOf(model, X, task), y);
}

/** The first elements of a column, or those at some places. */
function itemsOf(values: NdArray, count: number, places?: Int32Array): NdArray {
  const all = values.flat();
  const some = Array.from({ length: count }, (_, at) => all[places === undefined ? at : places[at]!]);
  if (values.dtype.kind === "f") return NdArray.of(Float64Array.from(some as number[]));
  if (values.dtype.kind === "b") return NdArray.bools(Uint8Array.from(some, Number));
  return NdArray.objects(some, [count]);
}
