import type { NdArray } from "@curtido/arrays";
import type { Dict, Instance } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { DecisionTreeRegressor, type Fitted, RandomForestRegressor } from "../../src/fit/index.ts";
import { dataOf, fitCase, fixture, rowsOf } from "./cases.ts";

const NAMES = {
  left: "left_child",
  right: "right_child",
  feature: "feature",
  threshold: "threshold",
  impurity: "impurity",
  samples: "n_node_samples",
  weight: "weighted_n_node_samples",
  missingLeft: "missing_go_to_left",
};

const attribute = (instance: Instance, name: string) => (instance.state as Dict).get(name);

/** The trees of a model as the fixture has them. */
function treesOf(model: Fitted): unknown[] {
  const trees = attribute(model.instance, "estimators_") as Instance[] | undefined;
  return (trees ?? [model.instance]).map((tree) => {
    const state = (attribute(tree, "tree_") as Instance).state as Dict;
    const nodes = state.get("nodes") as NdArray;
    const fields = Object.entries(NAMES).map(([ours, theirs]) => {
      const values = nodes.field(theirs).flat().map(Number);
      return [ours, values.map((value) => (value === Number.POSITIVE_INFINITY ? "inf" : value))];
    });
    const values = (state.get("values") as NdArray).flat();
    return { depth: state.get("max_depth"), ...Object.fromEntries(fields), values };
  });
}

const trees = fixture("trees");

describe("trees and forests are those of scikit-learn 1.9.1, node by node and bit by bit", () => {
  it.each(trees.cases)("$class on $data, $given", (each) => {
    const model = fitCase(trees, each);
    expect(treesOf(model)).toEqual(each["trees"]);
    expect(model.predict(rowsOf(dataOf(trees, each.data), 30)).tolist()).toEqual(each["predict"]);
  });
});

it("keeps what Python asks for when it fits a tree or a forest of numbers again", () => {
  const X = [[0], [1], [2], [3]];
  for (const trainer of [new DecisionTreeRegressor(), new RandomForestRegressor({ nEstimators: 2, randomState: 0 })]) {
    const { state } = trainer.fit(X, [0, 1, 2, 3]).instance;
    expect((state as Dict<unknown>).get("class_weight")).toBeNull();
  }
});
