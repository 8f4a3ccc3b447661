import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loads, tokens } from "../src/index.ts";
import { checker } from "./expected.ts";

const root = join(import.meta.dirname, "../../../fixtures/pickle");
const cases = readdirSync(root).filter((name) => name.endsWith(".json") && name !== "library.json");

it("reads what Python 2.7 and 3 pickled in every protocol", () => {
  const check = checker();
  const problems: string[] = [];
  for (const name of cases) {
    const fixture = JSON.parse(readFileSync(join(root, name), "utf8"));
    const bytes = readFileSync(join(root, fixture.file));
    try {
      const problem = check(loads(bytes, { encoding: "latin1" }), fixture.value, []);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
    if ([...tokens(bytes)].at(-1)?.end !== bytes.length) problems.push(`${name}: its tokens do not end with the file`);
  }
  expect(problems).toEqual([]);
  expect(cases.length).toBeGreaterThan(200);
});
