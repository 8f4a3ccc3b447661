import { type Dict, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { GaussianNB } from "../../src/fit/index.ts";
import { type Case, dataOf, fitCase, fixture, rowsOf } from "./cases.ts";
import { expectNear, plain } from "./compare.ts";

interface Learned extends Case {
  readonly learned: Readonly<Record<string, unknown>>;
  readonly answers: { readonly predict: readonly unknown[]; readonly predict_proba: unknown };
}

const made = fixture("naive_bayes");

describe("Gaussian naive Bayes learns the bits of scikit-learn 1.9.1", () => {
  it.each((made.cases as Learned[]).map((each, at) => [`${at}: ${each.data}`, each] as const))("%s", (_, each) => {
    const model = fitCase(made, each);
    const state = model.instance.state as Dict;
    for (const [name, expected] of Object.entries(each.learned)) expect(plain(state.get(name))).toEqual(expected);
    const rows = rowsOf(dataOf(made, each.data), each.answers.predict.length);
    expect(plain(model.predict(rows))).toEqual(each.answers.predict);
    expectNear(plain(model.predictProba(rows)), each.answers.predict_proba, 1e-9);
  });
});

const X = [[1], [2], [8], [9]];
const y = [0, 0, 1, 1];

describe("Gaussian naive Bayes says what is wrong", () => {
  it.each([
    ["too many priors", { priors: [0.2, 0.3, 0.5] }, {}, "3 numbers, and there are 2 labels"],
    ["priors that are not all", { priors: [0.4, 0.5] }, {}, "whose sum is 1, not 0.9"],
    ["a prior below 0", { priors: [-0.5, 1.5] }, {}, "'priors'"],
    ["smoothing below 0", { varSmoothing: -1 }, {}, "'varSmoothing'"],
    ["too few weights", {}, { sampleWeight: [1, 2, 3] }, "4 rows and 3 weights"],
    ["a weight below 0", {}, { sampleWeight: [1, 1, 1, -1] }, "a finite number from 0"],
  ])("%s", (_, parameters, options, message) => {
    let error: unknown;
    try {
      new GaussianNB(parameters).fit(X, y, options);
    } catch (thrown) {
      error = thrown;
    }
    expect(isCurtidoError(error)).toBe(true);
    expect((error as Error).message).toContain(message);
  });
});
