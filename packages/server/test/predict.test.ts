import { type Estimator, featureError, UNKNOWN_VERSION } from "@curtido/estimators";
import { loadNow } from "@curtido/estimators/node";
import { isCurtidoError } from "@curtido/pickle";
import { Served } from "@curtido/server";
import { describe, expect, test } from "vitest";
import { ask, expectedOf, LINEAR, MODELS, testService } from "./help.ts";

const app = testService();
const [row] = LINEAR.rows;
const names = Object.keys(row!);
const CSV = "text/csv";
const FORM = "application/x-www-form-urlencoded";

function csv(rows: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(rows[0]!);
  return [columns.join(","), ...rows.map((record) => columns.map((column) => record[column] ?? "").join(","))].join(
    "\n",
  );
}

describe("one row", () => {
  test("by name, in any order, as numbers or as text", async () => {
    expect((await ask(app, "/linear", { body: row })).json.predict).toBeCloseTo(LINEAR.predict[0] as number, 9);
    const reversed = Object.fromEntries(
      Object.entries(row!)
        .reverse()
        .map(([name, value]) => [name, String(value)]),
    );
    expect((await ask(app, "/linear", { body: reversed })).json).toEqual(
      (await ask(app, "/linear", { body: row })).json,
    );
  });
  test("by position", async () => {
    expect((await ask(app, "/linear", { body: Object.values(row!) })).json).toEqual(
      (await ask(app, "/linear", { body: row })).json,
    );
  });
  test("from a form, and JSON that curl sends as a form", async () => {
    const expected = (await ask(app, "/linear", { body: row })).text;
    const fields = new URLSearchParams(Object.entries(row!).map(([name, value]) => [name, String(value)])).toString();
    expect((await ask(app, "/linear", { type: FORM, body: fields })).text).toBe(expected);
    expect((await ask(app, "/linear", { type: FORM, body: ` ${JSON.stringify(row)}` })).text).toBe(expected);
  });
  test("as typed JSON, one and a table of them; a name such as that of a tag is a name", async () => {
    const expected = (await ask(app, "/linear", { body: row })).json;
    const cells = Object.entries(row!).map(([name, value]) => [name, { $float: String(value) }]);
    expect((await ask(app, "/linear", { body: Object.fromEntries(cells) })).json).toEqual(expected);
    const columns = Object.entries(row!).map(([name, value]) => ({
      $series: { name, dtype: "float64", values: { $ndarray: { dtype: "<f8", shape: [2], data: [value, value] } } },
    }));
    const { json } = await ask(app, "/linear", { body: { $frame: { columns } } });
    expect(json).toEqual({ predict: [expected.predict, expected.predict] });
    const { status, json: problem } = await ask(app, "/linear", { body: { $frame: {} } });
    expect([status, problem.code]).toEqual([400, "E_TABLE"]);
    expect((await ask(app, "/linear", { body: { ...row, $float: 1 } })).json.detail).toMatch(
      /'\$float' is not a feature/,
    );
  });
  test("without a content type is taken for JSON", async () => {
    const response = await app.request("/linear", {
      method: "POST",
      body: new TextEncoder().encode(JSON.stringify(row)),
    });
    expect(response.status).toBe(200);
  });
  test("several outputs are an array", async () => {
    const { rows, predict } = expectedOf("linear_model/LinearRegression-multi_output.sk1.9.1.json");
    const { json } = await ask(app, "/several", { body: rows[0] });
    expect(json.predict).toHaveLength(2);
    expect(json.predict[0]).toBeCloseTo(predict[0] as number, 8);
  });
  test("labels are what they were", async () => {
    expect((await ask(app, "/binary", { body: [3.09, 2.848, 2.757, 0.011] })).json).toEqual({ predict: 1 });
    expect(typeof (await ask(app, "/truth", { body: [3.09, 2.848, 2.757, 0.011] })).json.predict).toBe("boolean");
    expect(
      (await ask(app, "/houses", { body: expectedOf("pipeline/Pipeline-columns_forest.sk1.9.1.json").rows[0] })).json,
    ).toEqual({ predict: "cheap" });
  });
  test("a transformer transforms", async () => {
    const { json } = await ask(app, "/encoder", { body: ["blue", "S", 20] });
    expect(json).toEqual({ transform: [1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0] });
  });
});

describe("many rows", () => {
  test("as objects, as arrays, as CSV: in order", async () => {
    const objects = await ask(app, "/linear", { body: LINEAR.rows });
    expect(objects.json.predict).toHaveLength(LINEAR.rows.length);
    for (const [at, value] of LINEAR.predict.entries())
      expect(objects.json.predict[at]).toBeCloseTo(value as number, 8);
    expect((await ask(app, "/linear", { body: LINEAR.rows.map((each) => Object.values(each)) })).text).toBe(
      objects.text,
    );
    const table = await ask(app, "/linear", { type: CSV, accept: "application/json", body: csv(LINEAR.rows) });
    expect(table.text).toBe(objects.text);
  });
  test("CSV in, CSV out unless asked otherwise", async () => {
    const { type, text } = await ask(app, "/linear", { type: `${CSV}; charset=utf-8`, body: csv(LINEAR.rows) });
    expect(type).toMatch(/^text\/csv/);
    expect(text.split("\n")[0]).toBe("predict");
    expect(text.split("\n")).toHaveLength(LINEAR.rows.length + 2);
    expect((await ask(app, "/linear", { accept: CSV, body: LINEAR.rows })).text).toBe(text);
  });
  test("none are none", async () => {
    expect((await ask(app, "/linear", { body: [] })).json).toEqual({ predict: [] });
    expect((await ask(app, "/linear", { type: CSV, accept: "application/json", body: names.join(",") })).json).toEqual({
      predict: [],
    });
    expect((await ask(app, "/encoder", { body: [] })).json).toEqual({ transform: [] });
    expect((await ask(app, "/binary?include=probabilities", { body: [] })).json).toEqual({
      predict: [],
      probabilities: [],
    });
  });
  test("plain values are the rows of a model with one feature", async () => {
    const { json } = await ask(app, "/one", { body: [1, "2"] });
    expect(json.predict).toHaveLength(2);
    expect((await ask(app, "/one", { body: [[1], [2]] })).json).toEqual(json);
    expect((await ask(app, "/one", { body: "3", type: "application/json" })).status).toBe(200);
  });
  test("texts, categories and missing values as Python predicts them", async () => {
    const { rows, predict } = expectedOf("pipeline/Pipeline-columns_forest.sk1.9.1.json");
    expect((await ask(app, "/houses", { body: rows })).json.predict).toEqual(predict);
    expect(
      (await ask(app, "/houses", { type: CSV, accept: "application/json", body: csv(rows) })).json.predict,
    ).toEqual(predict);
  });
});

describe("include", () => {
  test("probabilities come by label", async () => {
    const { json } = await ask(app, "/binary?include=probabilities,decision", { body: [[3.09, 2.848, 2.757, 0.011]] });
    expect(json.probabilities[0]["1"]).toBeCloseTo(0.9783053492873742, 12);
    expect(json.decision[0]).toBeGreaterThan(0);
    const one = await ask(app, "/tree?include=leaves&include=probabilities", { body: [5, 3, 1.5, 0.2] });
    expect(Object.keys(one.json)).toEqual(["predict", "probabilities", "leaves"]);
    expect(Object.values(one.json.probabilities as object).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });
  test("and as columns", async () => {
    const { text } = await ask(app, "/binary?include=probabilities", {
      accept: CSV,
      body: [[3.09, 2.848, 2.757, 0.011]],
    });
    expect(text).toMatch(/^predict,probability_0,probability_1\n1,0\.02/);
  });
  test("what the model has not is a 400", async () => {
    expect(await ask(app, "/linear?include=probabilities", { body: row })).toMatchObject({
      status: 400,
      json: { code: "E_NO_METHOD" },
    });
    expect((await ask(app, "/linear?include=magic", { body: row })).status).toBe(400);
    expect((await ask(app, "/linear?unexpected=maybe", { body: row })).status).toBe(400);
  });
});

describe("bad input", () => {
  test("is a problem document that names everything", async () => {
    const { status, type, json } = await ask(app, "/linear", {
      body: [row, { ...row, feature2: "x", foo: 1, feature3: undefined }],
    });
    expect(status).toBe(422);
    expect(type).toBe("application/problem+json");
    expect(json).toMatchObject({
      type: "about:blank",
      title: "Unprocessable Content",
      status: 422,
      code: "E_FEATURES",
    });
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "#/1/feature2",
      "#/1/feature3",
      "#/1/foo",
    ]);
    expect(json.detail).toContain("row 2");
  });
  test("what the model itself finds has its place too", async () => {
    expect(
      (
        await ask(app, "/linear", {
          type: "application/json",
          body: JSON.stringify([row, row]).replace(/"feature4":[^,}]*/, '"feature4":1e999'),
        })
      ).json.errors,
    ).toEqual([{ pointer: "#/0/feature4", detail: "'feature4' is infinite" }]);
    expect((await ask(app, "/linear", { type: "application/json", body: "[1e999,1,1,1]" })).json.errors).toEqual([
      { pointer: "#/0", detail: "'feature1' is infinite" },
    ]);
  });
  test("extra features pass when they are to be ignored", async () => {
    expect((await ask(app, "/linear", { body: { ...row, id: 7 } })).status).toBe(422);
    expect((await ask(app, "/linear?unexpected=ignore", { body: { ...row, id: 7 } })).status).toBe(200);
  });
  test("a category that the model would refuse is refused", async () => {
    const { json } = await ask(app, "/encoder", { body: ["violet", "S", 20] });
    expect(json.errors[0]).toEqual({
      pointer: "#/0",
      detail: '\'feature1\' must be one of "blue", "green", "grün", "red", not "violet"',
    });
  });
  test.each([
    ["{", 400],
    ["", 400],
    ["nope", 400],
    ["[1,2", 400],
    ["{}", 422],
    ["null", 422],
    ['"text"', 422],
    ["[[]]", 422],
    ["[null]", 422],

    ['{"feature1":{"a":1},"feature2":[],"feature3":null,"feature4":true}', 422],
  ])("%j", async (body, status) => {
    const answer = await ask(app, "/linear", { type: "application/json", body });
    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.text).not.toMatch(/\.ts:|node_modules|\n {4}at /);
  });
  test("depth does no harm", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect((await ask(app, "/linear", { type: "application/json", body: deep })).status).toBe(422);
  });
  test("broken UTF-8 is a 400, a mark at the start is skipped", async () => {
    expect(
      (await ask(app, "/linear", { type: "application/json", body: Uint8Array.of(0x7b, 0xff, 0x7d) })).status,
    ).toBe(400);
    const marked = new TextEncoder().encode(`\ufeff${JSON.stringify(row)}`);
    expect((await ask(app, "/linear", { type: "application/json", body: marked })).status).toBe(200);
  });
  test("other charsets are read for CSV, unknown ones refused", async () => {
    const { rows } = expectedOf("linear_model/LinearRegression-frame.sk1.9.1.json");
    const latin = Buffer.from(csv(rows.map(({ 血糖値: _, ...rest }) => rest)), "latin1");
    const { json } = await ask(app, "/named", {
      type: `${CSV}; charset=latin1`,
      accept: "application/json",
      body: latin,
    });
    expect(json.errors).toMatchObject([{ detail: "the column '血糖値' is missing: expected a number" }]);
    const hyphen = { type: `${CSV}; charset=Latin-1`, accept: "application/json", body: latin };
    expect((await ask(app, "/named", hyphen)).json).toEqual(json);
    expect((await ask(app, "/named", { type: `${CSV}; charset=klingon`, body: "x" })).status).toBe(415);
  });
  test("a key twice counts as its last", async () => {
    const body = JSON.stringify(row).replace("{", '{"feature1":"x",');
    expect((await ask(app, "/linear", { type: "application/json", body })).json).toEqual(
      (await ask(app, "/linear", { body: row })).json,
    );
  });
});

describe("many rows in parts", () => {
  const many = Array.from({ length: 1500 }, (_, at) => LINEAR.rows[at % LINEAR.rows.length]!);
  test("are answered like few", async () => {
    const few = (await ask(app, "/linear", { body: LINEAR.rows })).json.predict;
    const { json } = await ask(app, "/linear", { body: many });
    expect(json.predict).toEqual(many.map((_, at) => few[at % few.length]));
    const { rows, predict } = expectedOf("pipeline/Pipeline-columns_forest.sk1.9.1.json");
    const houses = await ask(app, "/houses?include=probabilities", {
      body: Array.from({ length: 600 }, (_, at) => rows[at % rows.length]),
    });
    expect(houses.json.predict.slice(592)).toEqual(predict);
    expect(houses.json.probabilities).toHaveLength(600);
    expect(
      (await ask(app, "/encoder", { body: Array.from({ length: 513 }, () => ["blue", "S", 20]) })).json.transform,
    ).toHaveLength(513);
  });
  test("have their problems where they are", async () => {
    const body = JSON.stringify(many.map((each, at) => (at === 1400 ? { ...each, feature2: "far" } : each))).replace(
      '"far"',
      "1e999",
    );
    expect((await ask(app, "/linear", { type: "application/json", body })).json.errors).toEqual([
      { pointer: "#/1400/feature2", detail: "'feature2' is infinite" },
    ]);
  });
  test("let others in", async () => {
    const served = new Served("linear", loadNow(MODELS.linear));
    const done: number[] = [];
    await served.answerInParts({ rows: many, single: false }, {}, (rows) => done.push(rows));
    expect(done).toEqual([512, 1024, 1500]);
  });
});

test("what a step inside the model calls its features points to no feature of the client", () => {
  const features = ["a", "b"].map((name) => ({ name, type: "any" as const, missing: true }));
  const inside = {
    offers: (method: string) => method === "predict",
    signature: { features, named: true, task: "regression", outputs: 1 },
    predict() {
      throw featureError([
        { row: 1, feature: "feature5", detail: "'feature5' must be a number" },
        { row: 1, feature: "b", detail: "'b' is infinite" },
      ]);
    },
    version: UNKNOWN_VERSION,
    cost: { perCall: 0, perRow: 0, perCharacter: 0 },
  } as unknown as Estimator;
  const rows = [
    { a: 1, b: 2 },
    { a: "x", b: Number.POSITIVE_INFINITY },
  ];
  try {
    new Served("x", inside).answer({ rows, single: false });
    expect.unreachable();
  } catch (error) {
    if (!isCurtidoError(error, "E_FEATURES")) throw error;
    expect(error.fields["problems"]).toEqual([
      { row: 1, path: [1], detail: "a column inside the model must be a number" },
      { row: 1, feature: "b", path: [1, "b"], detail: "'b' is infinite" },
    ]);
  }
});
