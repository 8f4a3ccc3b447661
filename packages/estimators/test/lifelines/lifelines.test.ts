import { type Dict, dumps, type Instance, loads } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../../test/fixture_files.ts";
import { revive } from "../../src/index.ts";

const folder = new FixtureFolder("lifelines");
const load = (name: string) => revive(folder.read(`${name}.pkl`));

/** A file with attributes of its fit set otherwise. */
function changed(name: string, change: (state: Dict) => void): Uint8Array {
  const root = loads(folder.read(`${name}.pkl`)) as Instance;
  const state = root.states[0] as Dict;
  const inner = state.get("_model") as Instance | undefined;
  change(inner === undefined ? state : (inner.states[0] as Dict));
  return dumps(root);
}

describe("lifelines", () => {
  it("gives the partial hazard of Cox's model, and survival by its baseline", () => {
    const model = load("CoxPHFitter-plain.v0.30.3");
    expect(model.methods).toEqual(["predict", "survivalFunction"]);
    const row = { age: 30, prio: 2, fin: 1, dose: 0 };
    const hazard = model.predict([row]).item(0) as number;
    const doubled = model.predict([{ ...row, prio: 3 }]).item(0) as number;
    const [one, other] = [row, { ...row, prio: 3 }].map(
      (each) => model.survivalFunction([each]).tolist()[0] as number[],
    );
    one!.forEach((survival, at) => expect(other![at]!).toBeCloseTo(survival ** (doubled / hazard), 10));
    expect([...one!].sort((a, b) => b - a)).toEqual(one);
  });

  it("wants the strata for survival alone, and refuses those that training has not seen", () => {
    const model = load("CoxPHFitter-strata_two.v0.27.8");
    const row = { age: 30, dose: 0 };
    expect(model.predict([row]).item(0)).toBe(model.predict([{ ...row, sex: "f", site: 2 }]).item(0));
    expect(model.survivalFunction([{ ...row, sex: "f", site: 2 }]).length).toBe(1);
    expect(() => model.survivalFunction([row])).toThrow(/'sex', 'site' must say which of the strata/);
    expect(() => model.survivalFunction([{ ...row, sex: "f", site: 9 }])).toThrow(/f, 9 is none/);
  });

  it("knows the categories of a formula, of which the file has no data", () => {
    const model = load("CoxPHFitter-category.v0.30.3");
    expect(model.signature.features.map(({ name, type, closed }) => [name, type, closed])).toEqual([
      ["sex", "string", true],
      ["site", "number", undefined],
      ["age", "number", undefined],
    ]);
    expect(() => model.predict([{ sex: "f", site: 7, age: 30 }])).toThrow(/'site' is "7", which training has not seen/);
  });

  it("gives the median of accelerated failure times", () => {
    const model = load("WeibullAFTFitter-both.v0.30.3");
    const [median] = model.predict([{ age: 30 }]).tolist() as number[];
    const survival = model.survivalFunction([{ age: 30 }]);
    const before = survival.columns.filter((time) => Number(time) < median!).length;
    const values = survival.tolist()[0] as number[];
    expect([values[before - 1]! > 0.5, values[before]! <= 0.5]).toEqual([true, true]);
  });

  it("refuses what is not known, and states that do not fit together", () => {
    const refused: readonly (readonly [RegExp, Uint8Array])[] = [
      [/_norm_mean/, changed("CoxPHFitter-plain.v0.30.3", (state) => state.set("_norm_mean", null))],
      [/params_/, changed("CoxPHFitter-plain.v0.30.3", (state) => state.set("params_", [1]))],
      [
        /baseline_cumulative_hazard_/,
        changed("CoxPHFitter-plain.v0.30.3", (state) => state.set("baseline_cumulative_hazard_", 1)),
      ],
      [/timeline/, changed("WeibullAFTFitter-plain.v0.30.3", (state) => state.set("timeline", "always"))],
      [
        /survival_function_/,
        changed("KaplanMeierFitter-plain.v0.30.3", (state) => state.set("survival_function_", null)),
      ],
      [/rho_/, changed("WeibullFitter-plain.v0.30.3", (state) => state.set("rho_", "steep"))],
    ];
    for (const [message, bytes] of refused) expect(() => revive(bytes)).toThrow(message);
  });
});
