import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpProblem, pointerOf, problemOf } from "../src/http/problem.ts";
import { parseCsv, writeCsv } from "../src/representations/csv.ts";
import { isJsonInDisguise, parseForm } from "../src/representations/form.ts";
import { parseJson, writeJson } from "../src/representations/json.ts";

describe("JSON", () => {
  test("NaN and infinities are null, large integers keep their digits", () => {
    expect(
      writeJson({ predict: Number.NaN, more: [Number.POSITIVE_INFINITY, 2n ** 64n], none: undefined, text: "ñ\ud800" }),
    ).toBe('{"predict":null,"more":[null,18446744073709551616],"text":"ñ\\ud800"}');
  });
  test("what is no JSON is a 400", () => {
    expect(() => parseJson("{")).toThrow(HttpProblem);
    expect(() => parseJson(" ")).toThrow(/empty/);
  });
  test("every plain value is read back as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(parseJson(writeJson(value)))).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe("CSV", () => {
  test("has a header; empty cells are missing", async () => {
    expect(await parseCsv('a,"b, c"\r\n1,\r\n"x ""y""",2\r\n')).toEqual({
      columns: ["a", "b, c"],
      rows: [
        ["1", null],
        ['x "y"', "2"],
      ],
    });
  });
  test.each([";", "\t"])("may be separated by %j", async (delimiter) => {
    expect(await parseCsv(`a${delimiter}b\n1${delimiter}2`)).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
  });
  test.each(["", "\n\n", 'a,b\n"1,2'])("%j is a 400", async (text) => {
    await expect(parseCsv(text)).rejects.toThrow(HttpProblem);
  });
  test("answers are columns", () => {
    expect(
      writeCsv(
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
    expect(writeCsv({ predict: [1, Number.NaN] }, true)).toBe("predict1,predict2\n1,\n");
    expect(writeCsv({ predict: [] }, false)).toBe("predict\n");
    expect(writeCsv({ predict: 3, neighbors: [{ index: 4, distance: 0.5 }] }, true)).toBe(
      "predict,neighbor1_index,neighbor1_distance\n3,4,0.5\n",
    );
  });
  test("keeps the columns of the input", () => {
    expect(writeCsv({ predict: [7] }, false, { columns: ["id", "x"], rows: [["0", null]] })).toBe(
      "id,x,predict\n0,,7\n",
    );
  });
  test("any text survives", async () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => value.trim() !== "" && !value.includes("\u0000"));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (values) => {
        const { rows } = await parseCsv(writeCsv({ first: values.map(() => "x"), second: values }, false));
        expect(rows.map((row) => row[1])).toEqual(values);
      }),
    );
  });
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
  expect(isJsonInDisguise(' \n{"a":1}')).toBe(true);
  expect(isJsonInDisguise("a=1")).toBe(false);
});

describe("problems", () => {
  test.each([
    [[], "#"],
    [[2, "bmi"], "#/2/bmi"],
    [["a/b~c"], "#/a~1b~0c"],
    [["größe", "x y"], "#/gr%C3%B6%C3%9Fe/x%20y"],
    [["\ud800"], "#/%EF%BF%BD"],
    [["a#%?"], "#/a%23%25%3F"],
  ])("%j is pointed at by %s", (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer);
  });
  test("an error that nobody foresaw says nothing of its inside", () => {
    const problem = problemOf(new Error("secret at /home/me/x.ts:1"));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/secret|home|stack/);
  });
});
