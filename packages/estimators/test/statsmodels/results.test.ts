import { DataFrame, dumps } from "@curtido/arrays";
import { type Dict, type Instance, loads } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../../test/fixture_files.ts";
import { revive } from "../../src/index.ts";

const folder = new FixtureFolder("statsmodels");
const read = (name: string) => folder.read(`${name}.pkl`);
const rows = (name: string) =>
  (folder.json(`${name}.json`) as { expected: { predict: { data: number[] } } }).expected.predict.data;

/** A file with attributes of one of its objects set otherwise. */
function changed(name: string, within: readonly string[], to: Readonly<Record<string, unknown>>): Uint8Array {
  const root = loads(read(name));
  let at = root as Instance;
  for (const key of within) at = (at.states[0] as Dict).get(key) as Instance;
  for (const [key, value] of Object.entries(to)) (at.states[0] as Dict).set(key, value);
  return dumps(root);
}

describe("results of statsmodels", () => {
  it("take the columns of the data where there is a formula, with the categories that training has seen", () => {
    const model = revive(read("OLS-category.v0.15.0"));
    expect(model.signature.features.map(({ name, type, closed }) => [name, type, closed])).toEqual([
      ["g", "string", true],
      ["x", "number", undefined],
      ["z", "number", undefined],
    ]);
    expect(model.predict([{ x: "1.5", z: 2, g: "b" }]).shape).toEqual([1]);
    expect(() => model.predict([{ x: 1, z: 2, g: "nowhere" }])).toThrow(/'g' is "nowhere"/);
    expect(model.predict([{ x: null, z: 2, g: "b" }]).item(0)).toBeNaN();
  });

  it("take a constant that rows leave out", () => {
    const model = revive(read("Logit-const.v0.13.5"));
    expect(model.signature.features[0]).toMatchObject({ name: "const", optional: true, default: 1 });
    const [x, z] = [0.3, 1.7];
    expect(model.predict([{ x, z }]).item(0)).toBe(model.predict([{ const: 1, x, z }]).item(0));
    expect(rows("Logit-const.v0.13.5").length).toBe(8);
  });

  it("are refused where the design that is made here is not the one that Python made", () => {
    const bytes = changed("OLS-plain.v0.13.5", ["_results", "model", "data"], { orig_exog: null });
    expect(() => revive(bytes)).toThrow(/must be the table that the formula made/);
    const other = DataFrame.fromRecords(Array.from({ length: 28 }, (_, x) => ({ x, z: x * x, y: 0 })));
    const swapped = changed("OLS-plain.v0.13.5", ["_results", "model", "data"], { frame: other });
    expect(() => revive(swapped)).toThrow(/'y ~ x \+ z' makes another table here than Python made/);
  });

  it("give a probability for each class", () => {
    const model = revive(read("MNLogit-const.v0.15.0"));
    expect(model.outputs()).toBe(3);
    const [first] = model.predict([{ x: 0.3, z: 1.7 }]).tolist() as number[][];
    expect(first!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
  });
});
