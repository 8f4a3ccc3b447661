// Everything, at length: `npm run test:full`. Ends with one line for each part, and 1 when one of them failed.
import { spawnSync } from "node:child_process";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
/** What is run, in this order. The comparisons need the Python environments of oracle/README.md, and are left out without. */
const PARTS = [
  ["types, lint, rooms, lengths, documents, packages", npm, ["run", "check"]],
  ["every test, searches whole", npm, ["exec", "--", "vitest", "run", "--mode", "full"]],
  ["a million mutated pickles", npm, ["run", "fuzz", "--", "1000000"]],
  ["other runtimes", npm, ["run", "test:runtimes"]],
  ...(process.env["CURTIDO_BENCH_PYTHON"] === undefined
    ? []
    : [["what is written here, read in Python", npm, ["run", "test:oracle"]]]),
];

const results = PARTS.map(([name, command, args]) => {
  const began = performance.now();
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  return { name, ok: status === 0, seconds: Math.round((performance.now() - began) / 1000) };
});
for (const { name, ok, seconds } of results) console.log(`${ok ? "passed" : "FAILED"}  ${name} (${seconds} s)`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
