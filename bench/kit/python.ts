/** @module Python's side: the interpreter, and the models that it makes. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ask, ROOT } from "./process.ts";

/** An interpreter with the pinned packages; `undefined` when there is none. */
export const python = find();

/** What to do when there is none. */
export const NO_PYTHON = "Python's side (set it up with: python3 bench/setup.py)";

function find(): string | undefined {
  const named = process.env["CURTIDO_BENCH_PYTHON"];
  const path = named ?? resolve(ROOT, process.env["VENVS"] ?? ".venvs", "bench/bin/python");
  const { status, stderr } = spawnSync(path, ["-c", "import sklearn, flask, gunicorn"], { encoding: "utf8" });
  if (status === 0) return path;
  if (named !== undefined) throw new Error(`CURTIDO_BENCH_PYTHON cannot be used: ${stderr || "it does not start"}`);
  return undefined;
}

/** A model of the benchmarks: its file, 1,000 rows, and what Python predicts for them. */
export interface BenchModel {
  readonly name: string;
  /** Relative to the repository. */
  readonly path: string;
  readonly rows: readonly (readonly number[])[];
  readonly predict: readonly number[];
}

/** The model of that name in `bench/python/models.py`, made when it is not there yet; `undefined` without Python. */
export async function benchModel(name: string): Promise<BenchModel | undefined> {
  const path = `.bench/${name}.pkl`;
  if (!existsSync(join(ROOT, path))) {
    if (python === undefined) return undefined;
    mkdirSync(join(ROOT, ".bench"), { recursive: true });
    process.stderr.write(`making ${path}\n`);
    await ask([python, "bench/python/models.py", ".bench", name], { seconds: 900 });
  }
  return { name, path, ...JSON.parse(readFileSync(join(ROOT, `.bench/${name}.json`), "utf8")) };
}
