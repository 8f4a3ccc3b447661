import { decompress } from "@curtido/arrays/node";
import { describe, expect, it } from "vitest";
import { modelFolders } from "../../../test/fixture_files.ts";
import { revive } from "../src/index.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";
import { checkEstimator, type Exceptions } from "../src/testing/suite.ts";

/** Classes and cases that do otherwise, in Python too. */
const EXCEPTIONS: readonly (readonly [start: string, exceptions: Exceptions])[] = [
  // Each row is a step of one forecast.
  ["ARIMA-exog", { together: ["predict"] }],
  ["SARIMAX-exog", { together: ["predict"] }],
  ["SARIMAX-states", { together: ["predict"] }],
  ["VAR-exog", { together: ["predict"] }],
  // The lots of a seed are drawn anew at every call.
  ["DummyClassifier-stratified", { together: ["predict", "predictProba", "predictLogProba"] }],
  ["DummyClassifier-uniform", { together: ["predict"] }],
  // All rows are solved for together, until together they change little.
  ["MiniBatchNMF", { together: ["transform"] }],
  ["NMF", { together: ["transform"] }],
  // Rows with nothing but missing values stay as they are when there are no others.
  ["IterativeImputer", { together: ["transform"] }],
  // Up to 1.2 rows that lack nothing were given no indicator.
  ["KNNImputer-distance.sk0.24.2", { together: ["transform"] }],
  // A unit of each row is flipped, drawn by the place of the row.
  ["BernoulliRBM", { together: ["scoreSamples"] }],
  // Probabilities are at least the smallest number of the dtype.
  ["LinearDiscriminantAnalysis-float32", { single: true }],
  // It asks for the columns that it uses.
  ["ColumnTransformer", { unused: true }],
  // Margins, and one column per label.
  ["XGBClassifier-logitraw", { scores: true }],
  ["ClassifierChain", { scores: true }],
  ["XGBClassifier-multilabel", { scores: true }],
  ["CatBoostClassifier-multilabel", { scores: true }],
];

/** Libraries that work on pandas' frames. */
const FRAMES: ReadonlySet<string> = new Set(["category_encoders", "feature_engine", "pycaret", "sklearn_pandas"]);

const exceptionsOf = (family: string, name: string): Exceptions => ({
  ...EXCEPTIONS.find(([start]) => name.startsWith(start))?.[1],
  ...(FRAMES.has(family) ? { dtypes: true } : {}),
});

describe.each(modelFolders())("$family", (folder) => {
  const cases = folder.cases.filter((name) => /\.sk(1\.9\.1|0\.24\.2)\.json$|\.v\d/.test(name));

  it("passes the common suite", { timeout: 120_000 }, () => {
    const problems: string[] = [];
    for (const name of cases) {
      // Its rows are pictures, and each gives several.
      if (name.startsWith("PatchExtractor")) continue;
      const fixture = folder.json(name) as Fixture;
      const model = revive(folder.read(fixture.file), { decompress });
      const found = checkEstimator(model, fixtureInput(fixture.input), exceptionsOf(folder.family, name));
      problems.push(...found.map((problem) => `${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });
});
