// Runs every fixture and says which classes and which cases differ: `npm run fixtures -- [filter]`.
import { runFixture } from "../packages/estimators/test/run_fixture.ts";
import { modelFolders } from "../test/fixture_files.ts";

const filter = new RegExp(process.argv[2] ?? ".");
const quiet = process.argv.includes("--quiet");
let good = 0;
const bad = new Map<string, string[]>();
for (const folder of modelFolders()) {
  for (const name of folder.cases) {
    const file = `${folder.family}/${name}`;
    if (!filter.test(file)) continue;
    const problems = runFixture(name, folder.read);
    if (problems.length === 0) good++;
    else bad.set(file, problems);
  }
}
for (const [file, problems] of bad) if (!quiet) console.log(`${file}\n  ${problems.join("\n  ").slice(0, 400)}`);
const classes = new Map<string, number>();
for (const file of bad.keys()) {
  const name = file.replace(/-.*/, "");
  classes.set(name, (classes.get(name) ?? 0) + 1);
}
console.log([...classes].map(([name, count]) => `${name} ${count}`).join(", "));
console.log(`${good} good, ${bad.size} bad`);
