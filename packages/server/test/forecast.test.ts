import { revive } from "@curtido/estimators";
import { Served } from "@curtido/server";
import { describe, expect, test } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";

const prophet = new FixtureFolder("prophet");

function answerOf(folder: FixtureFolder, file: string) {
  const served = new Served("m", revive(folder.read(file)));
  return {
    served,
    ask: (rows: readonly unknown[], single: boolean, include: readonly string[] = []) =>
      served.answer({ rows, single }, { include: include as never }),
  };
}

describe("forecasts of Prophet", () => {
  const { served, ask } = answerOf(prophet, "Prophet-linear.v1.5.0.pkl");
  const row = { ds: "2023-02-20", x: 0.5, on: 1 };

  test("take dates as any source spells them", () => {
    const { predict } = ask([row], true);
    expect(predict).toBeTypeOf("number");
    expect(ask([{ ...row, ds: 19408 }], true)).toEqual({ predict });
    expect(
      served.answer({ rows: [["2023-02-20", "0.5", "1"]], columns: ["ds", "x", "on"], text: "table", single: false }),
    ).toEqual({
      predict: [predict],
    });
    expect(() => ask([{ ...row, ds: "soon" }], true)).toThrow(/a date such as/);
  });

  test("say what they are the sum of, where it is included", () => {
    const { predict, components } = ask([row], true, ["components"]) as {
      predict: number;
      components: Record<string, number>;
    };
    const { trend, additive_terms, multiplicative_terms } = components;
    expect(trend! * (1 + multiplicative_terms!) + additive_terms!).toBeCloseTo(predict, 12);
    expect(served.includes).toContain("components");
    expect(Object.keys(components)).toContain("party");
  });
});
