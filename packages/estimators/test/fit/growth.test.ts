import { createHash } from "node:crypto";
import type { NdArray } from "@curtido/arrays";
import type { Dict, Instance } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import type { Fitted } from "../../src/fit/index.ts";
import { type Case, dataOf, fitCase, fixture, rowsOf } from "./cases.ts";

const ROWS = 20;
const WHOLE = ["left_child", "right_child", "feature", "n_node_samples"];
const REAL = ["threshold", "impurity", "weighted_n_node_samples"];

const attribute = (instance: Instance, name: string) => (instance.state as Dict).get(name);

/** The states of all trees of a model. */
function treesOf(model: Fitted): Dict[] {
  const found = attribute(model.instance, "estimators_") as Instance[] | NdArray | undefined;
  const trees = found === undefined ? [model.instance] : Array.isArray(found) ? found : (found.flat() as Instance[]);
  return trees.map((tree) => (attribute(tree, "tree_") as Instance).state as Dict);
}

/** What `digest` of oracle/fitting/growth.py says about the trees. */
function digest(trees: readonly Dict[]): string {
  const hash = createHash("sha256");
  const zeroesWithoutSign = (values: readonly unknown[]) => Float64Array.from(values as number[], (value) => value + 0);
  for (const tree of trees) {
    const nodes = tree.get("nodes") as NdArray;
    for (const name of WHOLE) hash.update(BigInt64Array.from(nodes.field(name).flat() as number[], BigInt));
    for (const name of REAL) hash.update(zeroesWithoutSign(nodes.field(name).flat()));
    hash.update(zeroesWithoutSign((tree.get("values") as NdArray).flat()));
    hash.update(Uint8Array.from(nodes.field("missing_go_to_left").flat() as number[]));
  }
  return hash.digest("hex");
}

/** The first 60 numbers of an attribute. */
function numbersOf(value: unknown): number[] {
  const list = typeof value === "object" && value !== null && "flat" in value ? (value as NdArray).flat() : [value];
  return list.slice(0, 60).map((each) => Number(typeof each === "object" ? (each as { value: number }).value : each));
}

describe.each(["growth", "gradient_boosting"])("%s: the bits of every node are those of scikit-learn 1.9.1", (name) => {
  const made = fixture(name);
  it.each(made.cases)("$class on $data, $given", (each: Case) => {
    const model = fitCase(made, each);
    const trees = treesOf(model);
    expect(trees.map((tree) => tree.get("node_count"))).toEqual(each["nodes"]);
    expect(digest(trees)).toBe(each["digest"]);
    const rows = rowsOf(dataOf(made, each.data), ROWS);
    close(model.predict(rows).tolist(), each["predict"]);
    if (each["predict_proba"] !== undefined)
      close((model.predictProba(rows) as NdArray).tolist(), each["predict_proba"]);
    for (const [attributeName, expected] of Object.entries(each["attributes"] as Record<string, number[]>))
      close(numbersOf(attribute(model.instance, attributeName)), expected);
  });
});

/** Labels are equal; answers differ by no more than sums in another order do. */
function close(found: unknown, expected: unknown): void {
  const [some, others] = [[found].flat(2), [expected].flat(2)];
  expect(some.length).toBe(others.length);
  some.forEach((value, at) => {
    const other = others[at];
    if (typeof other !== "number") expect(value).toBe(other);
    else expect(Math.abs((value as number) - other)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(other)));
  });
}
