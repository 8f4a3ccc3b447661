import { type Dict, dumps, type Instance, loads, Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../../test/fixture_files.ts";
import { revive } from "../../src/index.ts";

const folder = new FixtureFolder("prophet");
const load = (name: string) => revive(folder.read(name));

/** A file with some attributes set otherwise. */
function changed(change: (state: Dict) => void): Uint8Array {
  const root = loads(folder.read("Prophet-linear.v1.5.0.pkl")) as Instance;
  change(root.states[0] as Dict);
  return dumps(root);
}

describe("Prophet", () => {
  it("takes dates as texts, or as days since 1970, and what else the model was fitted with", () => {
    const model = load("Prophet-flat.v1.5.0.pkl");
    const at = (ds: unknown) => model.predict([{ ds }]).item(0);
    expect(at("2023-01-02")).toBe(at(19359));
    expect(at("2023-01-02T00:00:00")).toBe(at("2023-01-02"));
    const features = (name: string) => load(name).signature.features.map((feature) => [feature.name, feature.type]);
    expect(features("Prophet-linear.v1.5.0.pkl")).toEqual([
      ["ds", "number"],
      ["x", "number"],
      ["on", "number"],
    ]);
    expect(features("Prophet-hours.v1.1.4.pkl")).toEqual([
      ["ds", "number"],
      ["weekend", "boolean"],
    ]);
    expect(features("Prophet-logistic_json.v1.1.4.txt").map(([name]) => name)).toEqual(["ds", "cap", "floor"]);
  });

  it("wants to be told a country's holidays, whose days the file does not have", () => {
    const model = load("Prophet-country.v1.5.0.pkl");
    const holiday = model.signature.features.at(-1)!;
    expect([holiday.name, holiday.closed, holiday.missing]).toEqual(["holiday", true, true]);
    expect(holiday.categories).toContain("Christmas Day");
    const at = (day: unknown) => model.predict([{ ds: "2023-12-25", holiday: day }]).item(0);
    expect(at(null)).not.toBe(at("Christmas Day"));
    expect(() => at("Doomsday")).toThrow(/'holiday' is "Doomsday", which training has not seen/);
    expect(() => model.predict([{ ds: "2023-12-25" }])).toThrow(/'holiday' is missing/);
  });

  it("refuses dates with a zone and what is none, caps below the floor, and values that are no number", () => {
    const flat = load("Prophet-flat.v1.5.0.pkl");
    for (const ds of ["soon", "2023-02-30", "2023-01-02T00:00:00Z", null, true])
      expect(() => flat.predict([{ ds }]), String(ds)).toThrow(/'ds' must be a date/);
    const logistic = load("Prophet-logistic.v1.5.0.pkl");
    expect(() => logistic.predict([{ ds: "2023-01-02", cap: 1, floor: 1 }])).toThrow(/'cap' must be greater/);
    const linear = load("Prophet-linear.v1.5.0.pkl");
    expect(() => linear.predict([{ ds: "2023-01-02", x: "much", on: 1 }])).toThrow(/'x' must be a number/);
    expect(() => load("Prophet-hours.v1.5.0.pkl").predict([{ ds: "2023-01-02", weekend: 3 }])).toThrow(/true or false/);
  });

  it("refuses states that do not fit together, before anything large is made", () => {
    const refused: readonly (readonly [RegExp, (state: Dict) => void])[] = [
      [/changepoints_t/, (state) => state.set("changepoints_t", [1])],
      [/beta/, (state) => state.set("extra_regressors", loads(dumps(new Map())))],
      [/order of/, (state) => ((state.get("seasonalities") as Dict).get("weekly") as Dict).set("fourier_order", 0.5)],
      [/too many/, (state) => ((state.get("seasonalities") as Dict).get("weekly") as Dict).set("fourier_order", 1e9)],
      [/start/, (state) => state.set("start", "today")],
      [/growth/, (state) => state.set("growth", "cubic")],
      [/params/, (state) => state.set("params", new Tuple([]))],
      [/train_component_cols/, (state) => state.set("train_component_cols", null)],
    ];
    for (const [message, change] of refused) expect(() => revive(changed(change))).toThrow(message);
  });

  it("refuses JSON that only begins like that of a model", () => {
    for (const text of [
      '{"growth": "linear"',
      '{"growth": 1}',
      '"{\\"growth\\": []}"',
      '{"growth": "linear", "params": 3}',
    ])
      expect(() => revive(new TextEncoder().encode(text)), text).toThrow(expect.objectContaining({ code: "E_STATE" }));
  });
});
