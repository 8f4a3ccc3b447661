import { float, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { revive } from "../../src/index.ts";
import { thrown } from "./compare.ts";

const X = [
  [1, 2],
  [2, 1],
  [3, 5],
  [4, 4],
];
const y = [0, 1, 0, 1];

describe("training says what is wrong", () => {
  it.each([
    ["a parameter that there is not", () => new fit.RandomForestClassifier({ n_estimators: 5 }), "nEstimators"],
    ["a number out of bounds", () => new fit.DecisionTreeClassifier({ maxDepth: 0 }), "an integer from 1"],
    ["a share above 1", () => new fit.DecisionTreeRegressor({ minSamplesSplit: float(1.5) }), "above 0 to 1"],
    ["a word that there is not", () => new fit.DecisionTreeRegressor({ criterion: "gini" }), "'squared_error'"],
    ["what is not known yet", () => new fit.RandomForestClassifier({ warmStart: true }), "warmStart"],
    ["more features than there are", () => new fit.DecisionTreeClassifier({ maxFeatures: 3 }).fit(X, y), "maxFeatures"],
    ["two targets for each row", () => new fit.KNeighborsRegressor({ nNeighbors: 1 }).fit(X, X), "one target"],
    ["drawn rows without drawing", () => new fit.ExtraTreesClassifier({ maxSamples: 2 }).fit(X, y), "bootstrap"],
    ["a range that is none", () => new fit.MinMaxScaler({ featureRange: [1, 1] }).fit(X), "featureRange"],
    ["an unknown value for nothing", () => new fit.OrdinalEncoder({ unknownValue: -1 }).fit(X), "unknownValue"],
    [
      "a name twice",
      () =>
        new fit.Pipeline({
          steps: [
            ["a", "passthrough"],
            ["a", "passthrough"],
          ],
        }),
      "twice",
    ],
    [
      "columns that there are not",
      () => new fit.ColumnTransformer({ transformers: [["a", "passthrough", [2]]] }).fit(X),
      "the column 2",
    ],
    [
      "a step that transforms nothing",
      () =>
        new fit.Pipeline({
          steps: [
            ["a", new fit.GaussianNB()],
            ["b", new fit.GaussianNB()],
          ],
        }).fit(X, y),
      "transforms no rows",
    ],
  ])("%s", (_, run, part) => {
    const error = thrown(run);
    expect(isCurtidoError(error, "E_UNSUPPORTED")).toBe(true);
    expect((error as Error).message).toContain(part);
  });

  it.each([
    ["no rows", () => new fit.GaussianNB().fit([], [])],
    ["no targets", () => new fit.GaussianNB().fit(X)],
    ["fewer targets than rows", () => new fit.GaussianNB().fit(X, [0, 1])],
    ["labels of two kinds", () => new fit.GaussianNB().fit(X, [0, "1", 0, 1])],
    ["amounts for labels", () => new fit.GaussianNB().fit(X, [0.5, 1, 0, 1])],
    ["a target that is no number", () => new fit.LinearRegression().fit(X, [1, 2, Number.NaN, 4])],
    ["a missing value", () => new fit.LinearRegression().fit([[1], [Number.NaN]], [1, 2])],
    ["a number beyond float32", () => new fit.DecisionTreeRegressor().fit([[1e39], [1]], [1, 2])],
    ["an infinite number", () => new fit.DecisionTreeRegressor().fit([[Infinity], [1]], [1, 2])],
    ["a column of texts and numbers", () => new fit.OneHotEncoder().fit([["a"], [1]])],
    ["fewer rows than neighbors", () => new fit.KNeighborsClassifier().fit(X, y)],
  ])("%s", (_, run) => {
    expect(isCurtidoError(thrown(run), "E_FEATURES")).toBe(true);
  });
});

it("gives what reading the pickle gives", () => {
  const model = new fit.RandomForestClassifier({ nEstimators: 3, randomState: 0 }).fit(X, y);
  const again = revive(model.toPickle());
  expect(again.className).toBe("RandomForestClassifier");
  expect(again.predictProba(X)).toEqual(model.predictProba(X));
  expect(again.signature).toEqual(model.signature);
});

it("learns with an unforeseen seed where none is given", () => {
  const model = new fit.DecisionTreeClassifier({ maxFeatures: 1 }).fit(X, y);
  expect(revive(model.toPickle()).predict(X).tolist()).toEqual(y);
});
