import type { NdArray } from "@curtido/arrays";
import { type Dict, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { revive } from "../../src/index.ts";
import { dataOf, fixture, given, rowsOf } from "./cases.ts";
import { expectNear, plain } from "./compare.ts";

const search = fixture("search");

describe("a grid search tries, scores and chooses as scikit-learn 1.9.1", () => {
  it.each(search.cases.map((each, at) => [`${at}: ${each.data}, ${String(each.given["scoring"])}`, each] as const))(
    "%s",
    (_, each) => {
      const { X, y } = dataOf(search, each.data);
      const Search = new fit.GridSearchCV(given(each.given) as ConstructorParameters<typeof fit.GridSearchCV>[0]);
      const model = Search.fit(rowsOf({ X }), y!);
      const results = (model.instance.state as Dict).get("cv_results_") as Dict;
      const { mean_test_score, std_test_score, rank_test_score, params } = each["results"] as Record<string, unknown[]>;
      // Sums of scores are taken in another order.
      expectNear(plain(results.get("mean_test_score")), mean_test_score, 1e-12);
      expectNear(plain(results.get("std_test_score")), std_test_score, 1e-9);
      expect(plain(results.get("rank_test_score"))).toEqual(rank_test_score);
      expect(plain(results.get("params"))).toEqual(params);
      expect(plain((model.instance.state as Dict).get("best_params_"))).toEqual(each["best"]);
      expectNear(model.bestScore, each["score"], 1e-12);
      const some = X.filter((_, at) => at % 7 === 0);
      const answer = (each["answers"] as { predict: unknown }).predict;
      expectNear(plain(model.predict(some as number[][]) as NdArray), answer, 1e-12);
      expect(revive(model.toPickle()).predict(some as number[][])).toEqual(model.predict(some as number[][]));
    },
  );
});

describe("a grid search says what is wrong", () => {
  const estimator = new fit.GaussianNB();
  const X = [[1], [2], [3], [4]];
  const y = [0, 1, 0, 1];
  it.each([
    ["an unknown score", { estimator, paramGrid: { varSmoothing: [1e-9] }, scoring: "precise" }, "neg_log_loss"],
    ["no values", { estimator, paramGrid: { varSmoothing: [] } }, "without values"],
    ["an unknown parameter", { estimator, paramGrid: { smoothing: [1] }, cv: 2 }, "varSmoothing"],
    ["more combinations than can be tried", { estimator, paramGrid: { a: numbers(), b: numbers() } }, "combinations"],
    ["no estimator", { estimator: "GaussianNB", paramGrid: {} }, "estimator"],
    ["an odd number of folds", { estimator, paramGrid: { varSmoothing: [1] }, cv: "five" }, "KFold"],
  ])("%s", (_, options, part) => {
    let error: unknown;
    try {
      new fit.GridSearchCV(options as never).fit(X, y);
    } catch (thrown) {
      error = thrown;
    }
    expect(isCurtidoError(error, "E_UNSUPPORTED")).toBe(true);
    expect((error as Error).message).toContain(part);
  });

  it("an unknown part of a pipeline", () => {
    const pipeline = new fit.Pipeline({ steps: [["model", estimator]] });
    expect(() => pipeline.with({ modell__varSmoothing: 1 })).toThrow("there is no part 'modell'; there are model");
    expect(pipeline.with({ model__varSmoothing: 0.5 }).fit(X, y).toPickle()).not.toEqual(pipeline.fit(X, y).toPickle());
  });
});

function numbers(): number[] {
  return Array.from({ length: 1000 }, (_, at) => at + 1);
}
