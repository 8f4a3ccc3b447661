import type { NdArray } from "@curtido/arrays";
import { type Dict, type Instance, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { NumberSet } from "../../src/fit/ensemble/hist_gradient_boosting/python_set.ts";
import { type Fitted, HistGradientBoostingClassifier, HistGradientBoostingRegressor } from "../../src/fit/index.ts";
import { type Case, dataOf, fixture, rowsOf, trainer } from "./cases.ts";
import { expectNear } from "./compare.ts";

const FIELDS = {
  value: "value",
  feature: "feature_idx",
  threshold: "num_threshold",
  bin: "bin_threshold",
  gain: "gain",
  count: "count",
  missingLeft: "missing_go_to_left",
  left: "left",
  right: "right",
  set: "bitset_idx",
};

const attribute = (instance: Instance, name: string) => (instance.state as Dict).get(name);
const numbers = (value: unknown) =>
  (value as NdArray).flat().map((each) => (each === Number.POSITIVE_INFINITY ? "inf" : Number(each)));

function treeOf(tree: Instance) {
  const nodes = attribute(tree, "nodes") as NdArray;
  const fields = Object.entries(FIELDS).map(([ours, theirs]) => [ours, numbers(nodes.field(theirs))]);
  const sets = (attribute(tree, "raw_left_cat_bitsets") as NdArray).tolist();
  return { ...Object.fromEntries(fields), sets };
}

const made = fixture("histogram_boosting");

function fitted(each: Case): Fitted {
  const data = dataOf(made, each.data);
  const sampleWeight = each["weighted"] === true ? data.X.map((_, row) => row % 3) : undefined;
  return trainer(each).fit(rowsOf(data), data.y, { sampleWeight });
}

describe("histogram boosting is that of scikit-learn 1.9.1, node by node and bit by bit", () => {
  it.each(made.cases)("$class on $data, $given", (each) => {
    const model = fitted(each);
    const stages = attribute(model.instance, "_predictors") as Instance[][];
    expect(stages.map((stage) => stage.map(treeOf))).toEqual(each["trees"]);
    const rows = rowsOf(dataOf(made, each.data), 30);
    const answers = model.offers("predictProba") ? model.predictProba(rows) : model.predict(rows);
    // numpy's exp and log differ in the last bit between processors.
    expectNear((answers as NdArray).tolist(), each["answers"], 1e-13);
    const state = (name: string) => (attribute(model.instance, name) as NdArray).tolist();
    expectNear(state("_baseline_prediction"), each["baseline"], 1e-13);
    expectNear(state("train_score_"), each["train"], 1e-13);
    expectNear(state("validation_score_"), each["validation"], 1e-13);
  });
});

const X = Array.from({ length: 60 }, (_, row) => [row % 7, (row * row) % 11]);
const y = X.map(([one, other]) => one! - other!);
const labels = y.map((value) => (value > 0 ? "up" : "down"));

describe("histogram boosting says what is wrong", () => {
  it.each([
    ["a bin more than there may be", () => new HistGradientBoostingRegressor({ maxBins: 256 }), "maxBins"],
    ["a quantile that is missing", () => new HistGradientBoostingRegressor({ loss: "quantile" }), "quantile"],
    ["a score that is not known", () => new HistGradientBoostingClassifier({ scoring: "f1" }), "scoring"],
    [
      "a feature that is not there",
      () => new HistGradientBoostingRegressor({ categoricalFeatures: [2] }).fit(X, y),
      "2",
    ],
    [
      "too many categories",
      () => new HistGradientBoostingRegressor({ categoricalFeatures: [0], maxBins: 5 }).fit(X, y),
      "feature1",
    ],
    [
      "a group of no feature",
      () => new HistGradientBoostingRegressor({ interactionCst: [[0, 5]] }).fit(X, y),
      "interactionCst",
    ],
    ["a direction of 2", () => new HistGradientBoostingRegressor({ monotonicCst: [2, 0] }).fit(X, y), "monotonicCst"],
    [
      "a direction of a category",
      () => new HistGradientBoostingRegressor({ monotonicCst: [1, 0], categoricalFeatures: [0] }).fit(X, y),
      "monotonicCst",
    ],
    [
      "directions for many labels",
      () =>
        new HistGradientBoostingClassifier({ monotonicCst: [1, 0] }).fit(
          X,
          X.map(([one]) => one! % 3),
        ),
      "monotonicCst",
    ],
  ])("%s", (_, run, part) => {
    expect(run).toThrow(part);
  });

  it.each([
    ["a target of 0 for gamma", () => new HistGradientBoostingRegressor({ loss: "gamma" }).fit(X, y)],
    ["a negative target for poisson", () => new HistGradientBoostingRegressor({ loss: "poisson" }).fit(X, y)],
    [
      "a column without numbers",
      () =>
        new HistGradientBoostingRegressor().fit(
          [
            [1, Number.NaN],
            [2, Number.NaN],
          ],
          [1, 2],
        ),
    ],
    ["rows to validate with without targets", () => new HistGradientBoostingRegressor().fit(X, y, { XVal: X })],
    [
      "fewer features to validate with",
      () => new HistGradientBoostingRegressor({ earlyStopping: true }).fit(X, y, { XVal: [[1]], yVal: [1] }),
    ],
    [
      "a label only to validate with",
      () =>
        new HistGradientBoostingClassifier({ earlyStopping: true }).fit(X, labels, {
          XVal: X,
          yVal: X.map(() => "none"),
        }),
    ],
  ])("%s", (_, run) => {
    let error: unknown;
    try {
      run();
    } catch (thrown) {
      error = thrown;
    }
    expect(isCurtidoError(error, "E_FEATURES")).toBe(true);
  });
});

it("stops by the rows that are given to validate with", () => {
  const model = new HistGradientBoostingClassifier({
    earlyStopping: true,
    maxIter: 50,
    learningRate: 0.5,
    nIterNoChange: 2,
    tol: 0.1,
  });
  const made = model.fit(X, labels, { XVal: X.slice(0, 20), yVal: labels.slice(0, 20) });
  const scores = attribute(made.instance, "validation_score_") as NdArray;
  expect(scores.size).toBeLessThan(50);
  expect(attribute(made.instance, "train_score_")).toHaveProperty("size", scores.size);
});

it("grows without a limit of leaves in little memory", () => {
  const rows = Array.from({ length: 3000 }, (_, row) => [(row * 7919) % 3001, (row * 104_729) % 2999]);
  const target = rows.map(([one, other]) => Math.sin(one!) + Math.cos(other!));
  const model = new HistGradientBoostingRegressor({
    maxLeafNodes: null,
    minSamplesLeaf: 1,
    maxIter: 1,
    learningRate: 1,
    maxBins: 255,
  });
  const predicted = model.fit(rows, target).predict(rows).toFloat64();
  const apart = predicted.reduce((sum, value, row) => sum + (value - target[row]!) ** 2, 0) / 3000;
  expect(apart).toBeLessThan(0.05);
});

it("lists numbers as Python's sets do", () => {
  // CPython 3.13: list(set([8, 1, 0])), and so on; x = set(); x.update(...) twice; set(...) - {...}.
  expect([...NumberSet.of([8, 1, 0])]).toEqual([8, 1, 0]);
  expect([...NumberSet.of([9, 17, 1])]).toEqual([9, 17, 1]);
  expect([...NumberSet.of([33, 1, 65])]).toEqual([65, 33, 1]);
  const many = NumberSet.of([40, 3, 7, 99, 12, 64]);
  expect([...many]).toEqual([64, 99, 3, 7, 40, 12]);
  const both = new NumberSet();
  both.update(many);
  both.update(NumberSet.of([1, 2, 130]));
  expect([...both]).toEqual([64, 1, 2, 99, 3, 130, 7, 40, 12]);
  const sevens = NumberSet.of(Array.from({ length: 58 }, (_, at) => 7 * at)).without(NumberSet.of([3, 7, 14]));
  expect([...sevens].slice(0, 12)).toEqual([0, 385, 259, 133, 392, 266, 140, 399, 273, 147, 21, 280]);
  expect(sevens.size).toBe(56);
});
