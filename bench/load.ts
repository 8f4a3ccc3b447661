/** @module How long a large forest takes to load, and how much memory, against `pickle.load`. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, ROOT } from "./kit/process.ts";
import { benchModel, NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";

interface Loaded {
  readonly milliseconds: number;
  /** Until the first prediction. */
  readonly answered: number;
  readonly bytes: number;
  readonly first: number;
}

const ROUNDS = 15;
const OURS = [process.execPath, "bench/sides/load_time.js"] as const;

/** Runs both sides in turn, every time in a new process; the file is in the system's cache. */
export async function bench(): Promise<Report> {
  const title = "RandomForestRegressor(100) fitted on make_regression(20000, 20)";
  const report = {
    subject: "load",
    title,
    columns: ["", "median ms", "least ms", "with first prediction", "MB above empty", "x file"],
  };
  const model = await benchModel("forest");
  if (model === undefined)
    return { ...report, rows: [], targets: [], notes: [], leftOut: [`everything: the file is made by ${NO_PYTHON}`] };
  const size = readFileSync(join(ROOT, model.path)).length;
  const theirs = python === undefined ? undefined : ([python, "bench/python/load_time.py"] as const);
  const sides = [OURS, ...(theirs === undefined ? [] : [theirs])];
  const [ours, others] = await alternate(
    ROUNDS,
    sides.map((side) => () => ask<Loaded>([...side, model.path])),
  );
  const empty = await Promise.all(sides.map((side) => ask<{ bytes: number }>([...side])));
  const above = [ours!, others ?? []].map(
    (runs, at) => median([0, ...runs.map((run) => run.bytes)].slice(1)) - (empty[at]?.bytes ?? 0),
  );
  const row = (name: string, runs: readonly Loaded[], bytes: number) => {
    const times = runs.map((run) => run.milliseconds);
    return [
      name,
      median(times),
      Math.min(...times),
      median(runs.map((run) => run.answered)),
      bytes / 1e6,
      bytes / size,
    ];
  };
  const targets: Target[] = [
    { what: "memory, of the file's size,", measured: above[0]! / size, bound: 2.5, kind: "at most", unit: "x" },
  ];
  if (others !== undefined) {
    if (others[0]!.first !== ours![0]!.first) throw new Error("the two sides predict differently");
    const ratio = pairedRatio(times(ours!), times(others));
    targets.unshift({ what: "time, of pickle.load's,", measured: ratio, bound: 1, kind: "at most", unit: "x" });
  }
  return {
    ...report,
    rows: [
      row("curtido load", ours!, above[0]!),
      ...(others === undefined ? [] : [row("pickle.load", others, above[1]!)]),
    ],
    targets,
    leftOut: others === undefined ? [NO_PYTHON] : [],
    notes: [
      `file of ${Math.round(size / 1e6)} MB; ${ROUNDS} rounds, a new process each time, without start-up and imports`,
    ],
  };
}

function times(runs: readonly Loaded[]): number[] {
  return runs.map((run) => run.milliseconds);
}
