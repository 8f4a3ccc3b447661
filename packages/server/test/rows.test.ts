import { DataFrame, NdArray, parseNumber } from "@curtido/arrays";
import type { Feature, Signature } from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { type Notation, numberOf } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { type Batch, batchOfJson, RowReader } from "../src/rows/rows.ts";

const number = (name: string, more: Partial<Feature> = {}): Feature => ({
  name,
  type: "number",
  missing: false,
  ...more,
});
const signature = (features: readonly Feature[], named = true): Signature => ({
  features,
  named,
  task: "regression",
  outputs: 1,
});
const numeric = new RowReader(signature([number("a"), number("b")]));

function problems(work: () => unknown): readonly { path: unknown; detail: string }[] {
  try {
    work();
  } catch (error) {
    if (isCurtidoError(error, "E_FEATURES")) return error.fields["problems"] as { path: unknown; detail: string }[];
    throw error;
  }
  return [];
}
const one = (row: unknown): Batch => ({ rows: [row], single: true });
const many = (...rows: unknown[]): Batch => ({ rows, single: false });

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

describe("what people send", () => {
  const read = (feature: Partial<Feature>, value: unknown, text?: "table" | "form", notation?: Notation) => {
    const reader = new RowReader(signature([{ ...number("x"), ...feature }]));
    return (
      reader
        .read({ rows: [[value]], columns: ["x"], single: true, ...(text && { text }), ...(notation && { notation }) })
        .tolist() as unknown[][]
    )[0]![0];
  };
  test.each([
    [true, 1],
    [false, 0],
    ["True", 1],
    ["FALSE", 0],
    [" 1.5 ", 1.5],
    ["1e3", 1000],
    ["\u00a07\u00a0", 7],
  ])("%j is the number %d", (value, expected) => {
    expect(read({}, value)).toBe(expected);
    expect(read({}, value, "table")).toBe(expected);
  });
  test.each(["", "  ", "NA", "N/A", "nan", "null", "None", "<NA>", "#N/A", "1.#IND"])(
    "%j is no number, and missing in every format",
    (spelling) => {
      expect(read({ missing: true }, spelling)).toBeNaN();
      expect(read({ missing: true }, spelling, "table")).toBeNaN();
      expect(problems(() => read({}, spelling, "table"))).toHaveLength(1);
    },
  );
  test("a table has spellings and marks of its own", () => {
    const notation = { decimal: ",", thousands: ".", missing: ["N/D"] } as const;
    expect(read({ missing: true }, "N/D", "table", notation)).toBeNaN();
    const texts = ["1.234,5", "-0,5", "1.234", "12", "1,5e3", "1.234.567,25"];
    expect(texts.map((text) => read({}, text, "table", notation))).toEqual([1234.5, -0.5, 1234, 12, 1500, 1234567.25]);
    for (const text of ["1,2,3", "1.23.4,5", "12.34,5", "a,5"])
      expect(
        problems(() => read({}, text, "table", notation)),
        text,
      ).toHaveLength(1);
    expect(read({ type: "string", categories: ["1,5"] }, "1,5", "table", notation)).toBe("1,5");
  });
  test("categories are known by value", () => {
    const open = (categories: readonly unknown[], type: Feature["type"]) => (value: unknown, text?: "table") =>
      read({ type, categories, missing: true }, value, text);
    const texts = open(["1", "NA", "True"], "string");
    expect([texts(1), texts("NA", "table"), texts(true), texts("x"), texts("N/A")]).toEqual([
      "1",
      "NA",
      "True",
      "x",
      "N/A",
    ]);
    expect(texts("N/A", "table")).toBeNaN();
    const numbers = open([1, 2.5], "number");
    expect([numbers("1"), numbers("2.50", "table"), numbers(true), numbers("7")]).toEqual([1, 2.5, 1, 7]);
    const booleans = open([false, true], "boolean");
    expect([booleans("True", "table"), booleans(0), booleans("FALSE")]).toEqual([true, false, false]);
    const mixed = open([1, "a", true], "any");
    expect([mixed("1"), mixed("a"), mixed("True")]).toEqual([true, "a", true]);
    const dates = open(["2024-01-01", "2024-01-02T12:00:00"], "string");
    expect([dates("2024/01/01"), dates("2024-1-1"), dates(" 2024.01.02 12:00"), dates("01/01/2024")]).toEqual([
      "2024-01-01",
      "2024-01-01",
      "2024-01-02T12:00:00",
      "01/01/2024",
    ]);
    expect([dates(Date.UTC(2024, 0, 1)), dates(7)]).toEqual(["2024-01-01", "7"]);
    expect([dates("2024-01-01 00:00:00"), dates("2024-01-02T12:00:00Z"), dates("2024-02-30")]).toEqual([
      "2024-01-01",
      "2024-01-02T12:00:00",
      "2024-02-30",
    ]);
  });
  test("dates are days since 1970 where the model learnt them so", () => {
    const date = { date: { unit: "days" } } as Partial<Feature>;
    expect([read(date, "1970-01-02"), read(date, "2024-01-01T12:00"), read(date, 3)]).toEqual([1, 19723.5, 3]);
    expect(problems(() => read(date, "yesterday"))).toHaveLength(1);
  });
  test("names may differ where that is asked for, and one feature can be meant", () => {
    const reader = new RowReader(signature([number("Año_de_alta"), number("precio")]));
    const sent = one({ "ano de alta": 1, PRECIO: 2 });
    expect(problems(() => reader.read(sent)).map(({ detail }) => detail)).toContain(
      "'ano de alta' is not a feature of this model; did you mean 'Año_de_alta'?",
    );
    expect(reader.read(sent, { names: "loose" }).tolist()).toEqual([[1, 2]]);
    const table = { rows: [["2", "1"]], columns: ["Precio", "AÑO DE ALTA"], single: false };
    expect(reader.read(table, { names: "loose" }).tolist()).toEqual([[1, 2]]);
    const twice = { rows: [["2", "1", "3"]], columns: ["Precio", "PRECIO", "Año_de_alta"], single: false };
    expect(problems(() => reader.read(twice, { names: "loose" }))).toHaveLength(3);
  });
  test("a model without names takes the columns of a table in their order, as in Python", () => {
    const reader = new RowReader(signature([number("feature1"), number("feature2")], false));
    const table = { rows: [["1", "2"]], columns: ["age", "fare"], single: false };
    expect(reader.read(table).tolist()).toEqual([[1, 2]]);
    for (const wrong of [
      { ...table, keyed: true as const },
      { ...table, text: "form" as const },
      { ...table, columns: ["feature2", "fare"] },
      { ...table, columns: ["1", "2"] },
      { ...table, columns: ["age"], rows: [["1"]] },
    ])
      expect(problems(() => reader.read(wrong)).length).toBeGreaterThan(0);
    expect(problems(() => reader.read(one({ age: 1, fare: 2 })))).toHaveLength(4);
    expect(reader.read({ ...table, columns: ["feature2", "feature1"] }).tolist()).toEqual([[2, 1]]);
  });
  test("the column that the model predicts may stand in a row", () => {
    const reader = new RowReader(signature([number("a"), number("b")]), { others: ["price", "id"] });
    expect(reader.read(one({ a: 1, b: 2, price: 9, id: "x" })).tolist()).toEqual([[1, 2]]);
    expect(reader.read({ rows: [["9", "1", "2"]], columns: ["price", "a", "b"], single: false }).tolist()).toEqual([
      [1, 2],
    ]);
    expect(problems(() => reader.read(one({ a: 1, b: 2, cost: 9 })))).toHaveLength(1);
  });
  test("what a library wrote for spaces is undone", () => {
    const reader = new RowReader(signature([number("sepal_length_(cm)"), number("b")]), { renames: true });
    expect(reader.read(one({ "sepal length (cm)": 1, b: 2 })).tolist()).toEqual([[1, 2]]);
    expect(problems(() => new RowReader(plainNames).read(one({ "sepal length (cm)": 1, b: 2 })))).toHaveLength(2);
  });
  test("a name that several features have is told apart by order, and no object can say it", () => {
    const reader = new RowReader(signature(["other", "x", "other"].map((name) => number(name))));
    const table = { rows: [["1", "2", "3"]], columns: ["x", "other", "other"], single: false };
    expect(reader.read(table).tolist()).toEqual([[2, 1, 3]]);
    expect(reader.read(one([1, 2, 3])).tolist()).toEqual([[1, 2, 3]]);
    expect(reader.rowOf(one({ other: 1, x: 2 }))).toBeUndefined();
    expect(problems(() => reader.read(one({ other: 1, x: 2 })))[0]!.detail).toMatch(/'other' 2 times.*arrays of 3/);
    const thrice = { rows: [["1", "2", "3", "4"]], columns: ["x", "other", "other", "other"], single: false };
    expect(problems(() => reader.read(thrice))).toMatchObject([
      { detail: "the column 'other' appears 3 times, not 2" },
    ]);
  });
});
const plainNames = signature([number("sepal_length_(cm)"), number("b")]);
