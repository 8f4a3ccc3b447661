/** @module How long a large forest takes to load, and how much memory, against `pickle.load`. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, ROOT } from "./kit/process.ts";
import { benchModel, NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";

interface Loaded {
  readonly milliseconds: number;
  /** Processor time of all threads. */
  readonly cpu: number;
  /** Until the first prediction. */
  readonly answered: number;
  readonly bytes: number;
  readonly first: number;
}

const ROUNDS = 15;

/** One side's runs, and the memory of a process of it that does nothing. */
interface Side {
  readonly name: string;
  readonly runs: readonly Loaded[];
  readonly empty: number;
}

/** Runs both sides in turn, every time in a new process; the file is in the system's cache. */
export async function bench(): Promise<Report> {
  const subject = "load";
  const title = "RandomForestRegressor(100) fitted on make_regression(20000, 20)";
  const columns = ["", "median ms", "least ms", "CPU ms", "with first prediction", "MB above empty", "x file"];
  const model = await benchModel("forest");
  if (model === undefined) {
    const leftOut = [`everything: the file is made by ${NO_PYTHON}`];
    return { subject, title, columns, rows: [], targets: [], notes: [], leftOut };
  }
  const size = readFileSync(join(ROOT, model.path)).length;
  const [ours, theirs] = await run(model.path);
  const targets: Target[] = [
    { what: "memory, of the file's size,", measured: above(ours!) / size, bound: 2.5, kind: "at most", unit: "x" },
  ];
  if (theirs !== undefined) {
    if (ours!.runs[0]!.first !== theirs.runs[0]!.first) throw new Error("the two sides predict differently");
    const ratio = pairedRatio(times(ours!), times(theirs));
    targets.unshift({ what: "time, of pickle.load's,", measured: ratio, bound: 1, kind: "at most", unit: "x" });
  }
  const rows = [ours!, ...(theirs === undefined ? [] : [theirs])].map((side) => line(side, size));
  const notes = [
    `file of ${Math.round(size / 1e6)} MB; ${ROUNDS} rounds, a new process each time, imports not counted`,
  ];
  return { subject, title, columns, rows, targets, notes, leftOut: theirs === undefined ? [NO_PYTHON] : [] };
}

/** Our side, and Python's where it is. */
async function run(path: string): Promise<Side[]> {
  const sides: { name: string; command: readonly [string, ...string[]] }[] = [
    { name: "curtido load", command: [process.execPath, "bench/sides/load_time.js"] },
  ];
  if (python !== undefined) sides.push({ name: "pickle.load", command: [python, "bench/python/load_time.py"] });
  const runs = await alternate(
    ROUNDS,
    sides.map(
      ({ command }) =>
        () =>
          ask<Loaded>([...command, path]),
    ),
  );
  const empty = await Promise.all(sides.map(({ command }) => ask<{ bytes: number }>(command)));
  return sides.map(({ name }, at) => ({ name, runs: runs[at]!, empty: empty[at]!.bytes }));
}

function times({ runs }: Side): number[] {
  return runs.map((run) => run.milliseconds);
}

function above({ runs, empty }: Side): number {
  return median(runs.map((run) => run.bytes)) - empty;
}

function line(side: Side, size: number): (string | number)[] {
  const of = (key: keyof Loaded) => median(side.runs.map((run) => run[key]));
  const least = Math.min(...times(side));
  return [side.name, of("milliseconds"), least, of("cpu"), of("answered"), above(side) / 1e6, above(side) / size];
}
