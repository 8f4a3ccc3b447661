import { DataFrame } from "@curtido/arrays";
import { describe, expect, it } from "vitest";
import { Design } from "../../src/formula/design.ts";
import { partsOf } from "../../src/formula/names.ts";
import { parseExpression } from "../../src/formula/parse.ts";

const frame = DataFrame.fromRecords([
  { x: 1, g: "a", "two words": 3 },
  { x: 2, g: "b", "two words": 5 },
  { x: 4, g: "c", "two words": 8 },
]);
const matrix = (names: string[], rows = frame, language: "patsy" | "formulaic" = "patsy") =>
  Array.from(new Design(names, frame, language).matrix(rows));

describe("names of columns", () => {
  it("are products of factors, split outside brackets and quotes", () => {
    expect(partsOf("C(g, Treatment('a:b'))[T.c: d]:np.log(x)", new Set())).toEqual([
      { factor: "C(g, Treatment('a:b'))", level: "T.c: d" },
      { factor: "np.log(x)", level: undefined },
    ]);
    expect(partsOf("g[T.o'e]:x", new Set(["g", "x"])).map(({ level }) => level)).toEqual(["T.o'e", undefined]);
    expect(partsOf("a:b", new Set(["a:b"]))).toEqual([{ factor: "a:b", level: undefined }]);
    expect(partsOf("C(n, Poly)^4", new Set())).toEqual([{ factor: "C(n, Poly)", level: "^4" }]);
  });
});

describe("expressions", () => {
  it("bind as Python's do", () => {
    expect(matrix(["I(-x ** 2 + 2 * x / 4)"])).toEqual([-0.5, -3, -14]);
    expect(matrix(["I(2 ** 3 ** x // 1)"])).toEqual([8, 512, 2 ** 81]);
    expect(matrix(["I((x > 1) & (g != 'c'))[T.True]"])).toEqual([0, 1, 0]);
    expect(matrix(["Q('two words')"])).toEqual([3, 5, 8]);
    expect(matrix(["np.power(x, 2):g[T.b]"])).toEqual([0, 4, 0]);
  });

  it("that are no arithmetic on columns are refused, and nothing is called", () => {
    for (const text of [
      "open('x')",
      "x.real",
      "x[0]",
      "lambda: 1",
      "__import__('os')",
      "(x",
      "x +",
      "np.linalg.norm(x)",
      "bs(x, df=100000)",
      "poly(x, 1e9)",
      `${"(".repeat(200)}x`,
      "x".repeat(5000),
      "y",
    ])
      expect(() => matrix([text]), text).toThrow(expect.objectContaining({ code: "E_STATE" }));
    expect(() => matrix(["pd.cut(x, 3)[T.a]"])).toThrow(/calls 'pd.cut', which is not among the functions/);
    expect(() => parseExpression("f(a=1, 2")).toThrow(/cannot be read/);
  });
});

describe("transforms", () => {
  const later = DataFrame.fromRecords([{ x: 3, g: "a", "two words": 0 }]);

  it("remember what training was like", () => {
    expect(matrix(["center(x)"], later)[0]).toBeCloseTo(3 - 7 / 3, 14);
    const deviation = (ddof: number) => Math.sqrt(14 / 3 / (3 - ddof));
    expect(matrix(["scale(x)"], later)[0]).toBeCloseTo(2 / 3 / deviation(0), 14);
    expect(matrix(["scale(x)"], later, "formulaic")[0]).toBeCloseTo(2 / 3 / deviation(1), 14);
  });

  it("refuse what lies outside a spline's bounds, as Python does", () => {
    const outside = DataFrame.fromRecords([{ x: 9, g: "a", "two words": 0 }]);
    expect(() => matrix(["bs(x, df=4)[0]"], outside)).toThrow(/9 is outside the bounds 1 and 4/);
  });
});

describe("categories", () => {
  it("that training has not seen are refused by name, and missing ones make a row missing", () => {
    const unseen = DataFrame.fromRecords([{ x: 1, g: "z", "two words": 0 }]);
    expect(() => matrix(["Intercept", "g[T.b]"], unseen)).toThrow(/'g' is "z", which training has not seen/);
    const missing = DataFrame.fromRecords([
      { x: 1, g: null, "two words": 0 },
      { x: 1, g: "b", "two words": 0 },
    ]);
    expect(matrix(["Intercept", "g[T.b]"], missing)).toEqual([Number.NaN, Number.NaN, 1, 1]);
  });

  it("have the contrasts that the names of their columns say", () => {
    expect(matrix(["C(g, Sum)[S.a]", "C(g, Sum)[S.b]"])).toEqual([1, 0, 0, 1, -1, -1]);
    expect(matrix(["C(g, Helmert)[H.b]", "C(g, Helmert)[H.c]"])).toEqual([-1, -1, 1, -1, 0, 2]);
    expect(matrix(["C(g, Diff)[D.a]"])).toEqual([-2 / 3, 1 / 3, 1 / 3]);
    expect(() => matrix(["g[T.q]"])).toThrow(/is no column of a known contrast/);
    expect(() => matrix(["C(g, Mine)[T.a]"])).toThrow(/'Mine', which is not known/);
  });
});
