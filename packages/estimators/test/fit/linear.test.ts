import { NdArray } from "@curtido/arrays";
import { type Dict, type Instance, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { type Case, dataOf, fitCase, fixture, rowsOf } from "./cases.ts";
import { plain, thrown } from "./compare.ts";

const ROWS = 12;
const METHODS = { predict: "predict", predict_proba: "predictProba" } as const;

/** The largest difference, relative to the largest number that is expected. */
function apart(found: unknown, expected: unknown): number {
  const [a, b] = [[found].flat(3), [expected].flat(3)];
  expect(a.length).toBe(b.length);
  if (!b.every((each) => typeof each === "number")) {
    expect(a).toEqual(b);
    return 0;
  }
  const size = Math.max(Number.MIN_VALUE, ...b.map((each) => Math.abs(each as number)));
  return Math.max(...b.map((each, at) => Math.abs((a[at] as number) - (each as number)))) / size;
}

/**
 * How near coefficients come: solved ones by their condition, those of iterations by rounding until they end. L-BFGS ends
 * when the loss falls no more, where coefficients still differ; Python's own do as much with another BLAS.
 */
function nearness({ class: name, data, given }: Case): number {
  if (name === "LogisticRegression") return "tol" in given ? 1e-4 : 1e-8;
  if (given["solver"] === "lbfgs") return 1e-6;
  return data === "ill" ? 1e-8 : 1e-9;
}

/** How many iterations L-BFGS makes until rounding stops it depends on rounding; so does the gap of what has converged. */
function isRounding(name: string, { class: className, given }: Case): boolean {
  const iterates = className === "LogisticRegression" || given["solver"] === "lsqr";
  return name === "dual_gap_" || (name === "n_iter_" && iterates && "tol" in given);
}

describe.each(["linear", "networks"])("%s learn what scikit-learn 1.9.1 learns", (subject) => {
  const made = fixture(subject);
  it.each(
    made.cases.map((each, at) => [`${at}: ${each.class} on ${each.data} ${JSON.stringify(each.given)}`, each] as const),
  )("%s", (_, each: Case) => {
    const model = fitCase(made, each);
    const state = model.instance.state as Dict;
    for (const [name, expected] of Object.entries(each["learned"] as Record<string, unknown>)) {
      if (isRounding(name, each)) continue;
      const from = name === "learning_rate" ? ((state.get("_optimizer") as Instance).state as Dict) : state;
      const found = plain(from.get(name));
      if (name === "n_iter_") expect(found).toEqual(expected);
      else expect(apart(found, expected), name).toBeLessThanOrEqual(nearness(each));
    }
    const rows = rowsOf(dataOf(made, each.data), ROWS);
    for (const [name, expected] of Object.entries(each["answers"] as Record<string, unknown>)) {
      const found = plain(model[METHODS[name as keyof typeof METHODS]](rows));
      expect(apart(found, expected), name).toBeLessThanOrEqual(Math.min(nearness(each), 1e-6));
    }
  });
});

const X = [
  [1, 2],
  [2, 1],
  [3, 5],
  [4, 4],
];
const y = [0, 1, 0, 1];

describe("what cannot be learned is refused in one line", () => {
  it.each([
    ["one label", () => new fit.LogisticRegression().fit(X, [1, 1, 1, 1]), "E_FEATURES", "two classes"],
    ["rows of nothing", () => new fit.LogisticRegression().fit([], []), "E_FEATURES", "nothing"],
    ["a missing value", () => new fit.Lasso().fit([[1], [Number.NaN]], [1, 2]), "E_FEATURES", "missing"],
    ["a target that is missing", () => new fit.Ridge().fit(X, [1, 2, Number.NaN, 3]), "E_FEATURES", "finite"],
    ["targets of other rows", () => new fit.Ridge().fit(X, [[1], [2]]), "E_FEATURES", "4 rows"],
    ["targets of two lengths", () => new fit.Ridge().fit(X, [[1], [2, 3], [1], [1]]), "E_FEATURES", "same length"],
    ["weights of nothing", () => new fit.Lasso().fit(X, y, { sampleWeight: [0, 0, 0, 0] }), "E_FEATURES", "weights"],
    [
      "rows that are too large",
      () => new fit.LinearRegression().fit([[1e200], [-1e200]], [1, 2]),
      "E_FEATURES",
      "large",
    ],
    ["a solver that is not there", () => new fit.LogisticRegression({ solver: "saga" }), "E_UNSUPPORTED", "solver"],
    ["a penalty on sizes", () => new fit.LogisticRegression({ l1Ratio: 0.5 }), "E_UNSUPPORTED", "l1Ratio"],
    [
      "a label without rows",
      () => new fit.LogisticRegression({ classWeight: { 7: 1 } }).fit(X, y),
      "E_UNSUPPORTED",
      "7",
    ],
    ["too many prices", () => new fit.Ridge({ alpha: [1, 2, 3] }).fit(X, y), "E_UNSUPPORTED", "3 prices"],
    ["a price below 0", () => new fit.ElasticNet({ alpha: -1 }), "E_UNSUPPORTED", "alpha"],
    ["a ratio of Lasso", () => new fit.Lasso({ l1Ratio: 0.5 }), "E_UNSUPPORTED", "l1Ratio"],
    [
      "a layer of nothing",
      () => new fit.MLPClassifier({ hiddenLayerSizes: [3, 0] }),
      "E_UNSUPPORTED",
      "hiddenLayerSizes",
    ],
    ["a loss of labels", () => new fit.MLPClassifier({ loss: "squared_error" }), "E_UNSUPPORTED", "loss"],
    [
      "a layer beyond all",
      () => new fit.MLPRegressor({ hiddenLayerSizes: 1e12 }).fit(X, y),
      "E_LIMIT",
      "hiddenLayerSizes",
    ],
    [
      "too few rows to see by",
      () => new fit.MLPRegressor({ earlyStopping: true }).fit(X, y),
      "E_UNSUPPORTED",
      "validationFraction",
    ],
    [
      "steps that lead nowhere",
      () =>
        new fit.MLPRegressor({ solver: "sgd", activation: "identity", learningRateInit: 1e100, randomState: 0 }).fit(
          X,
          y,
        ),
      "E_FEATURES",
      "finite",
    ],
  ])("%s", (_, run, code, part) => {
    const error = thrown(run);
    expect(isCurtidoError(error), String(error)).toBe(true);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(part);
    expect((error as Error).message).not.toContain("\n");
  });
});

it("takes targets as lists of lists and as arrays", () => {
  const one = new fit.LinearRegression().fit(X, [
    [1, 2],
    [2, 3],
    [3, 1],
    [4, 1],
  ]);
  const other = new fit.LinearRegression().fit(X, NdArray.of(Float64Array.of(1, 2, 2, 3, 3, 1, 4, 1), [4, 2]));
  expect(one.predict(X).tolist()).toEqual(other.predict(X).tolist());
  expect(one.predict(X).shape).toEqual([4, 2]);
});

it("answers exactly where the targets are a linear function of dependent features", () => {
  const rows = X.map(([a, b]) => [a!, b!, a! + b!]);
  const model = new fit.LinearRegression().fit(
    rows,
    rows.map(([a, b]) => 2 * a! - b! + 3),
  );
  const state = model.instance.state as Dict;
  expect(plain(state.get("rank_"))).toBe(2);
  plain(model.predict(rows)) as number[];
  expect(
    apart(
      plain(model.predict(rows)),
      rows.map(([a, b]) => 2 * a! - b! + 3),
    ),
  ).toBeLessThan(1e-14);
});
