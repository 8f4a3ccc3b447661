import { loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { type Instance, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { revive, reviveModel } from "../src/index.ts";
import { difference } from "../src/testing/compare.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

const folder = new FixtureFolder("lightgbm");

function read(name: string): { readonly fixture: Fixture; readonly value: Instance } {
  const fixture = folder.json(`${name}.json`) as Fixture;
  const value = loadFile(folder.read(fixture.file), { decompress });
  return { fixture, value: value as Instance };
}

/** The text of a model that is a Booster of its own. */
function textOf(name: string): string {
  const { value } = read(name);
  return (value.state as Map<string, unknown>).get("_handle") as string;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("a model file of LightGBM's own", () => {
  it.each(["Booster-binary", "Booster-multiclass", "Booster-forest"])("%s answers as its pickle", (name) => {
    const { fixture } = read(`${name}.sk1.9.1`);
    const model = revive(bytesOf(textOf(`${name}.sk1.9.1`)));
    const input = fixtureInput(fixture.input);
    for (const method of ["predict", "decisionFunction", "apply"] as const)
      expect(difference(model[method](input), fixture.expected[method]!, { ulp: 0 })).toBeUndefined();
  });

  it("says where it is damaged, and never answers with another error", () => {
    const text = textOf("Booster-multiclass.sk1.9.1");
    const end = text.indexOf("end of trees");
    for (let at = 20; at < end; at += 7) {
      const error = errorOf(() => revive(bytesOf(text.slice(0, at))));
      expect(isCurtidoError(error, "E_STATE"), `cut at ${at}: ${String(error)}`).toBe(true);
    }
  });

  it.each([
    ["a child beyond the tree", /left_child=(-?\d+)/, "left_child=77", "left_child holds '77'"],
    ["a child that is its parent", /left_child=\S+/, "left_child=0", "leads back to node 0"],
    ["a leaf reached twice", /right_child=\S+/, "right_child=-1", "leaf 0 is reached twice"],
    ["a feature beyond the row", /split_feature=\S+/, "split_feature=9", "split_feature holds '9'"],
    ["too few leaf values", /leaf_value=\S+/, "leaf_value=", "leaf_value holds"],
    ["a leaf value that is no number", /leaf_value=\S+/, "leaf_value=nan", "which is no number"],
    ["a huge number of leaves", /num_leaves=\d+/, "num_leaves=2000000000", "leaf_value holds"],
    ["a huge number of features", /max_feature_idx=\d+/, "max_feature_idx=2000000000", "feature_names holds"],
    ["a huge number of outputs", /num_tree_per_iteration=\d+/, "num_tree_per_iteration=4", "cannot be shared"],
    ["a tree that was cut out", /tree_sizes=\S+ /, "tree_sizes=", "trees, not"],
    ["a categorical split without a set", /decision_type=\S+/, "decision_type=1", "has no set of categories"],
    ["a sigmoid of 0", /objective=binary sigmoid:1/, "objective=binary sigmoid:0", "sigmoid '0'"],
  ])("refuses %s", (_, pattern, replacement, message) => {
    const text = textOf("Booster-binary.sk1.9.1");
    expect(text).toMatch(pattern);
    const error = errorOf(() => revive(bytesOf(text.replace(pattern, replacement)))) as Error;
    expect(isCurtidoError(error, "E_STATE"), String(error)).toBe(true);
    expect(error.message).toContain(message);
  });

  it("names an objective that it does not know", () => {
    const text = textOf("Booster-binary.sk1.9.1").replace("objective=binary sigmoid:1", "objective=tomorrow");
    const error = errorOf(() => revive(bytesOf(text))) as Error;
    expect(isCurtidoError(error, "E_UNSUPPORTED"), String(error)).toBe(true);
    expect(error.message).toContain("'tomorrow' is not known");
  });
});

describe("LGBMClassifier", () => {
  it("tells names of features and classes", () => {
    const model = reviveModel(read("LGBMClassifier-frame.sk1.9.1").value);
    expect(model.signature.features.map(({ name }) => name)).toEqual([
      "sepal_length_(cm)",
      "sepal_width_(cm)",
      "petal_length_(cm)",
      "petal_width_(cm)",
    ]);
    expect(model.signature.classes).toEqual([["setosa", "versicolor", "virginica"]]);
    expect(model.signature.task).toBe("classification");
    const row = { "petal width (cm)": 1.3, "petal length (cm)": 4.1, "sepal width (cm)": 3, "sepal length (cm)": 5.5 };
    expect(model.predict([row]).tolist()).toEqual(model.predict([[5.5, 3, 4.1, 1.3]]).tolist());
  });

  it("takes categories by name, and one it has not seen as missing", () => {
    const model = reviveModel(read("LGBMClassifier-categories.sk1.9.1").value);
    const colour = model.signature.features.find(({ name }) => name === "colour")!;
    expect(colour.type).toBe("string");
    const at = (value: unknown) =>
      model.decisionFunction([{ age: 30, colour: value, income: 1000, size: null }]).tolist();
    expect(at("mauve")).toEqual(at(null));
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}
