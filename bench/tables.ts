/** @module How long a CSV of numbers takes to become a table, against the C engine of pandas, on one core. */

import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, ROOT } from "./kit/process.ts";
import { NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";

interface Read {
  /** Processor time of all threads. */
  readonly cpu: number;
  readonly milliseconds: number;
  readonly sum: number;
}

const ROUNDS = 9;
const ROWS = 1_000_000;
const COLUMNS = 10;
const PATH = ".bench/numbers.csv";

/** Runs both sides in turn, every time in a new process; the file is in the system's cache. */
export async function bench(): Promise<Report> {
  writeNumbers();
  const sides: { name: string; command: readonly [string, ...string[]] }[] = [
    { name: "readTable", command: [process.execPath, "bench/sides/table_time.js", PATH] },
  ];
  if (python !== undefined)
    sides.push({ name: "pandas.read_csv(engine='c')", command: [python, "bench/python/table_time.py", PATH] });
  const runs = await alternate(
    ROUNDS,
    sides.map(
      ({ command }) =>
        () =>
          ask<Read>(command, { core: 0 }),
    ),
  );
  const [ours, theirs] = runs;
  const targets: Target[] = [];
  if (theirs !== undefined) {
    if (ours![0]!.sum !== theirs[0]!.sum) throw new Error("the two sides read other numbers");
    const ratio = pairedRatio(cpu(ours!), cpu(theirs));
    targets.push({ what: "processor time, of pandas',", measured: ratio, bound: 1, kind: "at most", unit: "x" });
  }
  const rows = sides.map(({ name }, at) => [
    name,
    median(cpu(runs[at]!)).toFixed(0),
    median(runs[at]!.map(({ milliseconds }) => milliseconds)).toFixed(0),
  ]);
  const megabytes = Math.round(statSync(join(ROOT, PATH)).size / 1e6);
  return {
    subject: "tables",
    title: `a CSV of ${ROWS} rows of ${COLUMNS} floats, ${megabytes} MB, as a table`,
    columns: ["", "median CPU ms", "median ms"],
    rows,
    targets,
    notes: [`${ROUNDS} rounds, a new process each time, the bytes in memory, on one core`],
    leftOut: theirs === undefined ? [NO_PYTHON] : [],
  };
}

function cpu(runs: readonly Read[]): number[] {
  return runs.map((run) => run.cpu);
}

/** The file of both sides, the same in every run: floats of 16 and 17 digits, as Python and JavaScript print them. */
function writeNumbers(): void {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = [Array.from({ length: COLUMNS }, (_, at) => `c${at}`).join(",")];
  for (let row = 0; row < ROWS; row++)
    lines.push(Array.from({ length: COLUMNS }, () => String((next() - 0.5) * 6 + next() * 1e-9)).join(","));
  mkdirSync(join(ROOT, ".bench"), { recursive: true });
  writeFileSync(join(ROOT, PATH), `${lines.join("\n")}\n`);
}
