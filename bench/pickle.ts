/** @module Reading and writing pickles against CPython's C implementation and npm's pickleparser, and the memory it takes. */

import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ask, ROOT } from "./kit/process.ts";
import { NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";

/** The inputs, and how often each is worked on in one process. */
const INPUTS = {
  dicts: ["50,000 dicts of five keys", 30],
  ints: ["1,000,000 ints", 30],
  document: ["nested JSON-like document", 15],
  texts10: ["200,000 texts of 10 characters", 15],
  texts100: ["100,000 texts of 100 characters", 15],
  texts1000: ["20,000 texts of 1,000 characters", 15],
  array: ["float64 array of 64 MB", 10],
} as const;
/** Which of them pickleparser reads. */
const PICKLEPARSER = ["dicts", "ints", "document"];
const ROUNDS = 7;
const FOLDER = ".bench/pickle";

interface Timed {
  readonly milliseconds: number;
}

/** One row for reading and one for writing each input. */
export async function bench(): Promise<Report> {
  await makeInputs();
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  for (const [name, [what, count]] of Object.entries(INPUTS)) {
    for (const way of ["loads", "dumps"] as const) {
      const { ours, theirs, parser } = await measure(name, way, count);
      const ratio = theirs && pairedRatio(theirs, ours);
      const faster = parser && pairedRatio(parser, ours);
      rows.push([`${way} ${what}`, median(ours), cell(theirs), times(ratio), cell(parser), times(faster)]);
      if (ratio !== undefined)
        targets.push(target(`${way} of ${what}, speed of CPython's,`, ratio, boundOf(name, way)));
      if (faster !== undefined) targets.push(target(`${way} of ${what}, speed of pickleparser's,`, faster, 3));
    }
  }
  const memory = [await memoryTarget("array_aligned", "aligned", 1.3), await memoryTarget("array", "not aligned", 2.2)];
  return {
    subject: "pickle",
    title: "milliseconds, garbage collectors on, what was read being freed meanwhile",
    columns: ["", "curtido", "_pickle", "faster", "pickleparser", "faster"],
    rows,
    targets: [...targets, ...memory],
    notes: [`medians of ${ROUNDS} processes in turn; protocol 4`],
    leftOut: python === undefined ? [NO_PYTHON] : [],
  };
}

/** Texts are copied by both sides, which leaves less to win. */
function boundOf(name: string, way: "loads" | "dumps"): number {
  if (way === "dumps") return 0.5;
  return name.startsWith("texts") ? 1 / 1.5 : 1;
}

async function makeInputs(): Promise<void> {
  if (existsSync(join(ROOT, FOLDER, "texts10.pickle"))) return;
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  await ask([process.execPath, "bench/sides/pickle_inputs.js", FOLDER]);
}

const pathOf = (name: string) => `${FOLDER}/${name}.pickle`;
const cell = (values: readonly number[] | undefined) => (values === undefined ? "" : median(values));
const times = (ratio: number | undefined) => (ratio === undefined ? "" : `${Number(ratio.toPrecision(2))}x`);

function target(what: string, measured: number, bound: number): Target {
  return { what, measured, bound, kind: "at least", unit: "x" };
}

async function measure(name: string, way: "loads" | "dumps", count: number) {
  const args = [way, pathOf(name), String(count)] as const;
  const side = (reader: string) => () => ask<Timed>([process.execPath, "bench/sides/pickle_time.js", reader, ...args]);
  const sides = [side("curtido")];
  if (python !== undefined) {
    const command = [python, "bench/python/pickle_time.py", ...args] as const;
    sides.push(() => ask<Timed>(command));
  }
  const parses = way === "loads" && PICKLEPARSER.includes(name);
  if (parses) sides.push(side("pickleparser"));
  const runs = (await alternate(ROUNDS, sides)).map((each) => each.map((run) => run.milliseconds));
  return {
    ours: runs[0]!,
    theirs: python === undefined ? undefined : runs[1],
    parser: parses ? runs.at(-1) : undefined,
  };
}

/** The memory at its highest above that of an empty process, of the file's size. */
async function memoryTarget(name: string, how: string, bound: number): Promise<Target> {
  const command = [process.execPath, "bench/sides/pickle_memory.js"] as const;
  const [read, empty] = await alternate(5, [
    () => ask<{ bytes: number }>([...command, pathOf(name)]),
    () => ask<{ bytes: number }>(command),
  ]);
  const above = median(read!.map(({ bytes }) => bytes)) - median(empty!.map(({ bytes }) => bytes));
  const size = statSync(join(ROOT, pathOf(name))).size;
  return {
    what: `memory of an array that is ${how}, of the file's size,`,
    measured: above / size,
    bound,
    kind: "at most",
    unit: "x",
  };
}
