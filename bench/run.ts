/** @module `npm run bench [-- subject ...] [--save]`: every subject, both sides in one run. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./kit/built.ts";
import { ROOT } from "./kit/process.ts";
import { format, type Report, reached } from "./kit/report.ts";

const SUBJECTS: Readonly<Record<string, () => Promise<{ bench(): Promise<Report> }>>> = {
  load: () => import("./load.ts"),
  serve: () => import("./serve.ts"),
  start: () => import("./start.ts"),
  predict: () => import("./predict.ts"),
  pickle: () => import("./pickle.ts"),
  fit: () => import("./fit.ts"),
  tables: () => import("./tables.ts"),
  publish: () => import("./publish.ts"),
};

/** Runs the subjects that are named, or all. The exit code is 1 when a target is missed. */
async function main(args: readonly string[]): Promise<number> {
  const save = args.includes("--save");
  const named = args.filter((arg) => arg !== "--save");
  const unknown = named.find((name) => !(name in SUBJECTS));
  if (unknown !== undefined) {
    console.error(`${unknown} is no subject; there are ${Object.keys(SUBJECTS).join(", ")}`);
    return 2;
  }
  build();
  let missed = 0;
  for (const name of named.length === 0 ? Object.keys(SUBJECTS) : named) {
    const report = await (await SUBJECTS[name]!()).bench();
    console.log(`${format(report)}\n`);
    missed += report.targets.filter((target) => !reached(target)).length;
    if (save) keep(report);
  }
  return missed === 0 ? 0 : 1;
}

function keep(report: Report): void {
  const folder = join(ROOT, "bench/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${report.subject}.json`), `${JSON.stringify(report, null, 2)}\n`);
}

process.exitCode = await main(process.argv.slice(2));
