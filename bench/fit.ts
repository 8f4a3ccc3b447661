/** @module Seconds to train on 20,000 rows of 20 features, against scikit-learn: the same data, one core. */

import { ask } from "./kit/process.ts";
import { NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";

/** What is trained. */
interface Task {
  /** Its name in scikit-learn, where it is a class of `sklearn.*` that `all_estimators` lists. */
  readonly class: string;
  /** Parameters that are not the defaults, in TypeScript's case. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Predictions on both sides differ by no more than this, relative to the greatest; 1e-9 without it. */
  readonly tolerance?: number;
  /** Rows, where 20,000 are too many or too few. */
  readonly rows?: number;
  /** How many times Python's time training may take, where it is not `MOST`. */
  readonly bound?: number;
}

interface Timed {
  readonly seconds: number;
  /** For the first rows. */
  readonly predict: readonly number[];
}

const SEED = { randomState: 0 };
/** For what takes milliseconds: beside them the engine's start would count. */
const MANY_ROWS = 200_000;
const TASKS: readonly Task[] = [
  { class: "DecisionTreeClassifier", parameters: SEED },
  { class: "DecisionTreeRegressor", parameters: SEED },
  { class: "RandomForestClassifier", parameters: SEED },
  { class: "RandomForestRegressor", parameters: SEED },
  { class: "ExtraTreesClassifier", parameters: SEED },
  { class: "ExtraTreesRegressor", parameters: SEED },
  { class: "GradientBoostingClassifier", parameters: SEED },
  { class: "GradientBoostingRegressor", parameters: SEED },
  { class: "HistGradientBoostingClassifier", parameters: { ...SEED, earlyStopping: false } },
  { class: "HistGradientBoostingRegressor", parameters: { ...SEED, earlyStopping: false } },
  { class: "LinearRegression", parameters: {}, rows: MANY_ROWS, bound: 2 },
  { class: "Ridge", parameters: {}, rows: MANY_ROWS, bound: 2 },
  { class: "Lasso", parameters: { alpha: 0.01 }, rows: MANY_ROWS, bound: 2 },
  { class: "LogisticRegression", parameters: {}, rows: MANY_ROWS, bound: 2 },
  { class: "KMeans", parameters: SEED, bound: 2 },
];
const ROWS = 20_000;
const WIDTH = 20;
const ROUNDS = 3;
const CORE = 0;
/** Training takes at most so many times what it takes scikit-learn. */
const MOST = 1.5;
const TOLERANCE = 1e-9;

/** Every task; one core. */
export async function bench(): Promise<Report> {
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  for (const task of TASKS) {
    const [ours, theirs] = await measure(task);
    const own = median(ours);
    if (theirs === undefined) {
      rows.push([task.class, own, "", ""]);
      continue;
    }
    const ratio = pairedRatio(ours, theirs);
    rows.push([task.class, own, median(theirs), ratio]);
    targets.push({
      what: task.class,
      measured: ratio,
      bound: task.bound ?? MOST,
      kind: "at most",
      unit: " times Python's time",
    });
  }
  return {
    subject: "fit",
    title: "seconds to train, on one core",
    columns: ["", "ours", "Python", "ratio"],
    rows,
    targets,
    leftOut: python === undefined ? [NO_PYTHON] : [],
    notes: [
      `medians of ${ROUNDS} processes in turn; ${ROWS} rows of ${WIDTH} features, ${MANY_ROWS} for linear models; default parameters`,
    ],
  };
}

async function measure(task: Task): Promise<readonly [ours: number[], theirs: number[] | undefined]> {
  const args = [task.class, JSON.stringify(task.parameters), String(task.rows ?? ROWS), String(WIDTH)] as const;
  const options = { core: CORE, seconds: 600 };
  const sides = [() => ask<Timed>([process.execPath, "bench/sides/fit_time.js", ...args], options)];
  const other = python;
  if (other !== undefined) sides.push(() => ask<Timed>([other, "bench/python/fit_time.py", ...args], options));
  const [ours, theirs] = await alternate(ROUNDS, sides);
  if (theirs !== undefined) checkAnswers(task, ours![0]!.predict, theirs[0]!.predict);
  return [ours!.map((run) => run.seconds), theirs?.map((run) => run.seconds)];
}

/** @throws Error when the sides trained models that answer differently */
function checkAnswers(task: Task, ours: readonly number[], theirs: readonly number[]): void {
  const scale = Math.max(...theirs.map(Math.abs));
  const difference = Math.max(...ours.map((value, at) => Math.abs(value - theirs[at]!))) / scale;
  if (!(difference <= (task.tolerance ?? TOLERANCE)))
    throw new Error(`${task.class}: predictions differ from Python's by ${difference}`);
}
