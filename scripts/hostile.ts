// Models driven to their limits, many of them: `npm run hostile -- [CASES] [FIRST SEED]`. Each case must end in a refusal or an
// answer within a second and a gigabyte, in a process that is ended when it does not.
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { made as caseOf, type Outcome, run, starts } from "../packages/estimators/test/hostile_states.ts";

/** What a case may take, in milliseconds and bytes. */
const LONGEST = 1000;
const MOST = 1e9;
/** When a process that does not end is ended. */
const PATIENCE = 5000;
/** Cases of one process. */
const ROUND = 4000;

interface Told {
  readonly seed: number;
  /** What is asked, when it begins. */
  readonly begins?: string;
  /** What came of it. */
  readonly outcome?: Outcome;
}

if (process.send !== undefined) work(Number(process.argv[2]), Number(process.argv[3]));
else await search(...(process.argv.slice(2).map(Number) as [number?, number?]));

function work(first: number, cases: number): void {
  const all = starts();
  const tell = (told: Told) => process.send!(told);
  let seed = first;
  const next = (): void => {
    if (seed === first + cases) {
      process.disconnect();
      return;
    }
    const made = caseOf(seed, all);
    tell({ seed, begins: `${made.start.class} ${made.changed}` });
    tell({ seed, outcome: run(made) });
    if (++seed % 50 === 0) (globalThis as { gc?: () => void }).gc?.();
    setImmediate(next);
  };
  next();
}

async function search(cases = 100_000, first = 0): Promise<void> {
  const counts = { answered: 0, refused: 0, leaked: 0, slow: 0, large: 0, hung: 0 };
  const classes = new Set<string>();
  const seen = new Map<string, number>();
  const report = (seed: number, kind: string, text: string) => {
    const key = `${kind} ${text.replace(/\d+/g, "#").slice(0, 160)}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times <= 2) console.log(`seed ${seed}: ${kind}: ${text}`);
  };
  for (let seed = first; seed < first + cases; ) {
    const end = Math.min(first + cases, seed + ROUND);
    seed = await round(seed, end - seed, (at, outcome, peak, begins) => {
      if (outcome === undefined) {
        counts[peak > MOST ? "large" : "hung"]++;
        report(at, peak > MOST ? "large" : "hung", `${begins}: ${Math.round(peak / 1e6)} MB`);
        return;
      }
      classes.add(outcome.class);
      counts[outcome.kind]++;
      if (outcome.kind === "leaked") report(at, "leaked", `${outcome.class} ${outcome.changed}: ${outcome.error}`);
      if (outcome.milliseconds > LONGEST) {
        counts.slow++;
        report(at, "slow", `${outcome.class} ${outcome.changed}: ${Math.round(outcome.milliseconds)} ms`);
      }
    });
  }
  console.log(`${cases} cases of ${classes.size} classes from seed ${first} on:`, JSON.stringify(counts));
  process.exitCode = counts.leaked + counts.slow + counts.large + counts.hung === 0 ? 0 : 1;
}

/** Runs cases in one process; gives the seed after the last that came to an end, or to its own. */
function round(
  first: number,
  cases: number,
  each: (seed: number, outcome: Outcome | undefined, peak: number, begins: string) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(import.meta.filename, [String(first), String(cases)], {
      execArgv: [...process.execArgv, "--expose-gc", "--max-old-space-size=900"],
      serialization: "advanced",
    });
    let open: number | undefined;
    let since = performance.now();
    let next = first;
    let peak = 0;
    let asked = "";
    const watch = setInterval(() => {
      peak = Math.max(peak, memoryOf(child));
      if (open !== undefined && (peak > MOST || performance.now() - since > PATIENCE)) child.kill("SIGKILL");
    }, 20);
    child.on("message", ({ seed, begins, outcome }: Told) => {
      since = performance.now();
      open = outcome === undefined ? seed : undefined;
      if (outcome === undefined) {
        peak = 0;
        asked = begins ?? "";
        return;
      }
      next = seed + 1;
      each(seed, outcome, peak, asked);
    });
    child.on("exit", () => {
      clearInterval(watch);
      if (open !== undefined) {
        each(open, undefined, peak, asked);
        next = open + 1;
      }
      resolve(next);
    });
  });
}

/** Bytes that a process holds in memory. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
