import type { Feature } from "@curtido/estimators";
import type { Notation } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { RowReader } from "../src/rows/rows.ts";
import { number, one, problems, signature } from "./row_help.ts";

const plainNames = signature([number("sepal_length_(cm)"), number("b")]);

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
