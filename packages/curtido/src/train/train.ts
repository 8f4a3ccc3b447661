/** @module From a table to a model and what is to be said of it. */

import { type DataFrame, NdArray } from "@curtido/arrays";
import { type Fitted, type Given, RandomState, withNote } from "@curtido/estimators/fit";
import { Dict, type Instance, type Tuple } from "@curtido/pickle";
import { dayText } from "@curtido/tables";
import { answersOf, dummyAnswers, dummyName } from "./answers.ts";
import { best, type Compared, compare, comparedDummy, comparedRows, foldsOf } from "./choose.ts";
import { type ColumnWishes, type LeftOut, type Prepared, prepareColumns } from "./columns.ts";
import { widthOf } from "./encoding.ts";
import { dataError } from "./errors.ts";
import { AUTO, candidatesOf, choiceOf, type EstimatorChoice, namesFor, trainerFor } from "./estimators.ts";
import { type Evaluation, evaluated, type Importance, importancesOf, type Scores } from "./evaluate.ts";
import type { FeatureColumn } from "./feature.ts";
import { type Leak, leaksOf } from "./leaks.ts";
import { type Measure, measureFor, measureOf } from "./measure.ts";
import { noteOf } from "./note.ts";
import { type Parts, splitOf } from "./parts.ts";
import { type Encoding, pipelineOf } from "./pipeline.ts";
import { type Goal, goalOf, type Task } from "./task.ts";
import { titleOf } from "./titles.ts";
import { headlineOf } from "./verdict.ts";

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
  /** The most categories of one column that get columns of their own. */
  readonly maxCategories?: number | undefined;
  /** Whether the release that is to read the model knows categories of boosted trees. */
  readonly nativeCategories: boolean;
}

/** What came of it. */
export interface Trained {
  readonly model: Fitted;
  readonly goal: Goal;
  readonly target: string;
  readonly features: readonly FeatureColumn[];
  /** What was made of the target, in words. */
  readonly targetDone: readonly string[];
  readonly dropped: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly skipped: number;
  readonly rows: number;
  readonly estimator: string;
  readonly given: Given;
  readonly seed: number;
  readonly refitted: boolean;
  /** Why this estimator. */
  readonly why: string;
  /** By what they were compared. */
  readonly metric: Measure["name"];
  /** What is to be read first: that the model is no better than none, that a column gives it away. */
  readonly headline: readonly string[];
  readonly leaks: readonly Leak[];
  readonly compared: readonly Compared[];
  readonly training: Evaluation;
  readonly test?: Evaluation;
  /** What answering the mean, or the shares of the labels, gives on the same rows as {@link test}. */
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
  const measure = measureOf(goal);
  const { choice, given, compared, why } = chosenEstimator(prepared, parts, goal, measure, options, steps);
  const pipeline = pipelineOf(
    prepared.features,
    encodingOf(options, prepared.y),
    trainerFor(choice, given, options.seed),
  );
  const measured = pipeline.fit(parts.train.X, parts.train.y);
  const found = foundOut(measured, parts, goal, measure, prepared.features, options.seed, () => steps.next());
  notes.push(...unfinished(measured.instance, choice.name));
  const refitted = options.refit === true && parts.test !== undefined;
  const [dummy, chosen] = [dummyName(goal), choice.name].map((each) => compared.find(({ name }) => name === each));
  return {
    model: withNote(
      refitted ? pipeline.fit(prepared.X, prepared.y) : measured,
      noteOf(options.target, prepared.target.rule, prepared.features, leftOutOf(prepared)),
    ),
    goal,
    target: options.target,
    ...tableOf(prepared),
    estimator: choice.name,
    given,
    seed: options.seed,
    refitted,
    why,
    metric: measure.name,
    headline: headlineOf({
      ...found,
      estimator: choice.name,
      compared: dummy && chosen && { chosen, dummy },
      seed: options.seed,
    }),
    leaks: found.leaks,
    compared,
    training: found.training,
    ...(found.test === undefined ? {} : { test: found.test }),
    baseline: found.baseline,
    importances: found.importances,
    example: exampleOf((parts.test ?? parts.train).X, prepared.features),
    notes,
    seconds: (performance.now() - start) / 1000,
  };
}

/** Columns that the model is not given, whoever said so. */
function leftOutOf({ dropped, leftOut }: Prepared): readonly string[] {
  return [...dropped, ...leftOut.map(({ name }) => name)];
}

/** What is said of the table. */
function tableOf({ features, target, dropped, leftOut, skipped, y }: Prepared) {
  return { features, targetDone: target.done, dropped, leftOut, skipped, rows: y.length };
}

function encodingOf({ maxCategories, nativeCategories }: TrainOptions, { length }: readonly unknown[]): Encoding {
  return { rows: length, maxCategories, native: nativeCategories };
}

/** How good a model is, what counts in it, and what gives it away. */
function foundOut(
  model: Fitted,
  { train, test }: Parts,
  { task }: Goal,
  measure: Measure,
  features: readonly FeatureColumn[],
  seed: number,
  onColumn: () => void,
) {
  const shown = test ?? train;
  const learned = answersOf(model, train.X, task);
  const answered = test === undefined ? learned : answersOf(model, test.X, task);
  const dummy = dummyAnswers(train.y, shown.y.length, task);
  const own = measureFor(answered, measure);
  const tested = evaluated(answered, shown.y, task);
  const baseline = evaluated(dummy, shown.y, task).metrics;
  const metric = task === "regression" ? "r2" : "accuracy";
  const gained = { score: tested.metrics[metric]!, without: baseline[metric]! };
  return {
    measure: own,
    training: evaluated(learned, train.y, task),
    test: test && tested,
    baseline,
    answers: test && { model: answered, dummy, y: test.y },
    leaks: leaksOf(features, train, task, seed, gained),
    importances: importancesOf(model, shown.X, shown.y, { task, measure: own }, seed, onColumn),
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
  measure: Measure,
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
  const encoding = encodingOf(options, prepared.y);
  const { columns } = widthOf(prepared.features, encoding.rows, encoding.maxCategories);
  const models = goal.labels === undefined || goal.labels.length === 2 ? 1 : goal.labels.length;
  const { X, y } = comparedRows(train.X, train.y, columns * models, new RandomState(options.seed));
  const folds = foldsOf(y, goal.task, options.seed, columns);
  steps.total += candidates.length * folds.length;
  const trainers = candidates.map(({ name, given, ...choice }) => ({
    name,
    given,
    trainer: pipelineOf(prepared.features, encoding, trainerFor({ name, ...choice }, given, options.seed)),
  }));
  const by = { task: goal.task, measure };
  const compared = compare(trainers, X, y, folds, by, () => steps.next());
  const { chosen, why } = best(compared, titleOf(measure.name));
  const choice = candidates.find(({ name }) => name === chosen.name)!;
  return {
    choice,
    given: { ...choice.given, ...options.given },
    compared: [comparedDummy(dummyName(goal), y, folds, by), ...compared],
    why: measure.why === undefined ? why : `${why}; ${measure.why}`,
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

/** The first row without missing values, or the first one; dates as texts. */
function exampleOf(X: DataFrame, features: readonly FeatureColumn[]): Readonly<Record<string, unknown>> {
  const missing = (value: unknown) => value === null || Number.isNaN(value);
  const columns = X.series.map(({ values }) => values.flat());
  const whole = Array.from({ length: X.length }, (_, row) => row).find(
    (row) => !columns.some((column) => missing(column[row])),
  );
  const values = columns.map((column, at) => {
    const value = column[whole ?? 0];
    if (missing(value)) return null;
    return features[at]!.rule?.date === undefined ? value : dayText(value as number);
  });
  // Parts of dates follow from them.
  return Object.fromEntries(
    X.columns.flatMap((name, at) => (features[at]!.of === undefined ? [[name as string, values[at]] as const] : [])),
  );
}
