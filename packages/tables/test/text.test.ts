import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatOf } from "../src/answers.ts";
import { parseCsv } from "../src/csv.ts";
import { readCsv } from "../src/csv_frame.ts";
import { writeCsvAnswers } from "../src/csv_write.ts";
import { formRows, parseForm } from "../src/form.ts";
import { parseJson, writeJson } from "../src/plain_text.ts";
import type { Answers, Formulas, Kept } from "../src/types.ts";
import { text as textOf, thrown, utf8 } from "./kit.ts";

const written = (answers: Answers, single: boolean, keep?: Kept, formulas?: Formulas) =>
  textOf(writeCsvAnswers(answers, { single, formulas, ...(keep && { keep }) }));

describe("JSON", () => {
  test("NaN and infinities are null, large integers keep their digits", () => {
    expect(
      writeJson({ predict: Number.NaN, more: [Number.POSITIVE_INFINITY, 2n ** 64n], none: undefined, text: "ñ\ud800" }),
    ).toBe('{"predict":null,"more":[null,18446744073709551616],"text":"ñ\\ud800"}');
  });
  test("integers beyond 2^53 are read with their digits, and nothing else changes", () => {
    const text = `{"a": 9007199254740993, "__proto__": [-12345678901234567890], "t1": "i1, 9007199254740993 ", "\\"2": "\\\\",
      "1": 0.12345678901234567, "big": 9007199254740993e3, "safe": 9007199254740991, "n": {"x": null, "y": true}}`;
    const plain = JSON.parse(text);
    const { a, ["__proto__"]: own, ...rest } = parseJson(text) as Record<string, unknown>;
    expect([a, own]).toEqual([9007199254740993n, [-12345678901234567890n]]);
    const { a: _, ["__proto__"]: __, ...others } = plain;
    expect(JSON.stringify(rest)).toBe(JSON.stringify(others));
    expect(parseJson('[NaN, 9007199254740993, "NaN"]')).toEqual([null, 9007199254740993n, "NaN"]);
    expect(parseJson("9007199254740993")).toBe(9007199254740993n);
    expect(() => parseJson("[9007199254740993, 09007199254740993]")).toThrow(/is not JSON/);
  });
  test("a row without an answer has no column of its own, and none loses its place", () => {
    const answers = { predict: [null, [1, 2]], probabilities: [null, { a: 1 }], error: ["bad", null] };
    expect(flatOf(answers, { single: false })).toEqual({
      names: ["predict1", "predict2", "probability_a", "error"],
      rows: [
        [undefined, undefined, undefined, "bad"],
        [1, 2, 1, null],
      ],
    });
    expect(flatOf({ predict: [null], error: ["bad"] }, { single: false }).names).toEqual(["predict", "error"]);
  });
  test("what is no JSON is an error that says so", () => {
    expect(thrown(() => parseJson("{"))).toMatchObject({ code: "E_TABLE", fields: { format: "JSON" } });
    expect(thrown(() => parseJson("{", { line: 3 }))).toMatchObject({
      message: expect.stringMatching(/^line 3 is not JSON/),
    });
    expect(() => parseJson(" ")).toThrow(/empty/);
  });
  test("every plain value is read back as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(writeJson(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

describe("CSV", () => {
  test("names that come twice are numbered as pandas numbers them, past names that are there", () => {
    const names = readCsv(utf8("x,x,x.1,x,y,y\n1,2,3,4,5,6\n")).series.map(({ name }) => name);
    expect(names).toEqual(["x", "x.2", "x.1", "x.3", "y", "y.1"]);
  });
  test.each(["x", ""])("20,000 columns with the name '%s' are read in time that grows with their number", (name) => {
    const from = performance.now();
    const { series } = readCsv(utf8(`a${`,${name}`.repeat(20_000)}\n1${",2".repeat(20_000)}\n`));
    expect(series.at(-1)!.name).toBe(name === "" ? "Unnamed: 20000" : `${name}.19999`);
    expect(performance.now() - from).toBeLessThan(3000);
  });
  test("has a header; empty cells are missing", () => {
    expect(parseCsv('a,"b, c"\r\n1,\r\n"x ""y""",2\r\n')).toEqual({
      columns: ["a", "b, c"],
      rows: [
        ["1", null],
        ['x "y"', "2"],
      ],
    });
  });
  test.each([";", "\t"])("may be separated by %j", (delimiter) => {
    expect(parseCsv(`a${delimiter}b\n1${delimiter}2`)).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
  });
  test.each(["", "\n\n", 'a,b\n"1,2'])("%j is an error", (text) => {
    expect(thrown(() => parseCsv(text))).toMatchObject({ code: "E_TABLE", fields: { format: "CSV" } });
  });
  test("answers are columns", () => {
    expect(
      written(
        {
          predict: ["a", "b,c"],
          probabilities: [
            { a: 1, b: 0 },
            { a: 0.5, b: 0.5 },
          ],
        },
        false,
      ),
    ).toBe('predict,probability_a,probability_b\na,1,0\n"b,c",0.5,0.5\n');
    expect(written({ predict: [1, Number.NaN] }, true)).toBe("predict1,predict2\n1,\n");
    expect(written({ predict: [] }, false)).toBe("predict\n");
    expect(written({ predict: 3, neighbors: [{ index: 4, distance: 0.5 }] }, true)).toBe(
      "predict,neighbor1_index,neighbor1_distance\n3,4,0.5\n",
    );
  });
  test("keeps the columns of the input", () => {
    expect(written({ predict: [7] }, false, { columns: ["id", "x"], rows: [["0", null]] })).toBe(
      "id,x,predict\n0,,7\n",
    );
  });
  test("any text survives", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => value.trim() !== "" && !value.includes("\u0000"));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (values) => {
        const { rows } = parseCsv(written({ first: values.map(() => "x"), second: values }, false, undefined, "keep"));
        expect(rows.map((row) => row[1])).toEqual(values);
      }),
    );
  });
});

test("escapes of a form that are no UTF-8 are of its charset, or of that of old pages", () => {
  const rows = (text: string, charset?: string) => formRows(utf8(text), charset === undefined ? {} : { charset });
  const city = { rows: [{ city: "São Paulo €" }], single: true };
  expect(rows("city=S%E3o+Paulo%20%80")).toMatchObject(city);
  expect(rows("city=S%C3%A3o+Paulo+%E2%82%AC")).toMatchObject(city);
  expect(rows("&city=S%E3o+Paulo+%A4", "iso-8859-15")).toMatchObject(city);
  expect(parseForm("%E1=%EF%BF%BD&b=%ZZ=%")).toEqual({ "\ufffd": "\ufffd", b: "%ZZ=%" });
  expect(parseForm("%E1=1&b=%ZZ=%&c")).toEqual({ á: "1", b: "%ZZ=%", c: null });
});

test("forms are one row", () => {
  expect(parseForm("a=1&b=&c=x+y%21&a=2&__proto__=3")).toEqual(
    Object.fromEntries([
      ["a", "2"],
      ["b", null],
      ["c", "x y!"],
      ["__proto__", "3"],
    ]),
  );
  expect(formRows(utf8(' \n{"a":1}'), {})).toEqual({ value: { a: 1 } });
  expect(formRows(utf8('{"a":{"$float":"inf"}}'), {})).toEqual({ value: { a: Number.POSITIVE_INFINITY } });
  expect(formRows(utf8("a=1"), {})).toEqual({ rows: [{ a: "1" }], single: true, text: "form" });
});
