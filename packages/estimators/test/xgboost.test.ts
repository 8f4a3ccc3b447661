import { loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { Dict, Global, Instance, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { revive, reviveModel } from "../src/index.ts";
import { difference } from "../src/testing/compare.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";
import { type FileValue, ModelFileError, readUbjson } from "../src/xgboost/ubjson.ts";

const folder = new FixtureFolder("xgboost");

function read(name: string): { readonly fixture: Fixture; readonly value: Instance } {
  const fixture = folder.json(`${name}.json`) as Fixture;
  return { fixture, value: loadFile(folder.read(fixture.file), { decompress }) as Instance };
}

/** What a pickled Booster keeps: UBJSON of configuration and model. */
function handleOf(name: string): Uint8Array {
  const { value } = read(name);
  return (value.state as Map<string, unknown>).get("handle") as Uint8Array;
}

function booster(handle: unknown): Instance {
  const instance = new Instance(new Global("xgboost.core", "Booster"), [], "newobj");
  const state = new Dict();
  state.set("handle", handle);
  instance.states.push(state);
  return instance;
}

/** The model as the JSON that XGBoost's own `.json` files hold. */
function jsonOf(name: string): string {
  const plain = (value: FileValue): unknown => {
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
    return ArrayBuffer.isView(value) || Array.isArray(value) ? Array.from(value as readonly FileValue[], plain) : value;
  };
  return JSON.stringify(plain((readUbjson(handleOf(name)) as Map<string, FileValue>).get("Model")!));
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}

describe("a model file of XGBoost's own", () => {
  it.each(["Booster-binary", "Booster-softprob", "Booster-dart"])("%s answers as its pickle, in JSON", (name) => {
    const { fixture } = read(`${name}.sk1.9.1`);
    const model = revive(bytesOf(jsonOf(`${name}.sk1.9.1`)));
    const input = fixtureInput(fixture.input);
    for (const method of ["predict", "decisionFunction", "apply"] as const)
      expect(difference(model[method](input), fixture.expected[method]!, fixture.tolerance[method])).toBeUndefined();
  });

  it("answers as its pickle, in UBJSON", () => {
    const { fixture } = read("Booster-softprob.sk1.9.1");
    const model = revive(handleOf("Booster-softprob.sk1.9.1"));
    const found = model.decisionFunction(fixtureInput(fixture.input));
    expect(difference(found, fixture.expected.decisionFunction!, { ulp: 0 })).toBeUndefined();
  });

  it("says where it ends too early, and never with another error", () => {
    const handle = handleOf("Booster-softprob.sk1.9.1");
    for (let at = 16; at < handle.length; at += 5) {
      const error = errorOf(() => reviveModel(booster(handle.slice(0, at))));
      expect(isCurtidoError(error, "E_STATE"), `cut at ${at}: ${String(error)}`).toBe(true);
    }
  });

  it("with bytes changed is refused with a tagged error, or answers", () => {
    const handle = handleOf("Booster-softprob.sk1.9.1");
    const input = fixtureInput(read("Booster-softprob.sk1.9.1").fixture.input);
    let refused = 0;
    for (let at = 0; at < handle.length; at += 3) {
      const changed = Uint8Array.from(handle);
      changed[at] = changed[at]! ^ (1 << (at % 8));
      try {
        reviveModel(booster(changed)).predict(input);
      } catch (error) {
        expect(isCurtidoError(error), `byte ${at}: ${String((error as Error).stack)}`).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(150);
  });

  it.each([
    ["a child beyond the tree", /"left_children":\[1,/, '"left_children":[77,', "holds 77, but there are"],
    ["a root that is its own child", /"left_children":\[1,/, '"left_children":[0,', "reaches node 0 twice"],
    ["a node reached twice", /"right_children":\[2,/, '"right_children":[1,', "reaches node 1 twice"],
    ["a feature beyond the row", /"split_indices":\[\d/, '"split_indices":[9', "but there are"],
    ["too few thresholds", /"split_conditions":\[[^,]+,/, '"split_conditions":[', "values, not"],
    [
      "a leaf that is no number",
      /"split_conditions":\[[^\]]*\]/,
      (found: string) => found.replace(/,[^,\]]+\]/, ",NaN]"),
      "without a number",
    ],
    ["a tree of an unknown output", /"tree_info":\[0/, '"tree_info":[5', "tree_info"],
    ["a base score that is no number", /"base_score":"[^"]*"/, '"base_score":"half"', "not a number"],
    ["a huge number of classes", /"num_class":"\d+"/, '"num_class":"1000000000"', "num_class"],
    ["no learner", /"learner":/, '"learnt":', "'learner' is no object"],
  ])("refuses %s", (_, pattern, replacement, message) => {
    const text = jsonOf("Booster-binary.sk1.9.1");
    expect(text).toMatch(pattern);
    const changed = text.replace(pattern, replacement as string);
    const error = errorOf(() => reviveModel(booster(bytesOf(changed)))) as Error;
    expect(isCurtidoError(error, "E_STATE"), String(error)).toBe(true);
    expect(error.message).toContain(message);
  });

  it.each([
    ["an objective", '"binary:logistic"', '"binary:tomorrow"', "'binary:tomorrow' is not known"],
    ["a booster", '"name":"gbtree"', '"name":"gbforest"', "'gbforest' is not known"],
  ])("names %s that it does not know", (_, before, after, message) => {
    const text = jsonOf("Booster-binary.sk1.9.1");
    expect(text).toContain(before);
    const error = errorOf(() => reviveModel(booster(bytesOf(text.replace(before, after))))) as Error;
    expect(isCurtidoError(error, "E_UNSUPPORTED"), String(error)).toBe(true);
    expect(error.message).toContain(message);
  });

  it("in the binary format says where it ends too early, and never with another error", () => {
    const handle = handleOf("Booster-softprob.sk0.24.2");
    expect(String.fromCharCode(...handle.subarray(0, 14))).toBe("CONFIG-offset:");
    const model = Number(new DataView(handle.slice(14, 22).buffer).getBigInt64(0, true));
    for (let at = 14; at < model; at += 5) {
      const error = errorOf(() => reviveModel(booster(handle.slice(0, at))));
      expect(isCurtidoError(error), `cut at ${at}: ${String(error)}`).toBe(true);
    }
  });

  it("in the binary format with bytes changed is refused with a tagged error, or answers", () => {
    const handle = handleOf("Booster-softprob.sk0.24.2");
    const input = fixtureInput(read("Booster-softprob.sk0.24.2").fixture.input);
    let refused = 0;
    for (let at = 0; at < handle.length; at++) {
      const changed = Uint8Array.from(handle);
      changed[at] = changed[at]! ^ (1 << (at % 8));
      try {
        reviveModel(booster(changed)).predict(input);
      } catch (error) {
        expect(isCurtidoError(error), `byte ${at}: ${String((error as Error).stack)}`).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});

describe("UBJSON", () => {
  it("that is nested without end is refused", () => {
    expect(() => readUbjson(new Uint8Array(100_000).fill(0x5b))).toThrow(ModelFileError);
  });

  it("whose list claims more numbers than there are bytes takes no memory for them", () => {
    const list = Uint8Array.of(0x5b, 0x24, 0x44, 0x23, 0x4c, 0, 0, 0, 0, 0, 0, 0, 12);
    expect(() => readUbjson(list)).toThrow(/a list of 12 numbers/);
  });
});

describe("XGBoost's classes", () => {
  it("tell names of features, and find them in any order", () => {
    const model = reviveModel(read("XGBRegressor-frame.sk1.9.1").value);
    const names = ["bmi", "pression moyenne", "血糖値", "größe"];
    expect(model.signature.features.map(({ name }) => name)).toEqual(names);
    const values = [0.02, 0.03, -0.01, 0.05];
    const record = Object.fromEntries(names.map((name, at) => [name, values[at]]).reverse());
    expect(model.predict([record]).tolist()).toEqual(model.predict([values]).tolist());
  });

  it("tell classes, and refuse a category that training did not see", () => {
    expect(reviveModel(read("XGBClassifier-multi.sk1.9.1").value).signature.classes).toEqual([[0, 1, 2]]);
    const model = reviveModel(read("XGBRegressor-category_frame.sk1.9.1").value);
    const colour = model.signature.features.find(({ name }) => name === "colour")!;
    expect(colour).toMatchObject({ type: "string", categories: ["blue", "green", "gray", "red"], closed: true });
    const row = { age: 40, colour: "mauve", income: 1000, size: "S" };
    expect(
      isCurtidoError(
        errorOf(() => model.predict([row])),
        "E_FEATURES",
      ),
    ).toBe(true);
    expect(model.predict([{ ...row, colour: "red" }]).shape).toEqual([1]);
  });

  it("know a category whose end the file has lost by its beginning and length, or by its code", () => {
    const model = reviveModel(read("XGBRegressor-category_names.sk1.9.1").value);
    const colour = model.signature.features.find(({ name }) => name === "colour")!;
    expect(colour).toMatchObject({ type: "any", categories: ["blue", "green", "grün"], closed: false });
    const answer = (given: unknown) => model.predict([{ age: 40, colour: given, income: 1000, size: "S" }]).item(0);
    expect(answer("red")).toBe(answer(3));
    expect(answer("red")).not.toBe(answer("green"));
    expect(answer("grün")).not.toBe(answer("green"));
    for (const other of ["reds", "rot", "", 4, 1.5])
      expect(
        isCurtidoError(
          errorOf(() => answer(other)),
          "E_FEATURES",
        ),
        String(other),
      ).toBe(true);
  });
});
