// Runs every fixture and says which classes and which cases differ: `npm run fixtures -- [filter]`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runFixture } from "../packages/estimators/test/run_fixture.ts";

const root = new URL("../fixtures/", import.meta.url).pathname;
const filter = new RegExp(process.argv[2] ?? ".");
const quiet = process.argv.includes("--quiet");
let good = 0;
const bad = new Map<string, string[]>();
for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
  if (!/\.sk[^/]*\.json$/.test(file) || !filter.test(file)) continue;
  const problems = runFixture(join(root, file), (path) => readFileSync(path));
  if (problems.length === 0) good++;
  else bad.set(file, problems);
}
for (const [file, problems] of bad) if (!quiet) console.log(`${file}\n  ${problems.join("\n  ").slice(0, 400)}`);
const classes = new Map<string, number>();
for (const file of bad.keys()) {
  const name = file.replace(/-.*/, "");
  classes.set(name, (classes.get(name) ?? 0) + 1);
}
console.log([...classes].map(([name, count]) => `${name} ${count}`).join(", "));
console.log(`${good} good, ${bad.size} bad`);
