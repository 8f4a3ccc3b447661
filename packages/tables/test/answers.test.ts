import { describe, expect, test } from "vitest";
import { readRows, readTable, writeAnswers } from "../src/tables.ts";
import type { Kept } from "../src/types.ts";
import { utf8 } from "./kit.ts";

const CSV = "id,size,open,city\n1,1.5,true,a\n2,NA,false,\n";
const FORMATS = ["csv", "jsonl", "xlsx", "parquet", "arrow"];

test.each(FORMATS)("what stands for all rows is in every row of %s", async (format) => {
  const answers = { weight: [1.5, 2.5], unit: "gram" };
  const bytes = await writeAnswers(answers, { format, single: false });
  const { series } = await readTable(bytes, { format });
  expect(series.map(({ name, values }) => [name, values.flat()])).toEqual([
    ["weight", [1.5, 2.5]],
    ["unit", ["gram", "gram"]],
  ]);
});

describe("kept columns of a table of texts have the types that it gives them", () => {
  test.each(["xlsx", "parquet", "arrow"])("in %s", async (format) => {
    const keep = (await readRows(utf8(CSV), { format: "csv" })) as Kept;
    const bytes = await writeAnswers({ predict: [0.5, 1.5] }, { format, single: false, file: true, keep });
    const { series } = await readTable(bytes, { format });
    expect(series.map(({ name, dtype }) => [name, dtype])).toEqual([
      ["id", "int64"],
      ["size", "float64"],
      ["open", "bool"],
      ["city", "object"],
      ["predict", "float64"],
    ]);
    expect(series[3]!.values.flat()).toEqual(["a", format === "xlsx" ? Number.NaN : null]);
  });
  test.each(["xlsx", "parquet", "arrow"])("in %s, of a workbook", async (format) => {
    const kept = (await readRows(utf8(CSV), { format: "csv" })) as Kept;
    const book = await writeAnswers({ predict: [0.5, 1.5] }, { format: "xlsx", single: false, keep: kept });
    const keep = (await readRows(book, { format: "xlsx" })) as Kept;
    const bytes = await writeAnswers({ again: ["x", "y"] }, { format, single: false, file: true, keep });
    const { series } = await readTable(bytes, { format });
    expect(series.map(({ name }) => name)).toEqual(["id", "size", "open", "city", "predict", "again"]);
    expect(series[0]!.values.flat().map(Number)).toEqual([1, 2]);
    expect(series[4]!.values.flat()).toEqual([0.5, 1.5]);
  });
});
