import { NdArray } from "@curtido/arrays";
import { type Dict, float, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { revive } from "../../src/index.ts";
import { type Case, dataOf, fitCase, fixture, rowsOf } from "./cases.ts";
import { expectNear, plain, thrown } from "./compare.ts";

const svm = fixture("svm");
const ROWS = 40;
const METHODS = { predict: "predict", decision_function: "decisionFunction", predict_proba: "predictProba" } as const;
type Name = keyof typeof METHODS;

/** The largest difference, relative to the largest number that is expected. */
function apart(found: unknown, expected: unknown): number {
  const [a, b] = [[found].flat(3) as number[], [expected].flat(3) as number[]];
  expect(a.length).toBe(b.length);
  const size = Math.max(Number.MIN_VALUE, ...b.map(Math.abs));
  return Math.max(0, ...b.map((each, at) => Math.abs(a[at]! - each))) / size;
}

/** Every so many rows, as the oracle asks for answers. */
function askedRows(each: Case) {
  const data = dataOf(svm, each.data);
  const step = data.X.length < 100 ? 1 : Math.floor(data.X.length / ROWS);
  return rowsOf({ ...data, X: data.X.filter((_, at) => at % step === 0) }, ROWS);
}

/**
 * How many iterations it takes to come within 1e-10 depends on the last bits of inner products, which BLAS adds up in
 * another order.
 */
function isExact({ given }: Case): boolean {
  return !("tol" in given);
}

describe("support vector machines are those of scikit-learn 1.9.1", () => {
  it.each(
    svm.cases.map((each, at) => [`${at}: ${each.class} on ${each.data} ${JSON.stringify(each.given)}`, each] as const),
  )("%s", (_, each) => {
    const model = fitCase(svm, each);
    const state = model.instance.state as Dict;
    const learned = each["learned"] as Record<string, unknown>;
    for (const name of ["support_", "_n_support", "fit_status_"]) expect(plain(state.get(name))).toEqual(learned[name]);
    if (isExact(each)) expect(plain(state.get("n_iter_"))).toEqual(learned["n_iter_"]);
    expect(plain(state.get("_gamma"))).toBe(learned["_gamma"]);
    const dual = (plain(state.get("dual_coef_")) as number[][]).map((row) => row.slice(0, 50));
    const nearness = isExact(each) ? 1e-9 : 1e-6;
    expect(apart(dual, learned["dual_coef_"])).toBeLessThanOrEqual(nearness);
    expect(apart(plain(state.get("intercept_")), learned["intercept_"])).toBeLessThanOrEqual(nearness);
    for (const name of ["_probA", "_probB"])
      expect(apart(plain(state.get(name)), learned[name])).toBeLessThanOrEqual(1e-6);
    for (const [name, expected] of Object.entries(each["answers"] as Record<Name, unknown>)) {
      const found = plain(model[METHODS[name as Name]](askedRows(each)));
      if (typeof (expected as unknown[])[0] === "string") expect(found).toEqual(expected);
      else expect(apart(found, expected), name).toBeLessThanOrEqual(nearness);
    }
  });
});

const X = [
  [0, 1],
  [1, 0],
  [4, 5],
  [5, 4],
];
const y = [0, 0, 1, 1];

describe("what cannot be learned is refused in one line", () => {
  it.each([
    ["one label", () => new fit.SVC().fit(X, [1, 1, 1, 1]), "E_FEATURES", "one class"],
    [
      "one label that weighs something",
      () => new fit.SVC().fit(X, y, { sampleWeight: [1, 1, 0, 0] }),
      "E_FEATURES",
      "one class",
    ],
    ["a missing value", () => new fit.SVC().fit([[Number.NaN], [1]], [0, 1]), "E_FEATURES", "missing"],
    ["a target that is no number", () => new fit.SVR().fit(X, [0, 1, 2, Number.NaN]), "E_FEATURES", "finite"],
    ["no rows", () => new fit.SVR().fit([], []), "E_FEATURES", "0 rows"],
    ["similarities of other rows", () => new fit.SVC({ kernel: "precomputed" }).fit(X, y), "E_FEATURES", "as many"],
    ["a kernel that is a function", () => new fit.SVC({ kernel: () => 1 }), "E_UNSUPPORTED", "kernel"],
    ["no penalty", () => new fit.SVC({ C: 0 }), "E_UNSUPPORTED", "'C'"],
    ["more than the smaller class", () => new fit.NuSVC({ nu: 0.9 }).fit(X, [0, 1, 1, 1]), "E_FEATURES", "'nu' is 0.9"],
    ["a share above 1", () => new fit.NuSVR({ nu: 1.5 }), "E_UNSUPPORTED", "'nu'"],
    ["a negative epsilon", () => new fit.SVR({ epsilon: -1 }), "E_UNSUPPORTED", "epsilon"],
    [
      "numbers too large",
      () => new fit.SVC({ kernel: "linear" }).fit([[1e200], [-1e200]], [0, 1]),
      "E_FEATURES",
      "finite",
    ],
  ])("%s", (_, run, code, text) => {
    const error = thrown(run);
    expect(isCurtidoError(error)).toBe(true);
    const { code: found, message } = error as { code: string; message: string };
    expect([found, message]).toEqual([code, expect.stringContaining(text)]);
    expect(message).not.toContain("\n");
  });
});

it("finds the same with room for two lines of the cache only", () => {
  const data = NdArray.of(
    Float64Array.from({ length: 600 }, (_, at) => Math.sin(at * at)),
    [200, 3],
  );
  const labels = Array.from({ length: 200 }, (_, at) => Math.floor(at / 3) % 2);
  const learned = (given: fit.Given) => {
    const state = new fit.SVC({ C: 1000, ...given }).fit(data, labels).instance.state as Dict;
    return ["dual_coef_", "intercept_", "n_iter_"].map((name) => plain(state.get(name)));
  };
  expect(learned({ cacheSize: float(1e-6) })).toEqual(learned({}));
});

it("reads a model with similarities again, and says what is wrong with it", () => {
  const similar = X.map((row) => X.map((other) => row[0]! * other[0]! + row[1]! * other[1]!));
  const model = new fit.SVC({ kernel: "precomputed" }).fit(similar, y);
  expectNear(
    plain(model.decisionFunction(similar)),
    plain(new fit.SVC({ kernel: "linear" }).fit(X, y).decisionFunction(X)),
    1e-12,
  );
  (model.instance.state as Dict).set("support_", NdArray.of(Int32Array.of(0, 9)));
  expect(() => revive(model.toPickle())).toThrow("support_");
});
