import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicName } from "../src/index.ts";
import type { Fixture } from "../src/testing/fixture.ts";
import { runFixture } from "./run_fixture.ts";

const root = join(import.meta.dirname, "../../../fixtures");
const read = (path: string) => readFileSync(path);

/** Families that no entry revives yet, as they stand in the fixtures: a file of one of them must be refused by name. */
const UNKNOWN = new Set(
  `BisectingKMeans LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis IsolationForest TfidfTransformer KNNImputer
  RANSACRegressor OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier ClassifierChain MultiOutputClassifier MultiOutputRegressor
  RegressorChain CategoricalNB NearestCentroid RadiusNeighborsClassifier RadiusNeighborsRegressor PowerTransformer QuantileTransformer
  SplineTransformer TargetEncoder`
    .trim()
    .split(/\s+/),
);

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
      const refused = found.length === 1 ? /which is not known here.*"[\w.]+?(\w+)": \.\.\./.exec(found[0]!) : null;
      if (refused !== null && UNKNOWN.has(refused[1]!)) continue;
      problems.push(...found.map((problem) => `${family}/${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });
});

it("no class is listed as unknown that is known", () => {
  const known: string[] = [];
  for (const family of families) {
    for (const name of readdirSync(join(root, family.name)).filter((file) => file.endsWith(".sk1.9.1.json"))) {
      const fixture = JSON.parse(read(join(root, family.name, name)).toString()) as Fixture;
      const dot = fixture.class.lastIndexOf(".");
      const short = fixture.class.slice(dot + 1);
      if (UNKNOWN.has(short) && publicName(fixture.class.slice(0, dot), short) !== undefined) known.push(short);
    }
  }
  expect(known).toEqual([]);
});
