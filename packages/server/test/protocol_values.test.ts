/** What clients of other servers send and ask for: expected values are Python's. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { service } from "../src/index.ts";

const folder = fileURLToPath(new URL("../../../fixtures/protocols/", import.meta.url));
const wanted = JSON.parse(readFileSync(`${folder}answers.json`, "utf8"));
const rows = wanted.rows as { age: number; vip: boolean; sex: string | null }[];
const app = service({ models: { clients: `${folder}clients.pkl` } });
const post = async (path: string, body: unknown) => {
  const headers = { "content-type": "application/json" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await app.request(path, { method: "POST", body: text, headers });
  return { status: response.status, answer: await response.json() };
};
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));
const column = (name: "age" | "vip" | "sex") => rows.map((row) => row[name]);

const inputs = [
  { name: "sex", shape: [3], datatype: "BYTES", data: column("sex"), parameters: { content_type: "str" } },
  { name: "age", shape: [3, 1], datatype: "FP64", data: column("age") },
  { name: "vip", shape: [3, 1], datatype: "BOOL", data: column("vip") },
];
const infer = (more = {}, given: unknown = inputs) => post("/v2/models/clients/infer", { inputs: given, ...more });

describe("Open Inference V2", () => {
  test("takes booleans, texts, and null for a missing one", async () => {
    const { answer } = await infer();
    expect(answer.outputs).toEqual([{ name: "predict", shape: [3, 1], datatype: "FP64", data: wanted.predict }]);
  });

  test.each([
    ["FP64", [1, 0, 1]],
    ["INT64", [1, 0, 1]],
    ["UINT8", [true, false, true]],
    ["BOOL", [1, 0, true]],
    ["BYTES", ["True", "False", "true"]],
  ])("takes a column of 0 and 1 as %s", async (datatype, data) => {
    const { answer } = await infer({}, [inputs[0], inputs[1], { name: "vip", shape: [3], datatype, data }]);
    expect(answer.outputs?.[0].data).toEqual(wanted.predict);
  });

  test("answers with the outputs that are asked for, in their order, in that of classes_", async () => {
    const outputs = [
      { name: "predict_proba", parameters: { content_type: "np" } },
      { name: "decision_function" },
      { name: "predict" },
    ];
    const { answer } = await infer({ outputs });
    expect(answer.outputs).toEqual([
      { name: "predict_proba", shape: [3, 2], datatype: "FP64", data: near(wanted.predict_proba.flat()) },
      { name: "decision_function", shape: [3, 1], datatype: "FP64", data: near(wanted.decision_function) },
      { name: "predict", shape: [3, 1], datatype: "FP64", data: wanted.predict },
    ]);
    const alone = await infer({ outputs: [{ name: "predict_proba" }] });
    expect(alone.answer.outputs.map(({ name }: { name: string }) => name)).toEqual(["predict_proba"]);
  });

  test("says which outputs there are", async () => {
    const { outputs } = await (await app.request("/v2/models/clients")).json();
    expect(outputs.slice(1)).toEqual([
      { name: "predict_proba", datatype: "FP64", shape: [-1, 2] },
      { name: "decision_function", datatype: "FP64", shape: [-1, 1] },
    ]);
  });

  test("answers for many rows alike", async () => {
    const many = inputs.map((each) => ({ ...each, shape: [900], data: Array(300).fill(each.data).flat() }));
    const { answer } = await infer({ outputs: [{ name: "predict_proba" }] }, many);
    expect(answer.outputs[0].shape).toEqual([900, 2]);
    expect(answer.outputs[0].data.slice(-6)).toEqual(near(wanted.predict_proba.flat()));
  });

  test.each([
    [
      { outputs: [{ name: "predict" }, { name: "leaves" }] },
      inputs,
      "/outputs/1/name: this model's outputs are predict, predict_proba, decision_function",
    ],
    [{ outputs: "predict" }, inputs, "/outputs: 'outputs' must be an array"],
    [{}, [inputs[0], { ...inputs[1], data: [1, 2, "x"] }], '/inputs/1/data/2: must be of FP64, not "x"'],
    [{}, [{ ...inputs[1], shape: [2] }], "/inputs/0: 'shape' means 2 values, and 'data' has 3"],
    [{}, [{ ...inputs[1], datatype: "FP65" }], "/inputs/0: 'datatype' must be one of"],
    [{}, {}, "/inputs: expected 'inputs': an array of tensors"],
  ])("says where a body is wrong: %j", async (more, given, message) => {
    const { status, answer } = await infer(more, given);
    expect([status, answer.error]).toEqual([400, expect.stringContaining(message)]);
  });
});

describe("MLflow", () => {
  const split = (columns: string[], data: unknown[][], more = {}) => ({ dataframe_split: { columns, data, ...more } });
  const data = rows.map(({ age, vip, sex }) => [age, vip, sex]);
  const columns = ["age", "vip", "sex"];
  test.each([
    ["dataframe_split", split(columns, data)],
    ["dataframe_split with an index", split(columns, data, { index: [7, 8, 9] })],
    [
      "columns that the model does not have",
      split(
        [...columns, "note"],
        data.map((row) => [...row, "?"]),
      ),
    ],
    ["dataframe_records", { dataframe_records: rows }],
    ["records with more", { dataframe_records: rows.map((row) => ({ ...row, id: 1 })) }],
    [
      "inputs as lists by name",
      { inputs: { sex: column("sex"), vip: column("vip"), age: column("age"), id: [1, 2, 3] } },
    ],
    [
      "inputs as columns of one",
      { inputs: { sex: column("sex").map((each) => [each]), vip: column("vip"), age: column("age") } },
    ],
    ["inputs as rows", { inputs: rows }],
    ["instances", { instances: rows }],
  ])("takes %s", async (_, body) => {
    expect((await post("/invocations", body)).answer).toEqual({ predictions: wanted.predict });
  });

  test("says where a body is wrong", async () => {
    const { status, answer } = await post("/invocations", { inputs: { age: [1, 2], vip: [true] } });
    expect([status, answer.message]).toEqual([
      400,
      expect.stringContaining("/inputs/vip: has 1 values, another column 2"),
    ]);
  });
});

describe("KServe V1", () => {
  test.each([
    ["named rows", { instances: rows }],
    ["rows by position", { instances: rows.map(({ age, vip, sex }) => [age, vip, sex]) }],
    ["inputs by name", { inputs: { sex: column("sex"), vip: column("vip"), age: column("age") } }],
    ["rows under inputs", { inputs: rows }],
  ])("takes %s", async (_, body) => {
    expect((await post("/v1/models/clients:predict", body)).answer).toEqual({ predictions: wanted.predict });
  });
});
