import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LINEAR, MODELS } from "./help.ts";
import { type Live, live } from "./live.ts";

const rows = LINEAR.rows.slice(0, 3);
const arrays = rows.map((row) => Object.values(row));
const expected = LINEAR.predict.slice(0, 3) as number[];
const near = (found: unknown) =>
  (found as number[]).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 9));
let it: Live;
beforeAll(async () => {
  it = await live({ models: { houses: MODELS.houses }, defaultModel: "linear" });
  const body = new Uint8Array(readFileSync(MODELS.linear));
  await it.ask("/linear", { method: "PUT", body, key: it.admin });
});
afterAll(() => it.close());

test("KServe V1", async () => {
  expect((await it.ask("/v1/models")).json).toEqual({ models: ["houses", "linear"] });
  expect((await it.ask("/v1/models/linear")).json).toEqual({ name: "linear", ready: true });
  for (const body of [
    { instances: rows },
    { inputs: arrays },
    { instances: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]]))) },
  ]) {
    const answer = await it.ask("/v1/models/linear:predict", { body });
    expect(answer.headers["curtido-version"]).toBe("1");
    near(answer.json.predictions);
  }
  expect((await it.ask("/v1/models/linear:predict", { body: { instances: [] } })).json).toEqual({ predictions: [] });
  const wrong = await it.ask("/v1/models/linear:predict", { body: { instances: [{ feature1: "x" }] } });
  expect([wrong.status, Object.keys(wrong.json)]).toEqual([422, ["error"]]);
  for (const [path, body, status] of [
    ["/v1/models/nothing:predict", { instances: [] }, 404],
    ["/v1/models/linear:explain", {}, 404],
    ["/v1/models/linear:predict", {}, 400],
    ["/v1/models/linear:predict", "{", 400],
    ["/v1/models/linear:predict", { instances: [1, 2, 3, 4] }, 422],
  ] as const) {
    const answer = await it.ask(path, { body });
    expect([path, answer.status, typeof answer.json.error]).toEqual([path, status, "string"]);
  }
});

test("Open Inference V2", async () => {
  for (const path of [
    "/v2",
    "/v2/",
    "/v2/health/live",
    "/v2/health/ready",
    "/v2/models/linear/ready",
    "/v2/models/linear/versions/1/ready",
  ])
    expect([path, (await it.ask(path)).status]).toEqual([path, 200]);
  expect((await it.ask("/v2/models/linear")).json).toMatchObject({
    name: "linear",
    versions: ["1"],
    inputs: [{ shape: [-1, 4] }],
  });
  const infer = (inputs: unknown, more = {}) =>
    it.ask("/v2/models/linear/infer", { body: { id: "7", inputs, ...more } });
  const whole = await infer([{ name: "x", shape: [3, 4], datatype: "FP64", data: arrays.flat() }]);
  expect(whole.json).toMatchObject({
    model_name: "linear",
    model_version: "1",
    id: "7",
    outputs: [{ name: "predict", shape: [3, 1], datatype: "FP64" }],
  });
  near(whole.json.outputs[0].data);
  near((await infer([{ name: "x", shape: [3, 4], datatype: "FP32", data: arrays }])).json.outputs[0].data);
  const columns = Object.keys(rows[0]!).map((name) => ({
    name,
    shape: [3],
    datatype: "FP64",
    data: rows.map((row) => row[name]),
  }));
  near((await infer(columns.reverse())).json.outputs[0].data);
  expect((await it.ask("/v2/models/linear/versions/1/infer", { body: { inputs: columns } })).status).toBe(200);
  expect((await it.ask("/v2/models/linear/versions/2/infer", { body: { inputs: columns } })).status).toBe(404);
  for (const [inputs, more, status] of [
    [undefined, {}, 400],
    [[{ name: "x", shape: [3, 4], datatype: "FP64", data: [1] }], {}, 400],
    [[{ name: "x", shape: [-1], datatype: "FP64", data: [1] }], {}, 400],
    [[{ name: "x", shape: [1, 4], datatype: "FP99", data: [1, 2, 3, 4] }], {}, 400],
    [[{ name: "x", shape: [1, 4], datatype: "FP64", data: ["1", 2, 3, 4] }], {}, 400],
    [[{ name: "x", shape: [1, 4], datatype: "FP64", parameters: { binary_data_size: 32 } }], {}, 501],
    [columns, { outputs: [{ name: "other" }] }, 400],
  ] as const) {
    const answer = await infer(inputs, more);
    expect([answer.status, Object.keys(answer.json)]).toEqual([status, ["error"]]);
  }
  const empty = await infer([{ name: "x", shape: [1000, 0], datatype: "FP64", data: [] }]);
  expect([empty.status, empty.json.error]).toEqual([400, expect.stringContaining("'shape' means rows without values")]);
  const index = await it.ask("/v2/repository/index", { body: { ready: true } });
  expect(index.json).toContainEqual({ name: "linear", version: "1", state: "READY", reason: "" });
});

test("MLflow and SageMaker", async () => {
  for (const path of ["/ping", "/health", "/version"]) expect([path, (await it.ask(path)).status]).toEqual([path, 200]);
  const names = Object.keys(rows[0]!);
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  for (const body of [
    { dataframe_split: { columns: names, data: arrays } },
    { dataframe_split: { data: arrays } },
    { dataframe_records: rows, params: {} },
    { inputs: arrays },
    { inputs: columns },
    { instances: rows },
  ])
    near((await it.ask("/invocations", { body })).json.predictions);
  const csv = `${names.join(",")}\n${arrays.map((row) => row.join(",")).join("\n")}\n`;
  near((await it.ask("/invocations", { body: csv, headers: { "content-type": "text/csv" } })).json.predictions);
  const table = await it.ask("/invocations", {
    body: csv,
    headers: { "content-type": "text/csv", accept: "text/csv" },
  });
  expect(table.text.split("\n")[0]).toBe("predict");
  for (const [sent, status] of [
    [{ body: {} }, 400],
    [{ body: { inputs: arrays, instances: rows } }, 400],
    [{ body: { dataframe_split: {} } }, 400],
    [{ body: { inputs: { feature1: [1], feature2: [] } } }, 400],
    [{ body: { instances: [{ feature1: "x" }] } }, 422],
    [{ body: "x", headers: { "content-type": "image/png" } }, 415],
  ] as const) {
    const answer = await it.ask("/invocations", sent);
    expect([answer.status, Object.keys(answer.json)]).toEqual([status, ["error_code", "message"]]);
  }
});

test("without a default, several models are none", async () => {
  const several = await live({ models: { a: MODELS.linear, b: MODELS.linear } });
  expect((await several.ask("/invocations", { body: { instances: rows } })).status).toBe(404);
  await several.close();
});
