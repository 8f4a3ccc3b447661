/** Categories that are integers beyond 2^53, which one double stands for: expected values are Python's. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DataFrame, NdArray } from "@curtido/arrays";
import { revive } from "@curtido/estimators";
import { describe, expect, test } from "vitest";
import { service } from "../src/index.ts";

const folder = fileURLToPath(new URL("../../../fixtures/long_integers/", import.meta.url));
const answers = JSON.parse(readFileSync(`${folder}answers.json`, "utf8"));
const rows = answers.rows as { id: string; age: number }[];
const wanted = (answers.ignore as number[]).map((value) => expect.closeTo(value, 9));
const app = service({ models: { ignore: `${folder}ignore.pkl`, error: `${folder}error.pkl` } });
const ask = async (path: string, body: string, type = "application/json") => {
  const headers = { "content-type": type, accept: "application/json" };
  const response = await app.request(path, { method: "POST", body, headers });
  return { status: response.status, answer: await response.json() };
};
const object = ({ id, age }: (typeof rows)[number]) => `{"id":${id},"age":${age}}`;
const tensors = JSON.stringify([
  { name: "id", shape: [5], datatype: "INT64", data: ["IDS"] },
  { name: "age", shape: [5], datatype: "FP64", data: rows.map(({ age }) => age) },
]).replace('"IDS"', rows.map(({ id }) => id).join(","));

describe("categories beyond 2^53", () => {
  test.each([
    ["objects", `[${rows.map(object)}]`, "application/json"],
    ["arrays", `[${rows.map(({ id, age }) => `[${id},${age}]`)}]`, "application/json"],
    ["texts", JSON.stringify(rows), "application/json"],
    ["split", `{"columns":["age","id"],"data":[${rows.map(({ id, age }) => `[${age}, ${id}]`)}]}`, "application/json"],
    ["JSON lines", rows.map(object).join("\n"), "application/x-ndjson"],
    ["CSV", ["id,age", ...rows.map(({ id, age }) => `${id},${age}`)].join("\n"), "text/csv"],
    ["CSV of another kind", ["id;age", ...rows.map(({ id, age }) => `${id};${age},0`)].join("\n"), "text/csv"],
  ])("keep their digits in %s", async (_, body, type) => {
    expect(await ask("/ignore", body, type)).toEqual({ status: 200, answer: { predict: wanted } });
  });

  test("keep their digits in the forms of protocols", async () => {
    const { answer } = await ask("/v1/models/ignore:predict", `{"instances":[${rows.map(object)}]}`);
    expect(answer.predictions).toEqual(wanted);
    const v2 = await ask("/v2/models/ignore/infer", `{"inputs":${tensors}}`);
    expect(v2.answer.outputs[0].data).toEqual(wanted);
  });

  test("keep their digits in a form and a query, one by one", async () => {
    for (const [at, { id, age }] of rows.entries()) {
      const form = await ask("/ignore", `id=${id}&age=${age}`, "application/x-www-form-urlencoded");
      const query = await (await app.request(`/ignore?id=${id}&age=${age}`)).json();
      expect([form.answer.predict, query.predict]).toEqual([wanted[at], wanted[at]]);
    }
  });

  test("keep their digits in the library, as a frame of int64 and as bigint", () => {
    const ids = BigInt64Array.from(rows, ({ id }) => BigInt(id));
    const ages = Float64Array.from(rows, ({ age }) => age);
    const frame = new DataFrame([
      { name: "id", values: NdArray.of(ids), dtype: "int64" },
      { name: "age", values: NdArray.of(ages), dtype: "float64" },
    ]);
    const estimator = revive(readFileSync(`${folder}ignore.pkl`));
    expect(estimator.predict(frame).tolist()).toEqual(wanted);
    const objects = rows.map(({ id, age }) => ({ id: BigInt(id), age }));
    expect(estimator.predict(objects).tolist()).toEqual(wanted);
  });

  test("are told apart where unknown ones are refused, by their digits", async () => {
    const known = rows.filter((_, at) => at !== 3);
    const { answer } = await ask("/error", `[${known.map(object)}]`);
    expect(answer.predict).toEqual((answers.error as number[]).map((value) => expect.closeTo(value, 9)));
    const refused = await ask("/error", object(rows[3]!));
    const detail = `'id' must be one of 7, ${rows[0]!.id}, ${rows[1]!.id}, ${rows[2]!.id}, not ${rows[3]!.id}`;
    expect(refused).toMatchObject({ status: 422, answer: { detail } });
    const estimator = revive(readFileSync(`${folder}error.pkl`));
    expect(() => estimator.predict([{ id: BigInt(rows[3]!.id), age: 1 }])).toThrow(detail);
  });

  test("have a place in the documents of the service", async () => {
    const response = await app.request("/openapi.json");
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(rows[1]!.id)]);
  });
});
