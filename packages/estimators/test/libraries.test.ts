import { createHash } from "node:crypto";
import type { NdArray } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { Dict, Global, Instance } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { md5 } from "../src/category_encoders/md5.ts";
import { revive, reviveModel } from "../src/index.ts";
import type { Fixture } from "../src/testing/fixture.ts";

/** The model of a fixture of a library. */
function load(family: string, name: string): ReturnType<typeof revive> {
  const folder = new FixtureFolder(family);
  return revive(folder.read((folder.json(`${name}.json`) as Fixture).file), { decompress });
}

it("md5 is that of Node, whatever the length", () => {
  for (let length = 0; length < 130; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + length) % 256);
    expect(Buffer.from(md5(bytes)).toString("hex")).toBe(createHash("md5").update(bytes).digest("hex"));
  }
});

describe("encoders of categories", () => {
  it("that were told to refuse say what was unknown or missing, and where", () => {
    const model = load("category_encoders", "OneHotEncoder-refuses.sk1.9.1");
    const ask = (city: unknown) => () => model.transform([{ city, size: "s", floor: 1, area: 50 }]);
    expect(ask("Oslo")).toThrow(/'city' must be one of .*"Lima".*, not "Oslo"/);
    expect(ask(null)).toThrow(/'city' is missing/);
    expect(model.signature.features[0]).toMatchObject({ name: "city", type: "string", missing: false, closed: true });
  });

  it("whose parameter is a function are refused by its name", () => {
    const encoder = new Instance(new Global("category_encoders.ordinal", "OrdinalEncoder"), [], "newobj");
    encoder.states.push(
      new Dict<unknown>([
        ["cols", []],
        ["mapping", []],
        ["handle_unknown", new Global("__main__", "f")],
      ]),
    );
    expect(() => reviveModel(encoder)).toThrow(/'handle_unknown' is a function, which only Python can call/);
  });
});

describe("recommenders", () => {
  it("take ids as texts where they are numbers, and refuse what is missing", () => {
    const model = load("surprise", "SVD-numbers.sk1.5.2");
    const rating = (user: unknown, item: unknown) => (model.predict([{ user, item }]) as NdArray).item(0);
    expect(rating("100", "3")).toBe(rating(100, 3));
    expect(rating(100, 3)).not.toBe(rating(12345, 3));
    expect(() => rating(null, 3)).toThrow(/'user' is missing/);
  });

  it("that draw their ratings are refused with that reason", () => {
    const model = new Instance(
      new Global("surprise.prediction_algorithms.random_pred", "NormalPredictor"),
      [],
      "newobj",
    );
    expect(() => reviveModel(model)).toThrow(/NormalPredictor draws its ratings at random/);
  });
});

it("what draws values or drops rows is refused with that reason", () => {
  const imputer = new Instance(
    new Global("feature_engine.imputation.random_sample", "RandomSampleImputer"),
    [],
    "newobj",
  );
  expect(() => reviveModel(imputer)).toThrow(/draws values at random, or drops rows/);
});

it("a network is called one", () => {
  const network = new Instance(new Global("keras.engine.sequential", "Sequential"), [], "newobj");
  expect(() => reviveModel(network)).toThrow(/Keras's Sequential .*, a neural network that it alone computes/);
});
