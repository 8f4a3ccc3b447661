/** @module From a table to a model and what is to be said of it. */

import { type DataFrame, NdArray } from "@curtido/arrays";
import { type Fitted, type Given, RandomState, rowsAt, trainTestSplit } from "@curtido/estimators/fit";
import { Dict, type Instance, type Tuple } from "@curtido/pickle";
import { best, type Compared, compare, comparedRows, foldsOf } from "./choose.ts";
import { type ColumnWishes, type FeatureColumn, type Prepared, prepareColumns } from "./columns.ts";
import { dataError } from "./errors.ts";
import { AUTO, candidatesOf, choiceOf, type EstimatorChoice, namesFor, trainerFor } from "./estimators.ts";
import { type Evaluation, evaluate, type Importance, importancesOf, type Scores } from "./evaluate.ts";
import { pipelineOf } from "./pipeline.ts";
import { type Goal, goalOf, type Task } from "./task.ts";

/** How to train. */
export interface TrainOptions extends ColumnWishes {
  readonly task?: Task | undefined;
  /** A class of scikit-learn, or `auto`. */
  readonly estimator: string;
  readonly given: Given;
  readonly seed: number;
  /** The share of rows that is held back to test with, or their number; 0 for none. */
  readonly testSize: number;
  /** Whether all rows are learned from in the end, when those held back have been tested with. */
  readonly refit?: boolean | undefined;
}

/** What came of it. */
export interface Trained {
  readonly model: Fitted;
  readonly goal: Goal;
  readonly target: string;
  readonly features: readonly FeatureColumn[];
  readonly dropped: readonly string[];
  readonly skipped: number;
  readonly rows: number;
  readonly estimator: string;
  readonly given: Given;
  readonly seed: number;
  readonly refitted: boolean;
  /** Why this estimator. */
  readonly why: string;
  readonly compared: readonly Compared[];
  readonly training: Evaluation;
  readonly test?: Evaluation;
  /** What answering the mean, or the most frequent label, would give on the same rows as {@link test}. */
  readonly baseline: Scores;
  readonly importances: readonly Importance[];
  /** A row that was not learned from, where there is one. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** Is told how much of the work is done. */
export type Progress = (done: number, total: number) => void;

/**
 * Learns from a table.
 *
 * @throws CurtidoError E_DATA when it cannot be learned from
 */
export function train(table: DataFrame, options: TrainOptions, progress: Progress = () => undefined): Trained {
  const start = performance.now();
  const prepared = prepareColumns(table, options);
  const goal = goalOf(prepared.y, options.target, options.task);
  const notes: string[] = [];
  const parts = splitOf(prepared, goal, options, notes);
  const steps = new Steps(progress, prepared.features.length);
  const { choice, given, compared, why } = chosenEstimator(prepared, parts, goal, options, steps);
  const pipeline = pipelineOf(prepared.features, prepared.y.length, trainerFor(choice, given, options.seed));
  const measured = pipeline.fit(parts.train.X, parts.train.y);
  const training = evaluate(measured, parts.train.X, parts.train.y, goal.task);
  const shown = parts.test ?? parts.train;
  const test = parts.test && evaluate(measured, parts.test.X, parts.test.y, goal.task);
  const importances = importancesOf(measured, shown.X, shown.y, goal.task, options.seed, () => steps.next());
  notes.push(...unfinished(measured.instance, choice.name));
  const refitted = options.refit === true && parts.test !== undefined;
  return {
    model: refitted ? pipeline.fit(prepared.X, prepared.y) : measured,
    goal,
    target: options.target,
    features: prepared.features,
    dropped: prepared.dropped,
    skipped: prepared.skipped,
    rows: prepared.y.length,
    estimator: choice.name,
    given,
    seed: options.seed,
    refitted,
    why,
    compared,
    training,
    ...(test === undefined ? {} : { test }),
    baseline: baselineOf(parts.train.y, shown.y, goal),
    importances,
    example: exampleOf(shown.X),
    notes,
    seconds: (performance.now() - start) / 1000,
  };
}

/** Counts what is done. */
class Steps {
  private done = 0;
  total: number;
  private readonly progress: Progress;

  constructor(progress: Progress, total: number) {
    this.progress = progress;
    this.total = total;
  }

  next(): void {
    this.progress(++this.done, this.total);
  }
}

interface Part {
  readonly X: DataFrame;
  readonly y: readonly unknown[];
}

interface Parts {
  readonly train: Part;
  readonly test?: Part;
}

/** Rows to learn from and rows to test with; labels keep their shares where each is there twice. */
function splitOf(prepared: Prepared, goal: Goal, { testSize, seed }: TrainOptions, notes: string[]): Parts {
  const { X, y } = prepared;
  if (testSize === 0) return { train: { X, y } };
  const rare = goal.labels?.filter(([, count]) => count < 2).map(([label]) => String(label)) ?? [];
  if (rare.length > 0)
    notes.push(`only one row has the label ${rare.slice(0, 3).join(", ")}: labels are not kept in proportion`);
  const held = testSize < 1 ? Math.ceil(testSize * y.length) : testSize;
  if (y.length - held < 2)
    throw dataError(`${y.length} rows are too few to hold ${held} back for testing; add rows, or --test-size 0`);
  const tooFew = goal.labels !== undefined && Math.min(held, y.length - held) < goal.labels.length;
  const stratify = goal.labels !== undefined && rare.length === 0 && !tooFew ? { stratify: y } : {};
  const { train, test } = trainTestSplit(y.length, { testSize, randomState: seed, ...stratify });
  const part = (rows: Int32Array): Part => ({ X: rowsAt(X, rows) as DataFrame, y: Array.from(rows, (row) => y[row]) });
  const parts = { train: part(train), test: part(test) };
  if (new Set(parts.train.y).size < 2)
    throw dataError(
      `${y.length} rows are too few: those to learn from all have the target ${String(parts.train.y[0])}`,
    );
  return parts;
}

interface Chosen {
  readonly choice: EstimatorChoice;
  readonly given: Given;
  readonly compared: readonly Compared[];
  readonly why: string;
}

function chosenEstimator(
  prepared: Prepared,
  { train }: Parts,
  goal: Goal,
  options: TrainOptions,
  steps: Steps,
): Chosen {
  if (options.estimator !== AUTO) {
    const choice = choiceOf(options.estimator);
    if (choice.task !== goal.task) {
      const why = `the target '${options.target}' is for ${goal.task} (${goal.why})`;
      throw dataError(
        `${choice.name} is for ${choice.task}, and ${why}; take ${namesFor(goal.task)}, or add --task ${choice.task}`,
      );
    }
    return { choice, given: options.given, compared: [], why: "--estimator says so" };
  }
  const candidates = candidatesOf(goal.task);
  const { X, y } = comparedRows(train.X, train.y, new RandomState(options.seed));
  const folds = foldsOf(y, goal.task, options.seed);
  steps.total += candidates.length * folds.length;
  const trainers = candidates.map(({ name, given, ...choice }) => ({
    name,
    given,
    trainer: pipelineOf(prepared.features, y.length, trainerFor({ name, ...choice }, given, options.seed)),
  }));
  const compared = compare(trainers, X, y, folds, () => steps.next());
  const { chosen, why } = best(compared, goal.task === "regression" ? "R2" : "accuracy");
  const choice = candidates.find(({ name }) => name === chosen.name)!;
  return { choice, given: { ...choice.given, ...options.given }, compared, why };
}

function baselineOf(y: readonly unknown[], shown: readonly unknown[], { task, labels }: Goal): Scores {
  if (task === "classification") {
    const [[most] = []] = labels!;
    return { accuracy: shown.filter((value) => value === most).length / shown.length };
  }
  const mean = (y as number[]).reduce((sum, value) => sum + value, 0) / y.length;
  const errors = (shown as number[]).map((value) => value - mean);
  return {
    mean_absolute_error: errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length,
    root_mean_squared_error: Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length),
  };
}

/** Solvers that stopped because they were allowed no more iterations. */
function unfinished({ state }: Instance, name: string): string[] {
  const steps = state instanceof Dict ? (state.get("steps") as readonly Tuple[]) : [];
  const own = (steps.at(-1)?.at(1) as Instance | undefined)?.state;
  if (!(own instanceof Dict)) return [];
  const [most, done] = [own.get("max_iter"), own.get("n_iter_")];
  const counts = done instanceof NdArray ? done.flat().map(Number) : [Number(done ?? 0)];
  if (typeof most !== "number" || most < 1 || counts.every((count) => count < most) || name.startsWith("Hist"))
    return [];
  return [`${name} was not done after ${most} iterations; add --set max_iter=${most * 10}`];
}

/** The first row without missing values, or the first one. */
function exampleOf(X: DataFrame): Readonly<Record<string, unknown>> {
  const missing = (value: unknown) => value === null || Number.isNaN(value);
  const columns = X.series.map(({ values }) => values.flat());
  const whole = Array.from({ length: X.length }, (_, row) => row).find(
    (row) => !columns.some((column) => missing(column[row])),
  );
  const values = columns.map((column) => column[whole ?? 0]);
  return Object.fromEntries(X.columns.map((name, at) => [name as string, missing(values[at]) ? null : values[at]]));
}
