/** DictVectorizer asked with keys that training has not seen, and passthrough columns of text: expected values are Python's. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { revive } from "@curtido/estimators";
import { describe, expect, test } from "vitest";
import { model } from "../src/index.ts";

const folder = fileURLToPath(new URL("../../../fixtures/dict_keys/", import.meta.url));
const { rows, predict, transform } = JSON.parse(readFileSync(`${folder}answers.json`, "utf8"));
const post = async (path: string, body: string, type = "application/json") => {
  const headers = { "content-type": type, accept: "application/json" };
  const response = await model(path).request("/", { method: "POST", body, headers });
  return { status: response.status, answer: await response.json() };
};

describe("keys and kinds of values that training has not seen", () => {
  test("count for nothing, in the library", () => {
    const found = revive(readFileSync(`${folder}linear.pkl`))
      .predict(rows)
      .tolist();
    expect(found).toEqual(predict.map((value: number) => expect.closeTo(value, 9)));
  });

  test.each([
    ["JSON", (each: unknown[]) => JSON.stringify(each), "application/json"],
    ["JSON lines", (each: unknown[]) => each.map((row) => JSON.stringify(row)).join("\n"), "application/x-ndjson"],
  ])("count for nothing in %s", async (_, written, type) => {
    const { status, answer } = await post(`${folder}linear.pkl`, written(rows), type);
    expect([status, answer.predict]).toEqual([200, predict.map((value: number) => expect.closeTo(value, 9))]);
  });

  test("count for nothing in the vectorizer alone, one row or many", async () => {
    const { answer } = await post(`${folder}vectorizer.pkl`, JSON.stringify(rows));
    const found = answer.transform.map((row: (number | null)[]) => row.map((value) => value ?? 0));
    expect(found).toEqual(transform);
    const one = await post(`${folder}vectorizer.pkl`, JSON.stringify(rows[1]));
    expect(one.answer.transform).toEqual(transform[1]);
  });

  test("are columns that are left out of CSV, and fields of a form", async () => {
    const csv = "city,temperature,wind\nLondon,20,7\nParis,20,\n";
    const { answer } = await post(`${folder}linear.pkl`, csv, "text/csv");
    expect(answer.predict).toEqual([expect.closeTo(predict[1], 9), expect.closeTo(predict[0], 9)]);
    const form = await post(
      `${folder}linear.pkl`,
      "city=London&temperature=20&wind=7",
      "application/x-www-form-urlencoded",
    );
    expect(form.answer.predict).toBeCloseTo(predict[1], 9);
  });

  test.each([{ a: 1 }, [1]])("are refused as Python refuses them: %j", async (value) => {
    const { status, answer } = await post(`${folder}linear.pkl`, JSON.stringify([{ temperature: 1 }, { city: value }]));
    expect([status, JSON.stringify(answer)]).toEqual([422, expect.stringContaining("#/1/city")]);
  });
});
