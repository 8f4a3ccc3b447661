import { NdArray } from "@curtido/arrays";
import { type Dict, Float, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { KMeans, PCA } from "../../src/fit/index.ts";
import { type Case, dataOf, fixture, given, rowsOf } from "./cases.ts";
import { expectNear } from "./compare.ts";

interface Learned extends Case {
  readonly learned: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, unknown>>;
}

const made = fixture("unsupervised");

function fitted(each: Case) {
  const data = dataOf(made, each.data);
  const rows = rowsOf(data);
  const parameters = given(each.given) as Record<string, unknown>;
  if (each.class === "PCA") return new PCA(parameters).fit(rows);
  const sampleWeight = each["weighted"] === true ? data.X.map((_, row) => 1 + (row % 3)) : undefined;
  return new KMeans(parameters).fit(rows, undefined, { sampleWeight });
}

const plain = (value: unknown) =>
  value instanceof NdArray ? value.tolist() : value instanceof Float ? value.value : value;

/** Unit vectors within 1e-9 of their length. */
function expectUnit(found: NdArray, expected: readonly (readonly number[])[]): void {
  const wanted = expected.flat();
  expect(found.size).toBe(wanted.length);
  const apart = found.toFloat64().reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at]!)), 0);
  expect(apart).toBeLessThanOrEqual(1e-9);
}

describe("clusters and principal components are those of scikit-learn 1.9.1", () => {
  it.each(made.cases as Learned[])("$class on $data, $given", (each) => {
    const model = fitted(each);
    const state = model.instance.state as Dict;
    for (const [name, expected] of Object.entries(each.learned)) {
      if (name === "labels_" || name === "n_iter_") expect(plain(state.get(name))).toEqual(expected);
      else if (name === "components_") expectUnit(state.get(name) as NdArray, expected as number[][]);
      else expectNear(plain(state.get(name)), expected, 1e-9);
    }
    const rows = rowsOf(dataOf(made, each.data), 30);
    expectNear((model.transform(rows) as NdArray).tolist(), each.answers["transform"], 1e-8);
    if (each.class === "KMeans") expect(model.predict(rows).tolist()).toEqual(each.answers["predict"]);
  });
});

const X = [
  [1, 2, 3],
  [2, 1, 0],
  [3, 5, 1],
  [4, 4, 4],
];

describe("clusters and principal components say what is wrong", () => {
  it.each([
    ["a word that there is not", () => new KMeans({ init: "farthest" }), "init"],
    ["centers that do not fit", () => new KMeans({ nClusters: 2, init: [[1, 2]] }).fit(X), "init"],
    ["no clusters", () => new KMeans({ nClusters: 0 }), "nClusters"],
    ["more components than there may be", () => new PCA({ nComponents: 4 }).fit(X), "at most 3"],
    ["a share with random search", () => new PCA({ nComponents: 0.5, svdSolver: "randomized" }).fit(X), "nComponents"],
    ["the likeliest number of few rows", () => new PCA({ nComponents: "mle" }).fit(X.slice(0, 2)), "mle"],
  ])("%s", (_, run, part) => {
    expect(run).toThrow(part);
  });

  it.each([
    ["fewer rows than clusters", () => new KMeans({ nClusters: 5 }).fit(X)],
    ["a missing value", () => new KMeans({ nClusters: 1 }).fit([[1], [Number.NaN]])],
    ["one row", () => new PCA().fit([[1, 2]])],
    ["a missing value among components", () => new PCA().fit([[1], [Number.NaN]])],
    ["no rows", () => new PCA().fit([])],
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

it("finds as many clusters as there are different rows, and leaves the others where the heaviest is", () => {
  const model = new KMeans({ nClusters: 3, randomState: 0 }).fit([[0], [0], [0], [5]]);
  const centers = ((model.instance.state as Dict).get("cluster_centers_") as NdArray).flat().map(Number);
  expect([...new Set(centers)].sort()).toEqual([0, 5]);
});

it("finds components of rows that vary in fewer directions", () => {
  const model = new PCA().fit([
    [1, 1, 0],
    [2, 2, 0],
    [4, 4, 0],
  ]);
  const components = (model.instance.state as Dict).get("components_") as NdArray;
  const rows = components.tolist() as number[][];
  rows.forEach((one, i) => {
    rows.forEach((other, j) => {
      const product = one.reduce((sum, value, k) => sum + value * other[k]!, 0);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
    });
  });
  expect(Math.abs(rows[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 12);
});
