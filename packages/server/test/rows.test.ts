import { DataFrame, NdArray, parseNumber } from "@curtido/arrays";
import type { Feature } from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { numberOf } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { batchOfJson, RowReader } from "../src/rows/rows.ts";
import { many, number, numeric, one, problems, signature } from "./row_help.ts";

describe("bodies", () => {
  test.each([
    [{ a: 1 }, 2, { rows: [{ a: 1 }], single: true }],
    [[], 2, { rows: [], single: false }],
    [[{ a: 1 }], 2, { rows: [{ a: 1 }], single: false }],
    [[[1, 2]], 2, { rows: [[1, 2]], single: false }],
    [[1, 2], 2, { rows: [[1, 2]], single: true }],
    [[1, 2], 1, { rows: [[1], [2]], single: false, bare: true }],
    [3, 1, { rows: [[3]], single: true, bare: true }],
  ])("%j for %i features", (value, features, batch) => {
    expect(batchOfJson(value, features)).toEqual(batch);
  });
  test.each([3, "x", null, true])("%j is nothing for two features", (value) => {
    expect(problems(() => batchOfJson(value, 2))).toHaveLength(1);
  });
  test("mixed rows are refused where they begin to differ", () => {
    expect(problems(() => batchOfJson([{ a: 1 }, [1]], 2))).toMatchObject([{ path: [1] }]);
    expect(problems(() => batchOfJson([1, { a: 1 }], 2))).toMatchObject([{ path: [0] }]);
    expect(problems(() => batchOfJson([[1], null], 2))).toMatchObject([{ path: [1] }]);
  });
});

describe("numbers", () => {
  test("come in any order, as numbers or as text", () => {
    expect(numeric.read(one({ b: " 2e1 ", a: -1 })).tolist()).toEqual([[-1, 20]]);
    expect(numeric.read(many({ b: 2, a: 1 }, { a: "3", b: "4" })).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(numeric.read(one([1, "2"])).tolist()).toEqual([[1, 2]]);
    expect(numeric.read({ rows: [["1", "2"]], columns: ["b", "a"], single: false }).tolist()).toEqual([[2, 1]]);
  });
  test("every problem of every row is named, with its place", () => {
    const found = problems(() => numeric.read(many({ a: 1, b: 2 }, { a: "x", c: 1 }, { a: null, b: {} }, [1])));
    expect(found.map(({ path }) => path)).toEqual([[1, "a"], [1, "b"], [1, "c"], [2, "a"], [2, "b"], [3]]);
    expect(found.map(({ detail }) => detail)).toEqual([
      "'a' must be a number, not \"x\"",
      "'b' is missing: expected a number",
      "'c' is not a feature of this model; it has a, b",
      "'a' must be a number, not null",
      "'b' must be a number, not an object",
      "a row has 1 value, this model takes 2: a, b",
    ]);
  });
  test.each(["", " ", "0x10", "1,5", "١", "--1", "1e", "nan", {}, [], [1]])("%j is none", (value) => {
    expect(problems(() => numeric.read(one({ a: value, b: 1 })))).toHaveLength(1);
  });
  test("every way to write a number counts the same, short or long", () => {
    for (const text of [
      "1",
      "-1",
      "1.",
      ".5",
      "1e3",
      "1E3",
      "-.5",
      "00",
      "1_0",
      "0_1",
      "+1",
      "1 ",
      "12345678901234567890",
    ])
      expect(numberOf(text), text).toBe(parseNumber(text));
    for (const text of [
      "",
      "-",
      ".",
      "-.",
      "e1",
      "0x1",
      "0b1",
      "0o7",
      "0X1",
      "1__0",
      "1x",
      "1,5",
      "1e",
      "-Infinit",
      "1\0",
    ])
      expect(numberOf(text), text).toBe(undefined);
    expect([numberOf("-inf"), numberOf("1e999"), numberOf("nan")]).toEqual([-Infinity, Infinity, Number.NaN]);
  });
  test("an empty field of a form or a table is missing", () => {
    const found = problems(() => numeric.read({ rows: [{ a: null, b: 1 }], single: true, text: "table" }));
    expect(found.map(({ detail }) => detail)).toEqual(["'a' is missing: expected a number"]);
  });
  test("a table without a header is told so, once", () => {
    const found = problems(() =>
      numeric.read({ rows: [["3", "4"]], columns: ["1", "2.5"], single: false, text: "table" }),
    );
    expect(found).toEqual([{ path: [], detail: "the first line must hold the names of the features: a, b" }]);
    const years = new RowReader(signature([number("2019"), number("2020")]));
    expect(years.read({ rows: [["3", "4"]], columns: ["2020", "2019"], single: false }).tolist()).toEqual([[4, 3]]);
  });
  test("a name whose accents are written another way is recognised", () => {
    const reader = new RowReader(signature([number("año")]));
    const [, unknown] = problems(() => reader.read(one({ ["año".normalize("NFD")]: 1 })));
    expect(unknown!.detail).toMatch(/did you mean 'año'\?/);
  });
  test("inherited names are no features", () => {
    const reader = new RowReader(signature([number("toString"), number("__proto__")]));
    expect(problems(() => reader.read(one({})))).toHaveLength(2);
    expect(reader.read(one(JSON.parse('{"toString":1,"__proto__":2}'))).tolist()).toEqual([[1, 2]]);
    expect(
      problems(() => numeric.read(one(JSON.parse('{"a":1,"b":2,"__proto__":3,"constructor":4}')))).map(
        ({ path }) => path,
      ),
    ).toEqual([["__proto__"], ["constructor"]]);
  });
  test("what is not listed is counted, by its cause", () => {
    const rows = Array.from({ length: 500 }, (_, at) => (at % 2 === 0 ? { a: `x${at}`, b: 1 } : { a: 1, b: null }));
    try {
      numeric.read(many(...rows));
      expect.unreachable();
    } catch (error) {
      if (!isCurtidoError(error, "E_FEATURES")) throw error;
      expect(error.message).toBe(
        "'a' must be a number, not \"x0\" (row 1), and 499 more; the model was not trained to do without 'b': fill it in, or train with an imputer",
      );
      expect(error.fields.problems).toHaveLength(100);
      expect(error.fields.causes).toEqual([
        { detail: "'a' must be a number", count: 250 },
        { detail: "'b' must be a number", count: 250 },
      ]);
    }
  });
  test("more causes than are told apart are counted all the same, and a long name is cut short", () => {
    const columns = Array.from({ length: 5000 }, (_, at) => `c${at}${"x".repeat(1000)}`);
    try {
      numeric.read({ rows: [], columns, single: false });
      expect.unreachable();
    } catch (error) {
      if (!isCurtidoError(error, "E_FEATURES")) throw error;
      expect(error.message.length).toBeLessThan(300);
      expect(error.message).toMatch(/, and 5001 more/);
      expect(JSON.stringify(error.fields).length).toBeLessThan(200_000);
    }
  });
  test("at most a hundred problems are listed", () => {
    expect(problems(() => numeric.read(many(...Array.from({ length: 1000 }, () => ({})))))).toHaveLength(100);
  });
  test("other features may be ignored", () => {
    expect(numeric.read(one({ a: 1, b: 2, id: "x" }), { unexpected: "ignore" }).tolist()).toEqual([[1, 2]]);
    expect(
      numeric
        .read({ rows: [["x", "1", "2"]], columns: ["id", "a", "b"], single: false }, { unexpected: "ignore" })
        .tolist(),
    ).toEqual([[1, 2]]);
  });
  test("missing ones pass where the model takes them", () => {
    const reader = new RowReader(
      signature([number("a", { missing: true }), number("b", { missing: true, optional: true })]),
    );
    expect(reader.read(one({ a: null })).tolist()).toEqual([[Number.NaN, Number.NaN]]);
    expect(reader.read({ rows: [[null]], columns: ["a"], single: false }).tolist()).toEqual([[Number.NaN, Number.NaN]]);
    expect(problems(() => reader.read(one({ b: 1 })))).toMatchObject([{ path: ["a"] }]);
  });
  test("headers are checked once", () => {
    const found = problems(() =>
      numeric.read({
        rows: [
          ["1", "2"],
          ["3", "4"],
        ],
        columns: ["a", "x"],
        single: false,
      }),
    );
    expect(found.map(({ path }) => path)).toEqual([["x"], ["b"]]);
    expect(problems(() => numeric.read({ rows: [], columns: ["a", "a", "b"], single: false }))).toMatchObject([
      { detail: "the column 'a' appears twice" },
    ]);
    expect(problems(() => numeric.read({ rows: [["1"]], columns: ["a", "b"], single: false }))).toMatchObject([
      { detail: "a row has 1 value, the header has 2" },
    ]);
  });
});

describe("texts, booleans and categories", () => {
  const features: Feature[] = [
    { name: "island", type: "string", missing: true, categories: ["Biscoe", "Dream", Number.NaN], closed: true },
    { name: "size", type: "number", missing: false, categories: [1, 2], closed: true },
    { name: "urban", type: "boolean", missing: false },
    { name: "note", type: "any", missing: true, optional: true },
  ];
  const named = new RowReader(signature(features));

  test("become a table with the model's names", () => {
    const table = named.read(
      many({ urban: "true", size: "1", island: "Dream" }, { urban: false, size: 2, island: null, note: 3 }),
    );
    expect(table).toBeInstanceOf(DataFrame);
    expect((table as DataFrame).columns).toEqual(["island", "size", "urban", "note"]);
    expect(table.tolist()).toEqual([
      ["Dream", 1, true, Number.NaN],
      [Number.NaN, 2, false, 3],
    ]);
  });
  test("booleans of a table count as such where nothing else is known", () => {
    const loose = new RowReader(signature([{ name: "x", type: "any", missing: true }]));
    const read = (value: unknown) => loose.read(one({ x: value })).tolist();
    expect([read("True"), read("false"), read("maybe"), read("1")]).toEqual([
      [[true]],
      [[false]],
      [["maybe"]],
      [["1"]],
    ]);
    const listed = new RowReader(
      signature([{ name: "x", type: "any", missing: false, categories: ["True", 1], closed: true }]),
    );
    expect(listed.read(one({ x: "True" })).tolist()).toEqual([["True"]]);
  });
  test("become an array where the model has no names", () => {
    const table = new RowReader(signature(features.slice(0, 2), false)).read(one(["Biscoe", "2"]));
    expect(table).toBeInstanceOf(NdArray);
    expect(table.tolist()).toEqual([["Biscoe", 2]]);
  });
  test("what the model would refuse is refused, and what it knows is said", () => {
    const found = problems(() => named.read(one({ island: "Torgersen", size: 3, urban: "maybe" })));
    expect(found.map(({ detail }) => detail)).toEqual([
      '\'island\' must be one of "Biscoe", "Dream", not "Torgersen"',
      "'size' must be one of 1, 2, not 3",
      "'urban' must be true or false, not \"maybe\"",
    ]);
    expect(problems(() => named.read(one({ island: 5, size: 1, urban: true })))).toHaveLength(1);
  });
  test("None is a missing value only where it was a category", () => {
    const reader = new RowReader(
      signature([{ name: "x", type: "string", missing: true, categories: ["a", null], closed: true }]),
    );
    expect(reader.read(one({ x: null })).tolist()).toEqual([[null]]);
  });
});
