import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runFixture } from "./run_fixture.ts";

const root = join(import.meta.dirname, "../../../fixtures");
const read = (path: string) => readFileSync(path);

/** Where Python's own method raises although ours can answer, by fixture and method. */
const PYTHON_RAISES: Readonly<Record<string, readonly string[]>> = {
  "isotonic/IsotonicRegression-clip.sk0.17.1": ["transform"],
  "isotonic/IsotonicRegression-clip.sk0.18.2": ["transform"],
  "isotonic/IsotonicRegression-decreasing.sk0.17.1": ["transform"],
  "isotonic/IsotonicRegression-nan.sk0.17.1": ["transform"],
  "neighbors/KNeighborsClassifier-brute_manhattan.sk1.5.2": ["predict", "predictProba"],
  "tree/DecisionTreeClassifier-text_multi_output.sk0.17.1": ["predict"],
};

/** Folders of estimators: other subjects have fixtures of other kinds. */
const families = readdirSync(root, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && readdirSync(join(root, entry.name)).some((name) => /\.sk[^/]*\.json$/.test(name)),
);

describe.each(families.map((family) => family.name))("fixtures of %s", (family) => {
  const cases = readdirSync(join(root, family)).filter((name) => name.endsWith(".json"));

  it("answer as Python did", () => {
    const problems: string[] = [];
    for (const name of cases) {
      const found = runFixture(join(root, family, name), read, PYTHON_RAISES[`${family}/${name.slice(0, -5)}`]);
      problems.push(...found.map((problem) => `${family}/${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });
});
