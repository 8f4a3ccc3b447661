import { revive } from "@curtido/estimators";
import { Served, service } from "@curtido/server";
import { describe, expect, test } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { ask as asked, modelOf } from "./help.ts";

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

describe("survival of lifelines", () => {
  const { served, ask } = answerOf(new FixtureFolder("lifelines"), "CoxPHFitter-plain.v0.30.3.pkl");
  const row = { age: 30, prio: 2, fin: 1, dose: 0 };

  test("is a probability for each time, where it is included", () => {
    const { predict, survival } = ask([row], true, ["survival"]) as {
      predict: number;
      survival: Record<string, number>;
    };
    expect(predict).toBeGreaterThan(0);
    const values = Object.values(survival);
    expect(values.length).toBeGreaterThan(10);
    for (const value of values) expect(value >= 0 && value <= 1).toBe(true);
    expect(Object.keys(survival).map(Number)).toEqual(
      Object.keys(survival)
        .map(Number)
        .sort((a, b) => a - b),
    );
    expect(served.includes).toEqual(["survival"]);
    expect(ask([row, row], false, ["survival"])).toEqual({
      predict: [predict, predict],
      survival: [survival, survival],
    });
  });
});

describe("forecasts of time series", () => {
  const app = service({
    models: {
      arima: modelOf("statsmodels/ARIMA-plain.v0.15.0"),
      pair: modelOf("statsmodels/VAR-constant.v0.15.0"),
      known: modelOf("statsmodels/ARIMA-exog.v0.15.0"),
    },
  });
  const series = new FixtureFolder("statsmodels");
  const python = (name: string) =>
    (series.json(`${name}.v0.15.0.json`) as { expected: { predict: { data: number[] } } }).expected.predict.data;
  const post = async (path: string, body: unknown, type = "application/json") =>
    (await asked(app, path, { body, type, accept: "application/json" })).json;

  test("are as many numbers as there are steps, over HTTP and in every protocol", async () => {
    const wanted = python("ARIMA-plain").slice(0, 7);
    const { predict } = await post("/arima", { steps: 7 });
    expect(predict.length).toBe(7);
    predict.forEach((value: number, at: number) => expect(value).toBeCloseTo(wanted[at]!, 9));
    expect((await asked(app, "/arima?steps=7", { method: "GET" })).json).toEqual({ predict });
    expect(await post("/arima", [{ steps: 7 }, { steps: 1 }])).toEqual({ predict: [predict, [predict[0]]] });
    expect(await post("/arima", "steps\n7\n", "text/csv")).toEqual({ predict: [predict] });
    expect((await post("/v1/models/arima:predict", { instances: [{ steps: 7 }] })).predictions).toEqual([predict]);
    const tensor = { name: "steps", shape: [1, 1], datatype: "INT64", data: [7] };
    const { outputs } = await post("/v2/models/arima/infer", { inputs: [tensor] });
    expect([outputs[0].shape, outputs[0].data]).toEqual([[1, 7], predict]);
    const { predict: pair } = await post("/pair", { steps: 2 });
    expect(pair.flat().length).toBe(4);
  });

  test("have a limit, and want a whole number", async () => {
    for (const steps of [0, -1, 1.5, 10_001, "many", null]) {
      const { status, json } = await asked(app, "/arima", { body: { steps } });
      expect([steps, status]).toEqual([steps, 422]);
      expect(json.detail).toMatch(/steps/);
    }
    const { status } = await asked(app, "/arima", { body: [{ steps: 6000 }, { steps: 6000 }] });
    expect(status).toBe(422);
  });

  test("take a row of known values for each step, and never part them", async () => {
    const rows = Array.from({ length: 500 }, (_, step) => ({ price: step % 3, promo: step % 2 }));
    const { predict } = await post("/known", rows);
    expect(predict.length).toBe(500);
    const { predict: first } = await post("/known", rows.slice(0, 3));
    expect(predict.slice(0, 3)).toEqual(first);
    const csv = ["price,promo", ...rows.map(({ price, promo }) => `${price},${promo}`)].join("\n");
    expect(
      (await asked(app, "/known?on-error=row", { body: csv, type: "text/csv", accept: "application/json" })).json
        .predict,
    ).toEqual(predict);
    expect((await post("/known", rows[0])).predict).toBe(first[0]);
    const many = Array.from({ length: 10_001 }, () => rows[0]);
    expect((await asked(app, "/known", { body: many })).status).toBe(422);
  });

  test("are described: the task, the steps and their limit", async () => {
    const { json } = await asked(app, "/arima", { method: "GET", accept: "application/json" });
    expect([json.task, json.example]).toEqual(["forecasting", { steps: 12 }]);
    expect(json.horizon).toEqual({ most: 10_000, by: "steps" });
    const { json: document } = await asked(app, "/openapi.json", { method: "GET" });
    expect(JSON.stringify(document)).toContain('"maximum":10000');
  });
});
