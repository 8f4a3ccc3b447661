/** @module How good a trained model is on rows that it did not see. */

import { DataFrame, NdArray, Series } from "@curtido/arrays";
import {
  accuracyScore,
  confusionMatrix,
  type Fitted,
  f1Score,
  logLoss,
  meanAbsoluteError,
  RandomState,
  r2Score,
  rocAucScore,
  rootMeanSquaredError,
} from "@curtido/estimators/fit";
import type { Task } from "./task.ts";

type Label = string | number | boolean;

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

/** Asks a model about rows whose targets are known. */
export function evaluate(model: Fitted, X: DataFrame, y: readonly unknown[], task: Task): Evaluation {
  const predicted = model.predict(X).flat();
  return task === "regression"
    ? regression(y as number[], predicted as number[])
    : classification(model, X, y, predicted);
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

function classification(model: Fitted, X: DataFrame, y: readonly unknown[], given: readonly unknown[]): Evaluation {
  const truth = y as readonly Label[];
  const predicted = given.map((value) => (typeof value === "bigint" ? Number(value) : value)) as Label[];
  const known = model.classes_!.flat().map((value) => (typeof value === "bigint" ? Number(value) : value)) as Label[];
  const seen = new Set<Label>([...truth, ...predicted]);
  // The matrix has a row for each label that is there or was predicted, in order.
  const labels = known.filter((label) => seen.has(label));
  const all = labels.length === seen.size;
  const probabilities = model.offers("predictProba") ? rowsOf(model.predictProba(X) as NdArray) : undefined;
  const curves = probabilities === undefined || !all ? [] : curvesOf(truth, probabilities, known);
  const metrics: Record<string, number> = {
    accuracy: accuracyScore(truth, predicted),
    f1: labels.length === 2 ? f1Score(truth, predicted) : f1Score(truth, predicted, "macro"),
  };
  if (curves.length > 0) metrics["roc_auc"] = curves.reduce((sum, { area }) => sum + area, 0) / curves.length;
  if (probabilities !== undefined && new Set(truth).size === known.length)
    metrics["log_loss"] = logLoss(truth, probabilities);
  return {
    rows: truth.length,
    metrics,
    labels,
    ...(all ? { confusion: confusionMatrix(truth, predicted) } : {}),
    ...(curves.length > 0 && curves.length <= MOST_CURVES ? { curves } : {}),
  };
}

function rowsOf(array: NdArray): number[][] {
  return array.tolist() as number[][];
}

/** One curve for two labels, of the greater one; else one for each label against the others. */
function curvesOf(
  truth: readonly Label[],
  probabilities: readonly (readonly number[])[],
  known: readonly Label[],
): RocCurve[] {
  const places = known.length === 2 ? [1] : known.map((_, at) => at);
  return places.flatMap((at) => {
    const positive = truth.map((label) => label === known[at]);
    const scores = probabilities.map((row) => row[at]!);
    if (positive.every(Boolean) || !positive.some(Boolean)) return [];
    return [{ label: known[at]!, area: rocAucScore(positive, scores), points: rocPoints(positive, scores) }];
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

/** Permutation importances (Breiman 2001; `sklearn.inspection.permutation_importance`), the greatest first. */
export function importancesOf(
  model: Fitted,
  X: DataFrame,
  y: readonly unknown[],
  task: Task,
  seed: number,
  onColumn: () => void,
): Importance[] {
  const rows = Math.min(y.length, MOST_ASKED);
  const frame = new DataFrame(
    X.series.map((column) => ({ ...column, values: itemsOf(column.values, rows) })),
    undefined,
    rows,
  );
  const truth = y.slice(0, rows);
  const random = new RandomState(seed);
  const usual = scoreOf(model, frame, truth, task);
  const found = frame.series.map((column, at) => {
    const losses = Array.from({ length: REPEATS }, () => {
      const mixed = new Series({ ...column, values: itemsOf(column.values, rows, random.permutation(rows)) });
      return usual - scoreOf(model, new DataFrame(frame.series.with(at, mixed), undefined, rows), truth, task);
    });
    onColumn();
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / REPEATS;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / REPEATS;
    return { name: column.name as string, mean, deviation: Math.sqrt(variance) };
  });
  return found.sort((one, other) => other.mean - one.mean);
}

function scoreOf(model: Fitted, X: DataFrame, y: readonly unknown[], task: Task): number {
  return (task === "regression" ? r2Score : accuracyScore)(y, model.predict(X));
}

/** The first elements of a column, or those at some places. */
function itemsOf(values: NdArray, count: number, places?: Int32Array): NdArray {
  const all = values.flat();
  const some = Array.from({ length: count }, (_, at) => all[places === undefined ? at : places[at]!]);
  if (values.dtype.kind === "f") return NdArray.of(Float64Array.from(some as number[]));
  if (values.dtype.kind === "b") return NdArray.bools(Uint8Array.from(some, Number));
  return NdArray.objects(some, [count]);
}
