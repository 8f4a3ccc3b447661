/** @module Microseconds per row of the library itself, one row a call and 1,000 a call, against scikit-learn. */

import { ask } from "./kit/process.ts";
import { benchModel, NO_PYTHON, python } from "./kit/python.ts";
import type { Report } from "./kit/report.ts";
import { alternate, median } from "./kit/stats.ts";

interface Timed {
  readonly single: number;
  readonly batch: number;
  /** Of the predictions from Python's, relative, at most. */
  readonly difference?: number;
}

const MODELS = {
  linear: "LinearRegression",
  logistic: "StandardScaler, LogisticRegression",
  forest: "RandomForestRegressor, 25,000 nodes a tree",
  forest_small: "RandomForestClassifier, depth 8",
  boosting: "GradientBoostingRegressor",
  histogram: "HistGradientBoostingRegressor",
  xgboost: "XGBRegressor, 500 trees, depth 6",
  lightgbm: "LGBMRegressor, 500 trees, depth 8",
  neighbors: "KNeighborsRegressor, brute, 4,000 rows",
  svr: "SVR, rbf",
  network: "StandardScaler, MLPRegressor (100, 100)",
};
const ROUNDS = 3;
const SECONDS = 0.2;
const CORE = 0;

/** Every model, 20 features each; one core. */
export async function bench(): Promise<Report> {
  const rows: (string | number)[][] = [];
  const leftOut: string[] = [];
  for (const [name, what] of Object.entries(MODELS)) {
    const model = await benchModel(name);
    if (model === undefined) leftOut.push(`${name}: the file is made by ${NO_PYTHON}`);
    else rows.push([what, ...(await measure(model.path))]);
  }
  if (python === undefined) leftOut.push(NO_PYTHON);
  return {
    subject: "predict",
    title: "us per row on one core",
    columns: ["", "1 row", "Python", "faster", "of 1,000", "Python", "faster"],
    rows,
    targets: [],
    leftOut,
    notes: [`medians of ${ROUNDS} processes in turn, each the best of 3 times ${SECONDS} s; 20 features`],
  };
}

async function measure(path: string): Promise<(string | number)[]> {
  const args = [path, path.replace(/pkl$/, "json"), String(SECONDS)] as const;
  const sides = [() => ask<Timed>([process.execPath, "bench/sides/predict_time.js", ...args], { core: CORE })];
  if (python !== undefined) {
    const command = [python, "bench/python/predict_time.py", ...args] as const;
    sides.push(() => ask<Timed>(command, { core: CORE }));
  }
  const [ours, theirs] = await alternate(ROUNDS, sides);
  const difference = Math.max(...ours!.map((run) => run.difference ?? 0));
  if (!(difference <= 1e-9)) throw new Error(`${path}: predictions differ from Python's by ${difference}`);
  return (["single", "batch"] as const).flatMap((key) => {
    const own = median(ours!.map((run) => run[key]));
    if (theirs === undefined) return [own, "", ""];
    const other = median(theirs.map((run) => run[key]));
    return [own, other, `${Number((other / own).toPrecision(2))}x`];
  });
}
