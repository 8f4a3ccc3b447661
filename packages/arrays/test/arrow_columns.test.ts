import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Decimal, Dict } from "@curtido/pickle";
import { describe, expect, it, test } from "vitest";
import { columnOf, type DataFrame, dumps, fromJson, loads, NdArray, Series, toJson } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures/pyarrow");

/** Ticks of dates and durations, texts of decimals; `null` for what is missing. */
function plain(column: Series): (string | null)[] {
  return Array.from(column.values.data as ArrayLike<unknown>, (value) =>
    value === null || value === -(2n ** 63n) ? null : String(value),
  );
}

const check = (frame: DataFrame, expected: { arrow: Record<string, string>; values: Record<string, unknown> }) => {
  expect(Object.fromEntries(frame.series.map((column) => [column.name, column.arrow]))).toEqual(expected.arrow);
  expect(Object.fromEntries(frame.series.map((column) => [column.name, plain(column)]))).toEqual(expected.values);
  expect(frame.rowIndex.labels).toEqual(["a", "b", "c"]);
  expect(frame.attrs).toEqual(
    new Dict<unknown>([
      ["source", "ñ"],
      ["n", 1n],
    ]),
  );
};

describe.each(["pd2", "pd3"])("columns of pyarrow in a frame of %s", (tag) => {
  const frame = loads(readFileSync(join(root, `columns.${tag}.pickle`)), { exact: true }) as DataFrame;
  const expected = JSON.parse(readFileSync(join(root, `columns.${tag}.json`), "utf8"));

  it("hold what pandas has, and its attrs", () => {
    check(frame, expected);
    expect(frame.series.map(({ dtype }) => dtype)).toEqual([
      "datetime64[s]",
      "datetime64[ms]",
      "datetime64[s]",
      "datetime64[ns, Europe/Madrid]",
      "timedelta64[us]",
      "decimal128(10, 2)[pyarrow]",
      "decimal128(38, 0)[pyarrow]",
      "int16[pyarrow]",
    ]);
  });

  it("are written as columns of pyarrow", () => {
    for (const protocol of [2, 4, 5])
      check(loads(dumps(frame, { exact: true, protocol }), { exact: true }) as DataFrame, expected);
  });
});

test("typed JSON keeps what pyarrow keeps, and attrs", () => {
  const frame = loads(readFileSync(join(root, "columns.pd3.pickle")), { exact: true }) as DataFrame;
  const expected = JSON.parse(readFileSync(join(root, "columns.pd3.json"), "utf8"));
  check(fromJson(toJson(frame, { exact: true }), { exact: true }) as DataFrame, expected);
  const series = new Series({ ...columnOf("x", [1.5]), arrow: "double" }, undefined, new Dict([["unit", "m"]]));
  const again = fromJson(toJson(series)) as Series;
  expect([again.arrow, again.attrs]).toEqual(["double", series.attrs]);
});

const rewritten = (column: Series) => loads(dumps(column, { exact: true }), { exact: true }) as Series;
const objects = (items: unknown[]) => NdArray.objects(items, [items.length]);

test.each([
  ["string", ["a", null, "ñ"]],
  ["large_string", ["", "b"]],
  ["bool", [true, null, false, true, true, true, true, true, false]],
  ["uint64", [1n, null, 2n ** 64n - 1n]],
  ["int8", [1n, -1n]],
  ["halffloat", [1.5, null]],
  ["double", [1e300, null, Number.POSITIVE_INFINITY]],
  ["null", [null, null]],
  ["int64", []],
  ["decimal128(5, -2)", [new Decimal("12E+2"), null]],
])("a column of %s is read as it was written", (arrow, items) => {
  const again = rewritten(new Series({ name: "x", values: objects(items), dtype: `${arrow}[pyarrow]`, arrow }));
  expect(again.arrow).toBe(arrow);
  expect(again.values.flat().map(Number)).toEqual(items.map(Number));
});

test("what does not fit a type of pyarrow is refused", () => {
  const series = (arrow: string, item: unknown) =>
    new Series({ name: "x", values: objects([item]), dtype: "object", arrow });
  expect(() => rewritten(series("decimal128(5, 1)", new Decimal("1.25")))).toThrow(/1\.25 does not fit/);
  expect(() => rewritten(series("int8", 300n))).toThrow();
  expect(rewritten(new Series({ ...columnOf("x", ["a"]), arrow: "string", dtype: "string" })).arrow).toBe("string");
});
