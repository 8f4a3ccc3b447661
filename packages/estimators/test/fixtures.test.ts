import { describe, expect, it } from "vitest";
import { modelFolders } from "../../../test/fixture_files.ts";
import { sampled } from "../../../test/tiers.ts";
import { runFixture } from "./run_fixture.ts";

/** Where Python's own method raises although ours can answer, by fixture and method. */
const PYTHON_RAISES: Readonly<Record<string, readonly string[]>> = {
  "isotonic/IsotonicRegression-clip.sk0.17.1": ["transform"],
  "isotonic/IsotonicRegression-clip.sk0.18.2": ["transform"],
  "isotonic/IsotonicRegression-decreasing.sk0.17.1": ["transform"],
  "isotonic/IsotonicRegression-nan.sk0.17.1": ["transform"],
  "neighbors/KNeighborsClassifier-brute_manhattan.sk1.5.2": ["predict", "predictProba"],
  "tree/DecisionTreeClassifier-text_multi_output.sk0.17.1": ["predict"],
};

describe.each(modelFolders())("fixtures of $family", (folder) => {
  const { family, cases } = folder;

  it("answer as Python did", { timeout: 60_000 }, () => {
    const problems: string[] = [];
    for (const name of sampled(cases, 20)) {
      const found = runFixture(name, folder.read, PYTHON_RAISES[`${family}/${name.slice(0, -5)}`]);
      problems.push(...found.map((problem) => `${family}/${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });
});
