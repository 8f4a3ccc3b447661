import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { linesPart } from "../src/jsonl.ts";
import { readRows, readTable, writeTable } from "../src/tables.ts";
import { utf8 } from "./kit.ts";

const rowsOf = (text: string, format = "json") => readRows(utf8(text), { format });
const CSV = "$price,when,city\n1,2024-01-02,ñ\n,2024-01-03,\n-0.5,,b\n";

describe("what convert writes is read as the rows that it was made of", () => {
  test("a table as typed JSON", async () => {
    const json = await writeTable(await readTable(utf8(CSV), { format: "csv" }), { format: "json", json: "typed" });
    expect(await readRows(json, { format: "json" })).toEqual({
      columns: ["$price", "when", "city"],
      rows: [
        [1, "2024-01-02", "ñ"],
        [null, "2024-01-03", null],
        [-0.5, null, "b"],
      ],
    });
  });
  test("a table as JSON lines, in parts too", async () => {
    const lines = await writeTable(await readTable(utf8(CSV), { format: "csv" }), { format: "jsonl" });
    const rows = [
      { $price: 1, when: "2024-01-02", city: "ñ" },
      { $price: null, when: "2024-01-03", city: null },
      { $price: -0.5, when: null, city: "b" },
    ];
    expect(await readRows(lines, { format: "jsonl" })).toEqual({ rows });
    expect(linesPart(lines, {})).toEqual({ rows, errors: [null, null, null] });
  });
  test.each([
    [
      '{"$ndarray":{"dtype":"<f8","shape":[2,2],"data":[1,2,3,"nan"]}}',
      {
        columns: ["0", "1"],
        rows: [
          [1, 2],
          [3, null],
        ],
      },
    ],
    ['{"$ndarray":{"dtype":"<i8","shape":[2],"data":[1,2]}}', { value: [1, 2] }],
    [
      '[{"$tuple":[1,"a"]},{"$tuple":[{"$float":"inf"},"b"]}]',
      {
        value: [
          [1, "a"],
          [Infinity, "b"],
        ],
      },
    ],
    [
      '[{"$id":1,"$value":{"a":1,"$$b":2}},{"$ref":1}]',
      {
        value: [
          { a: 1, $b: 2 },
          { a: 1, $b: 2 },
        ],
      },
    ],
    ['[1.5,{"$float":"2.0"}]', { value: [1.5, 2] }],
    ['{"day":{"$date":"2024-01-02"}}', { value: { day: "2024-01-02" } }],
    ['{"__proto__":{"$float":"1.0"}}', { value: Object.fromEntries([["__proto__", 1]]) }],
  ])("%s", async (text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });
});

describe("plain JSON stays as it is", () => {
  test.each([
    { $float: 1, num: 2 },
    { $float: "1.5" },
    [{ $float: "1.5" }, { $float: null }],
    { $frame: 1 },
    [{ $ref: 1 }],
    { $id: 1, $value: 2 },
    { $$x: 1, note: '"$' },
    [[1, "$x"]],
    { a: { b: 1 } },
  ])("%j", async (value) => {
    expect(await rowsOf(JSON.stringify(value))).toEqual({ value });
  });
});

describe("typed JSON that is malformed is one error of one line", () => {
  test.each([
    '{"$frame":{}}',
    '{"$frame":[]}',
    '{"$frame":{"columns":[],"index":{"$index":{"kind":"RangeIndex","range":[0,1e12,1]}}}}',
    '{"$frame":{"columns":[],"index":{"$index":{"kind":"RangeIndex","range":[0,2e8,1]}}}}',
    '{"$ndarray":{"dtype":"<f8","shape":[1e9,1e9],"data":[]}}',
    '{"$ndarray":{"dtype":"V0","shape":[1e9],"data":[]}}',
    '{"a":{"$float":[]}}',
    '{"a":{"$nothing":1}}',
    '[{"$id":1,"$value":[{"$ref":1}]},{"$ref":2}]',
    '[{"$tuple":[1]},{"$x":1}]',
  ])("%s", async (text) => {
    for (const format of ["json", "jsonl"]) {
      const error = await rowsOf(text, format).then(
        (rows) => rows,
        (reason: unknown) => reason,
      );
      if (format === "jsonl" && !(error instanceof Error)) continue;
      expect(isCurtidoError(error) && /^E_TABLE/.test(error.code), String(error)).toBe(true);
      expect((error as Error).message).not.toContain("\n");
    }
  });
  test("a line of a part is wrong alone", () => {
    const lines = utf8('{"a":{"$float":"nan"}}\n{"a":{"$float":[]}}\n{\n{"a":2}\n');
    const { rows, errors } = linesPart(lines, {});
    expect(rows).toEqual([{ a: null }, null, null, { a: 2 }]);
    expect(errors).toEqual([
      null,
      expect.stringMatching(/^the line holds typed JSON that cannot be read: .*\$float/),
      expect.stringMatching(/^the line is not JSON/),
      null,
    ]);
  });
});
