import { loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { type Instance, isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { cityHash64 } from "../src/catboost/city_hash.ts";
import { revive } from "../src/index.ts";
import { difference } from "../src/testing/compare.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

const folder = new FixtureFolder("catboost");

/** A fixture, and the bytes of the `.cbm` file that its pickle keeps. */
function read(name: string): { readonly fixture: Fixture; readonly file: Uint8Array } {
  const fixture = folder.json(`${name}.sk1.9.1.json`) as Fixture;
  const value = loadFile(folder.read(fixture.file), { decompress, encoding: "latin1" }) as Instance;
  return { fixture, file: (value.state as Map<string, Uint8Array>).get("__model")! };
}

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return new Error("nothing was thrown");
}

/** All models whose bytes are damaged: borders, hashes, counts, trees of both kinds. */
const DAMAGED = [
  "CatBoostClassifier-categories",
  "CatBoostRegressor-categories_lossguide",
  "CatBoostClassifier-multi",
  "CatBoostRegressor-counters",
];

describe("a .cbm file", () => {
  it.each([
    "CatBoostClassifier-multi",
    "CatBoostClassifier-text_binary",
    "CatBoostClassifier-multilabel",
    "CatBoostRegressor-tweedie",
    "CatBoostRegressor-uncertainty",
    "CatBoostRegressor-categories_lossguide",
    "CatBoostClassifier-counters_multi",
    "CatBoostRegressor-counters_lossguide",
  ])("%s answers as its pickle", (name) => {
    const { fixture, file } = read(name);
    const model = revive(file);
    expect(`catboost.core.${model.className}`).toBe(fixture.class);
    const input = fixtureInput(fixture.input);
    for (const method of ["predict", "decisionFunction", "apply"] as const)
      expect(difference(model[method](input), fixture.expected[method]!, fixture.tolerance[method])).toBeUndefined();
  });

  it("keeps the names and kinds of its features", () => {
    const { features, named } = revive(read("CatBoostRegressor-categories").file).signature;
    expect(named).toBe(true);
    expect(features.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "size: number",
      "colour: any",
      "level: any",
      "price: number",
    ]);
  });

  it("with texts is refused by name", () => {
    const error = errorOf(() => revive(folder.read("texts.cbm")));
    expect(isCurtidoError(error, "E_UNSUPPORTED"), String(error)).toBe(true);
    expect(error.message).toMatch(/text or embedding features/);
  });

  it.each(DAMAGED)("%s that ends too early says so", (name) => {
    const { file } = read(name);
    for (let at = 13; at < file.length; at += 13) {
      const error = errorOf(() => revive(file.slice(0, at)));
      expect(isCurtidoError(error, "E_STATE"), `cut at ${at}: ${String(error)}`).toBe(true);
      expect(error.message).toMatch(/ends? (after|too early)/);
    }
  });

  it.each(DAMAGED)("%s with bytes changed is refused with a tagged error, or answers", { timeout: 60_000 }, (name) => {
    const { file, fixture } = read(name);
    const input = fixtureInput(fixture.input);
    let refused = 0;
    // The notes in JSON are most of a file; its tables are at either end.
    const places = Array.from({ length: file.length }, (_, at) => at).filter(
      (at) => at < 120 || at > file.length - 2500,
    );
    for (const at of places) {
      const changed = Uint8Array.from(file);
      changed[at] = changed[at]! ^ (1 << (at % 8));
      try {
        const model = revive(changed);
        model.predict(input);
        model.apply(input);
      } catch (error) {
        expect(isCurtidoError(error), `byte ${at}: ${String((error as Error).stack)}`).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});

describe("categories", () => {
  const model = revive(read("CatBoostRegressor-categories").file);
  const row = (colour: unknown, level: unknown) => [{ size: 0.5, colour, level, price: 0 }];
  const answer = (colour: unknown, level: unknown) => model.predict(row(colour, level)).item(0);

  it("may be integers or their texts", () => {
    expect(answer("red", "1")).toBe(answer("red", 1));
    expect(answer("red", 1n)).toBe(answer("red", 1));
    expect(answer("red", 1)).not.toBe(answer("red", 2));
  });

  it.each([[null], [Number.NaN], [1.5], [undefined]])("%s is refused, as Python does", (value) => {
    const error = errorOf(() => answer("red", value));
    expect(isCurtidoError(error, "E_FEATURES"), String(error)).toBe(true);
    expect(error.message).toContain("'level' is a category");
  });
});

describe("CityHash64", () => {
  it("of nothing is a constant", () => {
    expect(cityHash64(new Uint8Array(0))).toBe(0x9ae16a3b2f90404fn);
  });
});
