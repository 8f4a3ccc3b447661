import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRows, readTable } from "../src/tables.ts";
import { book, cell } from "./books.ts";
import { ROOT } from "./kit.ts";

const FILES: Record<string, string> = JSON.parse(readFileSync(join(ROOT, "fixtures/tables/labels.json"), "utf8"));
const file = (name: string) => new Uint8Array(Buffer.from(FILES[name]!, "base64"));
const columns = ["age", "fare", "when", "vip"];
const rows = [
  [22, 7.25, "2024-01-02", true],
  [38, null, "2024-02-29", false],
];

describe("labels of rows come beside the columns (oracle/labels.py)", () => {
  test.each([
    ["arrow", "arrow"],
    ["parquet", "parquet"],
    ["openpyxl", "xlsx"],
    ["xlsxwriter", "xlsx"],
  ])("%s", async (name, format) => {
    expect(await readRows(file(name), { format })).toMatchObject({ columns, rows, index: ["a", "b"] });
  });
});

describe("workbooks", () => {
  test.each(["openpyxl below a title", "xlsxwriter below a title"])("%s", async (name) => {
    const expected = { columns, rows };
    expect(await readRows(file(name), { format: "xlsx" })).toMatchObject(expected);
    expect(await readRows(file(name), { format: "xlsx", header: 3 })).toMatchObject(expected);
  });
  test("with formulas have the values that were kept; errors are missing, texts that are numbers are numbers", async () => {
    const formulas = file("formulas");
    expect(await readRows(formulas, { format: "xlsx" })).toEqual({
      columns: ["sum", "error", "text", "flag", "when"],
      rows: [
        [3, null, "1.5", true, "2024-01-02 03:04:05"],
        [4, null, "2", false, null],
      ],
      text: "table",
    });
    const { series } = await readTable(formulas, { format: "xlsx" });
    expect(series.map(({ dtype }) => dtype)).toEqual(["int64", "float64", "float64", "bool", "datetime64[ns]"]);
    expect(series[2]!.values.tolist()).toEqual([1.5, 2]);
  });
  const texts = (row: number, ...values: string[]) =>
    `<row r="${row}">${values.map((value, at) => (value === "" ? "" : cell(`${"ABCD"[at]}${row}`, value, "str"))).join("")}</row>`;
  test("with titles have their header where the model's names are", async () => {
    const bytes = book({ rows: texts(1, "Report", "of May") + texts(3, "age", "fare") + texts(4, "1", "2") });
    expect(await readRows(bytes, { format: "xlsx", features: ["fare", "age"] })).toMatchObject({
      columns: ["age", "fare"],
      rows: [["1", "2"]],
    });
    expect(await readRows(bytes, { format: "xlsx", header: 3 })).toMatchObject({ columns: ["age", "fare"] });
  });
  test("may have no header, decimal commas in texts, and the header again by mistake", async () => {
    const plain = book({ rows: texts(1, "1,5", "x") + texts(2, "2.000,25", "y") });
    expect(await readRows(plain, { format: "xlsx", header: "absent" })).toEqual({
      rows: [
        ["1,5", "x"],
        ["2.000,25", "y"],
      ],
      text: "table",
      notation: { decimal: ",", thousands: "." },
    });
    expect((await readTable(plain, { format: "xlsx", header: "absent" })).tolist()).toEqual([
      [1.5, "x"],
      [2000.25, "y"],
    ]);
    const twice = book({ rows: texts(2, "a", "b") + texts(3, "1", "2") + texts(4, "a", "b") });
    await expect(readRows(twice, { format: "xlsx" })).rejects.toThrow("line 4 is the header again (row 2)");
  });
});
