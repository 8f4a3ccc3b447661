import { type Dict, dumps, Instance, loads } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../../test/fixture_files.ts";
import { revive } from "../../src/index.ts";

const folder = new FixtureFolder("statsmodels");
const load = (name: string) => revive(folder.read(`${name}.pkl`));

/** A file with attributes of one of its objects set otherwise. */
function changed(name: string, within: readonly string[], to: Readonly<Record<string, unknown>>): Uint8Array {
  const root = loads(folder.read(`${name}.pkl`));
  let at = root as Instance;
  for (const key of within) at = (at.states[0] as Dict).get(key) as Instance;
  for (const [key, value] of Object.entries(to)) (at.states[0] as Dict).set(key, value);
  return dumps(root);
}

describe("forecasts", () => {
  it("begin alike, however far they go", () => {
    for (const name of [
      "ARIMA-seasonal.v0.13.5",
      "HoltWinters-multiplied.v0.12.2",
      "UnobservedComponents-level.v0.15.0",
    ]) {
      const model = load(name);
      const [short, long] = model.predict([{ steps: 3 }, { steps: 30 }]).tolist() as [number[], number[]];
      expect([short.length, long.length]).toEqual([3, 30]);
      expect(long.slice(0, 3)).toEqual(short);
    }
  });

  it("of several series are a number for each, and of one step a list of one", () => {
    expect(load("VAR-trend.v0.15.0").predict([{ steps: 4 }]).shape).toEqual([1, 4, 2]);
    expect(load("VAR-trend.v0.15.0").outputs()).toBe(2);
    const [one] = load("ARIMA-plain.v0.15.0")
      .predict([{ steps: 1 }])
      .tolist() as number[][];
    expect(one).toHaveLength(1);
  });

  it("name the columns whose future they need", () => {
    expect(load("SARIMAX-exog.v0.13.5").feature_names_in_).toEqual(["price", "promo"]);
    expect(load("VAR-exog.v0.13.5").feature_names_in_).toEqual(["exog1", "exog2"]);
    expect(load("ARIMA-exog.v0.12.2").signature).toMatchObject({ task: "forecasting", horizon: { by: "rows" } });
  });

  it("have a limit, and whole steps", () => {
    const model = load("HoltWinters-simple.v0.15.0");
    for (const steps of [0, -2, 2.5, 10_001, Number.POSITIVE_INFINITY])
      expect(() => model.predict([{ steps }]), String(steps)).toThrow(expect.objectContaining({ code: "E_FEATURES" }));
    expect(() => model.predict([{ steps: 9000 }, { steps: 9000 }])).toThrow(/of all rows together/);
  });

  it("refuse states that do not fit together", () => {
    const filter = ["_results", "filter_results"];
    const refused: readonly (readonly [RegExp, Uint8Array])[] = [
      [/transition/, changed("ARIMA-plain.v0.15.0", filter, { transition: 1 })],
      [/k_states/, changed("ARIMA-plain.v0.15.0", filter, { k_states: 1e9 })],
      [/predicted_state/, changed("ARIMA-plain.v0.15.0", filter, { k_states: 2 })],
      [/params/, changed("SARIMAX-exog.v0.15.0", ["_results"], { params: [1] })],
      [/coefs/, changed("VAR-constant.v0.15.0", ["_results"], { k_ar: 3 })],
      [/trend/, changed("VAR-constant.v0.15.0", ["_results"], { trend: "ctt" })],
      [/seasonal_periods/, changed("HoltWinters-seasonal.v0.15.0", ["_results", "_model"], { seasonal_periods: 1e12 })],
      [/trend/, changed("HoltWinters-holt.v0.15.0", ["_results", "_model"], { trend: "sideways" })],
    ];
    for (const [message, bytes] of refused) expect(() => revive(bytes)).toThrow(message);
    expect(loads(folder.read("ARIMA-plain.v0.15.0.pkl"))).toBeInstanceOf(Instance);
  });
});
