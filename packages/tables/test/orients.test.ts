import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { orientedRows, WRAPPERS } from "../src/orients.ts";
import { parseJson } from "../src/plain_text.ts";
import { readRows } from "../src/tables.ts";
import { ROOT, thrown, utf8 } from "./kit.ts";

const WRITTEN: Record<string, string> = JSON.parse(readFileSync(join(ROOT, "fixtures/tables/orients.json"), "utf8"));
const features = ["age", "fare", "sex", "vip"];
const cells = [
  [22, 7.25, "male", false],
  [38, null, "female", true],
  [26, 7.925, null, false],
];
const records = cells.map((row) => Object.fromEntries(row.map((cell, at) => [features[at], cell])));
const read = (text: string, names: readonly string[] = features) =>
  readRows(utf8(text), { format: "json", features: names });

describe("orients of pandas' to_json (oracle/orients.py)", () => {
  test.each(["split", "columns", "index", "table"])("%s is a table with labels", async (orient) => {
    const keyed = orient === "table" && { keyed: true };
    const table = { columns: features, rows: cells, index: ["a", "b", "c"], ...keyed };
    expect(await read(WRITTEN[orient]!)).toEqual(table);
    expect(await read(`{"data":${WRITTEN[orient]}}`)).toEqual({ ...table, within: ["data"] });
  });
  test("labels that are whole numbers keep their order", async () => {
    const table = { columns: ["age"], rows: [[1], [2], [3]], index: ["7", "2", "10"] };
    expect(await read('{"age":{"7":1,"2":2,"10":3}}')).toEqual(table);
    expect(await read('{"7":{"age":1},"2":{"age":2},"10":{"age":3}}')).toEqual(table);
    expect(await read('{"data":{"age":{"7":1,"2":2,"10":3}}}')).toEqual({ ...table, within: ["data"] });
  });
  test("records and values are rows", async () => {
    expect(await read(WRITTEN["records"]!)).toEqual({ value: records });
    expect(await read(WRITTEN["values"]!)).toEqual({ value: cells });
  });
  test("columns of pandas' split may have names of their own beside a feature called data", async () => {
    const text = '{"columns":["data","b"],"index":[0],"data":[[1,2]]}';
    expect(await read(text, ["data", "b"])).toEqual({ columns: ["data", "b"], rows: [[1, 2]], index: [0] });
  });
});

describe("of others", () => {
  test.each([
    ["polars", '{"columns":[{"name":"age","datatype":"Int64","values":[1,2]},{"name":"sex","values":["m",null]}]}'],
    ["lists by name", '{"age":[1,2],"sex":["m",null]}'],
  ])("%s: columns", async (_, text) => {
    expect(await read(text)).toEqual({
      columns: ["age", "sex"],
      rows: [
        [1, "m"],
        [2, null],
      ],
    });
  });
  test("R's names of rows are labels", async () => {
    const table = {
      columns: ["age", "sex"],
      rows: [
        [1, "m"],
        [2, "f"],
      ],
      index: ["Ana", "Luz"],
    };
    expect(await read('[{"age":1,"sex":"m","_row":"Ana"},{"age":2,"sex":"f","_row":"Luz"}]')).toEqual({
      ...table,
      keyed: true,
    });
    expect(await read('{"age":[1,2],"sex":["m","f"],"_row":["Ana","Luz"]}')).toEqual(table);
    expect(await read('[{"age":1,"_row":"Ana"}]', ["age", "_row"])).toEqual({ value: [{ age: 1, _row: "Ana" }] });
  });
});

describe("one key around rows", () => {
  test.each(WRAPPERS)("%s", async (key) => {
    expect(await read(`{"${key}":[[1,2,3,4]]}`)).toEqual({ value: [[1, 2, 3, 4]], within: [key] });
    expect(await read(`{"${key}":[1,2,3,4]}`)).toEqual({ value: [1, 2, 3, 4], within: [key] });
    expect(await read(`{"${key}":{"age":1}}`)).toEqual({ value: { age: 1 }, within: [key] });
    expect(await read(`{"${key}":{"age":[1]}}`)).toEqual({ columns: ["age"], rows: [[1]], within: [key] });
    expect(await read(`{"data":{"${key}":[[1]]}}`)).toEqual({ value: [[1]], within: ["data", key] });
    expect(await read(`{"${key}":[1]}`, [key])).toEqual({ columns: [key], rows: [[1]] });
    expect(await read(`{"${key}":1}`, [key])).toEqual({ value: { [key]: 1 } });
  });
  test.each([
    ['{"payload":[[1,2,3,4]]}', "payload"],
    ['{"x":{"y":1}}', "x"],
    ['{"data":{"data":{"data":{"age":1}}}}', "data"],
  ])("%s is refused: the key is no feature, and what to send", async (text, key) => {
    const error = await read(text).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "E_FEATURES",
      message: `'${key}' is no feature of this model: send a row as {"age": ..., ...}, several as an array of them, or either under "instances"`,
      fields: { problems: [{ path: [key] }] },
    });
  });
});

describe("what is a row stays one", () => {
  test.each([
    '{"age":1,"fare":2,"sex":"m","vip":true}',
    '{"age":{"a":1},"fare":2}',
    '{"age":1,"data":[1]}',
    '{"x":1,"y":2}',
    "{}",
    "[]",
    "[1,2]",
    "3",
  ])("%s", async (text) => {
    expect(await read(text)).toEqual({ value: JSON.parse(text) });
  });
  test("whatever it is, where nothing is known of the model", () => {
    const value = { data: { columns: ["a"], data: [[1]] } };
    expect(orientedRows(value, undefined)).toEqual({ value });
    expect(orientedRows(value, [])).toEqual({ value });
  });
});

test("columns of several lengths are an error that says which", async () => {
  expect(await read('{"age":[1,2],"fare":[1]}').catch((caught: unknown) => caught)).toMatchObject({
    code: "E_FEATURES",
    message: "the columns have different lengths: 'age' 2, 'fare' 1",
  });
});

describe("numbers as Python's json writes them", () => {
  test("are numbers, NaN is missing; in texts they are texts", () => {
    expect(parseJson(WRITTEN["nan"]!)).toEqual([
      { age: 22, fare: null, sex: "NaN", vip: false },
      { age: Number.POSITIVE_INFINITY, fare: Number.NEGATIVE_INFINITY, sex: 'say "Infinity"', vip: true },
    ]);
  });
  test.each(["[NaNx]", "{NaN:1}", "[NaN", "[+Infinity]"])("%s is none", (text) => {
    expect(thrown(() => parseJson(text))).toMatchObject({ code: "E_TABLE" });
  });
  test("take no longer the more there are", () => {
    const from = performance.now();
    expect((parseJson(`[${"NaN,".repeat(1e6)}"${"x".repeat(1e7)}"]`) as unknown[]).length).toBe(1e6 + 1);
    expect(performance.now() - from).toBeLessThan(5000);
  });
});
