import { describe, expect, test } from "vitest";
import { csvRows, parseCsv } from "../src/csv.ts";
import { readCsv } from "../src/csv_frame.ts";
import { plainNumber } from "../src/notation.ts";
import { delimiterOf } from "../src/sniff.ts";
import type { Reading } from "../src/types.ts";
import { thrown, utf8 } from "./kit.ts";

const rowsOf = (text: string, reading: Reading = {}) => parseCsv(text, reading).rows;
const problem = (text: string, reading: Reading = {}) => thrown(() => parseCsv(text, reading));

describe("every line is a row", () => {
  test("a quoted nothing is a missing value; a line of nothing is none, as in pandas", () => {
    expect(rowsOf('x\n1.0\n""\n3.0\n')).toEqual([["1.0"], [null], ["3.0"]]);
    expect(rowsOf('x\n\n1\n  \n""\n\r\n')).toEqual([["1"], [null]]);
    expect(rowsOf("a,b\n,\n")).toEqual([[null, null]]);
  });
  test("quotes open where a cell begins; what follows them belongs to the cell", () => {
    expect(rowsOf('a,b\n5" pipe,"x"" y"\n"p"q,"1\n2"\n')).toEqual([
      ['5" pipe', 'x" y'],
      ["pq", "1\n2"],
    ]);
  });
  test("lines end in three ways", () => {
    expect(rowsOf("a,b\r1,2\r\n3,4\n5,6")).toEqual([
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
    expect(rowsOf('a,b\r"1",2\r"3",4\r')).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });
});

describe("what separates cells", () => {
  test.each([
    ["a,b\n1,2\n", ","],
    ["a;b\n1,5;2\n", ";"],
    ["a\tb\n1\t2\n", "\t"],
    ["a|b|c\n1|2|3\n", "|"],
    ["speed (km/h, max);b\n1,5;2\n", ";"],
    ["name,notes | more\nx,y\n", ","],
    ['"a;b",c\n1,2\n', ","],
    ["only\n1\n", ","],
    ["sep=;\na,x;b\n1;2\n", ";"],
  ])("%j", (text, separator) => {
    expect(delimiterOf(text)).toBe(separator);
  });
  test("is named in a first line by Excel, or by the reader", () => {
    expect(parseCsv("sep=;\r\na;b\r\n1;2\r\n")).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
    expect(parseCsv("a\n1,0\n2,5\n", { decimal: "," }).rows).toEqual([["1,0"], ["2,5"]]);
    expect(parseCsv("a:b\n1:2\n", { separator: ":" })).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
    expect(problem("a", { separator: "::" })).toMatchObject({ code: "E_ARGUMENT" });
    expect(problem("sep=;\na;b\n1\n")).toMatchObject({ fields: { line: 3 } });
  });
});

describe("headers", () => {
  const features = ["age", "fare"];
  test("are found below titles by the names that a model has", () => {
    const text = "Report of May\n\nmade by hand;\nage;fare\n1;2\n";
    expect(parseCsv(text, { features })).toEqual({ columns: features, rows: [["1", "2"]] });
  });
  test("are the first line where no names are found", () => {
    expect(parseCsv("x,y\n1,age\n", { features }).columns).toEqual(["x", "y"]);
  });
  test("may stand in a line by its number, or be absent", () => {
    expect(parseCsv("title\n\nage,fare\n1,2\n", { header: 3 }).columns).toEqual(features);
    expect(parseCsv("1,2\n3,4\n", { header: "absent" })).toEqual({
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
    });
    expect(problem("age\n1\n", { header: 7 })).toMatchObject({ code: "E_TABLE", fields: { line: 7 } });
    expect(parseCsv("1,2\nage,fare\n3,4\n", { header: "present", features }).columns).toEqual(["1", "2"]);
  });
  test("with hard spaces are the names that a model has", () => {
    expect(parseCsv("\u00a0age\u00a0,net\u00a0fare\n1,2\n", { features: ["age", "net fare"] }).columns).toEqual([
      "age",
      "net fare",
    ]);
    expect(parseCsv("net\u00a0fare\n1\n", { features: ["net\u00a0fare"] }).columns).toEqual(["net\u00a0fare"]);
  });
  test("that come again are refused with the line", () => {
    expect(problem("a,b\n1,2\na,b\n")).toMatchObject({ message: "line 3 is the header again (row 2)" });
    expect(rowsOf("a\na\n")).toEqual([["a"]]);
  });
});

describe("columns", () => {
  test("without a name in front are labels, as to_csv and R write them", () => {
    expect(parseCsv(",age\n7,1\n8,2\n")).toEqual({ columns: ["age"], rows: [["1"], ["2"]], index: ["7", "8"] });
    expect(parseCsv('"age","fare"\n"1",22,7.25\n"2",38,71\n')).toEqual({
      columns: ["age", "fare"],
      rows: [
        ["22", "7.25"],
        ["38", "71"],
      ],
      index: ["1", "2"],
    });
    expect(parseCsv(",age\n7,1\n", { features: ["Unnamed: 0", "age"] })).toEqual({
      columns: ["Unnamed: 0", "age"],
      rows: [["7", "1"]],
    });
  });
  test("on the right without anything in them are none", () => {
    expect(parseCsv("a,b,,\n1,2,,\n3,4,,\n")).toEqual({
      columns: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
    });
    expect(parseCsv("a,b\n1,2,\n3,4,\n")).toEqual({
      columns: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
    });
    expect(parseCsv("a,,c,\n1,2,3,4\n").columns).toEqual(["a", "Unnamed: 1", "c", "Unnamed: 3"]);
  });
});

test.each([
  ["a,b\n1,2\n3\n", "line 3 has 1 cell, where the header has 2 (row 2)"],
  ['a,b\n"1\n",2\n3,4,5\n', "line 4 has 3 cells, where the header has 2 (row 2)"],
  ['a,b\n1,2\n3,"4\n', "line 3 has a quote that is not closed before the end"],
])("%j is an error with its line", (text, message) => {
  expect(problem(text)).toMatchObject({ code: "E_TABLE", message });
  expect(() => readCsv(utf8(text))).toThrow(message);
});

describe("numbers", () => {
  test.each<[string, unknown, Reading?]>([
    ["a;b\n1,5;2\n", { decimal: "," }],
    ["a\tb\n1.234,5\t2\n", { decimal: ",", thousands: "." }],
    ["a;b\n1.234;2,5\n", { decimal: ",", thousands: "." }],
    ["a;b\n1 234,5;2\n", { decimal: ",", thousands: " " }],
    ["a;b\n1,234;2\n", undefined],
    ["a;b\n1,5;2.5\n", undefined],
    ['a,b\n"1,5",2\n', undefined],
    ['a,b\n"1,234.5","2,345"\n', { thousands: "," }],
    ["a;b\n1,234;2\n", { decimal: "," }, { decimal: "," }],
    ["a;b\n1,5;2\n", undefined, { decimal: "." }],
    ["a,b\n1,2\n", { missing: ["?", "-1"] }, { missing: ["?", "-1"] }],
  ])("%j are written with %j", (text, notation, reading = {}) => {
    expect(parseCsv(text, reading).notation).toEqual(notation);
  });
  test.each([
    ["1.234,5", "1234.5"],
    ["-1.234.567", "-1234567"],
    ["1,5e3", "1.5e3"],
    [",5", ".5"],
    ["12.34", undefined],
    ["1,2,3", undefined],
    ["x", undefined],
    ["", undefined],
  ])("%j is %j where the comma is decimal", (text, plain) => {
    expect(plainNumber(text, { decimal: ",", thousands: "." })).toBe(plain);
  });
  test("of European tables are numbers of a frame; texts beside them stay", () => {
    const frame = readCsv(utf8("precio;ciudad;n\n1.234,50;Cádiz;1\n;Lugo, A;NA\n2,5;x;3\n"), {});
    expect(frame.series.map(({ dtype }) => dtype)).toEqual(["float64", "object", "float64"]);
    expect(frame.tolist()).toEqual([
      [1234.5, "Cádiz", 1],
      [Number.NaN, "Lugo, A", Number.NaN],
      [2.5, "x", 3],
    ]);
  });
  test("with further spellings of missing ones are floats of a frame", () => {
    expect(readCsv(utf8("a,b\n1,x\n?,?\n"), { missing: ["?"] }).tolist()).toEqual([
      [1, "x"],
      [Number.NaN, Number.NaN],
    ]);
  });
});

test("a table without a header is a frame with numbers for names", () => {
  const frame = readCsv(utf8("1,x\n2,y\n"), { header: "absent" });
  expect(frame.series.map(({ name }) => name)).toEqual([0, 1]);
  expect(frame.tolist()).toEqual([
    [1, "x"],
    [2, "y"],
  ]);
});

test("rows say what was supposed of their encoding", () => {
  const rows = csvRows(Uint8Array.from([...utf8("a,b\n"), 0xf1, 0x2c, 0x31, 0x0a]), {});
  expect(rows).toEqual({
    columns: ["a", "b"],
    rows: [["ñ", "1"]],
    text: "table",
    notes: [expect.stringContaining("windows-1252")],
  });
});

describe("hostile", () => {
  test("100,000 columns, and a cell of 100 MB, are read soon", () => {
    const from = performance.now();
    const wide = Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(",");
    expect(parseCsv(`${wide}\n${"1,".repeat(99_999)}1\n`).columns!.length).toBe(100_000);
    expect(problem(`${wide}\n1\n`)).toMatchObject({
      message: "line 2 has 1 cell, where the header has 100000 (row 1)",
    });
    const long = `a,b\n"${"x".repeat(1e8)}",1\n`;
    expect(parseCsv(long).rows[0]![0]!.length).toBe(1e8);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
  test("quotes and lines by the million are read in time that grows with their number", () => {
    const from = performance.now();
    expect(rowsOf(`a\n${'"x"\n'.repeat(1e6)}`).length).toBe(1e6);
    expect(rowsOf(`a\n"${'""'.repeat(2e6)}"\n`)[0]![0]!.length).toBe(2e6);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});
