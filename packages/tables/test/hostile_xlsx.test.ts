// Workbooks that cost far more than they weigh, or that no writer would write: an answer or one clear error, at once.
import { nodeInflate } from "@curtido/arrays/node";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { readRows, readTable } from "../src/tables.ts";
import { isDate } from "../src/xlsx/styles.ts";
import { readXml } from "../src/xlsx/xml.ts";
import { type BookParts, book, cell } from "./books.ts";

const rowOf = (row: number, ...cells: readonly string[]) => `<row r="${row}">${cells.join("")}</row>`;
const header = rowOf(1, cell("A1", "x", "str"), cell("B1", "y", "str"));

/** What reading ends with, for tables and for rows alike, and how long it took in milliseconds. */
async function outcome(bytes: Uint8Array): Promise<{ readonly said: string; readonly took: number }> {
  const began = performance.now();
  const said = new Set<string>();
  for (const read of [readTable, readRows])
    try {
      await read(bytes, { format: "xlsx", inflate: nodeInflate });
      said.add("read");
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      said.add(`${error.code}: ${error.message}`);
    }
  return { said: [...said].join(" | "), took: performance.now() - began };
}

const zeros = new Uint8Array(300_000_000).fill(0x20);
const HOSTILE: readonly (readonly [string, BookParts, RegExp])[] = [
  ["a cell in the last corner", { rows: rowOf(1, cell("XFD1048576", 1)) }, /^E_TABLE_LIMIT: .*cells$/],
  [
    "a cell far from all others",
    { rows: header + rowOf(1_000_000, cell("Z1000000", 1)) },
    /^E_TABLE_LIMIT: .* empty cells around the 3 that hold something$/,
  ],
  ["a cell beyond the sheet", { rows: rowOf(1, cell("ZZZZZZ999999999", 1)) }, /ZZZZZZ999999999 lies beyond XFD1048576/],
  ["a column beyond the sheet", { rows: rowOf(1, cell("XFE1", 1)) }, /XFE1 lies beyond XFD1048576/],
  ["a row beyond the sheet", { rows: rowOf(1_048_577, "") }, /row '1048577'; a sheet has 1048576/],
  ["a row that is no number", { rows: '<row r="1e9"/>' }, /row '1e9'/],
  ["a place hidden behind entities", { rows: rowOf(1, cell("&#90;&#90;ZZ9", 1)) }, /ZZZZ9 lies beyond/],
  ["no place", { rows: rowOf(1, cell("A0", 1)) }, /'A0', which is no place/],
  ["a place of a million letters", { rows: rowOf(1, cell("A".repeat(1e6), 1)) }, /which is no place in a sheet/],
  ["a cell twice", { rows: rowOf(1, cell("A1", 1), cell("A1", 2)) }, /cell A1 comes behind its cell A1/],
  ["a row twice", { rows: rowOf(1, cell("A1", 1)) + rowOf(1, cell("A1", 1)) }, /row 1 comes behind its row 1/],
  ["a text that is not there", { rows: rowOf(1, cell("A1", 7, "s")) }, /A1 holds the text 7, which is not there/],
  ["a kind of cell that is not known", { rows: rowOf(1, cell("A1", 7, "q")) }, /of the kind 'q'/],
  ["a sheet that unfolds to 300 MB", { sheet: zeros }, /^E_TABLE_LIMIT: the xlsx file holds more than \d+ bytes$/],
  ["texts that unfold to 300 MB", { rows: header, texts: zeros }, /^E_TABLE_LIMIT: .* bytes$/],
  ["a text longer than Excel's", { rows: rowOf(1, cell("A1", "x".repeat(40_000), "str")) }, /characters in one cell/],
  ["deep XML", { sheet: "<a>".repeat(100_000) }, /nests deeper than 500/],
  [
    "entities that unfold",
    { sheet: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>' },
    /its XML has a document type/,
  ],
  ["an entity that is not known", { rows: rowOf(1, cell("A1", "&a;", "str")) }, /entity that is not known: &a;/],
  ["XML that ends too early", { sheet: "<worksheet><sheetData><row" }, /ends too early/],
  ["XML that is not closed", { sheet: "<worksheet><sheetData>" }, /<sheetData> is not closed/],
  ["XML closed crosswise", { sheet: "<a><b></a></b>" }, /closes what is not open/],
  ["a quote that is not closed", { sheet: `<worksheet a="${"x".repeat(100_000)}` }, /ends too early/],
  ["no sheet", { workbook: "<workbook><sheets/></workbook>" }, /it has no sheet/],
  ["an empty sheet", {}, /its sheet is empty/],
];

describe("hostile workbooks", () => {
  test.each(HOSTILE)("%s", async (_, parts, words) => {
    const { said, took } = await outcome(book(parts));
    expect(said).toMatch(words);
    expect(said).not.toContain(" | "); // both ways alike
    expect(took).toBeLessThan(1000);
  });

  test("the limits of the caller hold: cells, and bytes over all parts", async () => {
    const rows = Array.from({ length: 100 }, (_, at) => rowOf(at + 1, cell(`A${at + 1}`, "aaaaaaaaaa", "str"))).join(
      "",
    );
    const read = (limits: { cells: number; bytes: number }) =>
      readTable(book({ rows }), { format: "xlsx", limits }).then((table) => table.length);
    expect(await read({ cells: 100, bytes: 1e6 })).toBe(99);
    await expect(read({ cells: 99, bytes: 1e6 })).rejects.toMatchObject({
      code: "E_TABLE_LIMIT",
      fields: { most: 99 },
    });
    await expect(read({ cells: 100, bytes: 5000 })).rejects.toMatchObject({ code: "E_TABLE_LIMIT" });
  });
});

test("a workbook is read as it is meant", async () => {
  const texts = `<sst><si><t>uno</t></si><si><r><t>d</t></r><r><t xml:space="preserve">o s</t></r><rPh><t>no</t></rPh></si></sst>`;
  const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm;@"/></numFmts>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`;
  const rows = `<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>x&amp;<![CDATA[<y>]]></t></is></c><c r="D1" t="str"><v>_x0041_b</v></c></row>
    <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45292</v></c><c r="D3" t="b"><v>1</v></c></row>
    <row r="4"><c r="B4" s="2"><v>45292.5</v></c><c r="C4" t="e"><v>#DIV/0!</v></c><c r="D4" s="0"/></row>`;
  const read = await readRows(book({ rows, texts, styles }), { format: "xlsx" });
  expect(read).toMatchObject({
    columns: ["uno", "x&<y>", "Unnamed: 2", "Ab"],
    rows: [
      [null, null, null, null],
      ["do s", "2024-01-01 00:00:00", null, true],
      [null, "2024-01-01 12:00:00", null, null],
    ],
  });
});

test("a row that holds nothing but errors of formulas is a row, as pandas reads it", async () => {
  const rows = `<row r="1">${cell("A1", "a", "str")}${cell("B1", "b", "str")}</row><row r="2">${cell("A2", 1)}${cell("B2", 2)}</row>
    <row r="3">${cell("A3", "#N/A", "e")}${cell("B3", "#DIV/0!", "e")}</row>`;
  const read = await readRows(book({ rows }), { format: "xlsx" });
  expect(read).toMatchObject({
    columns: ["a", "b"],
    rows: [
      [1, 2],
      [null, null],
    ],
  });
  expect((await readTable(book({ rows }), { format: "xlsx" })).length).toBe(2);
});

test("formats of dates are told from those of numbers", () => {
  for (const code of [
    "yyyy\\-mm\\-dd;@",
    "[h]:mm",
    "mm:ss.0",
    "d mmm",
    "[$-409]h:mm\\ AM/PM;@",
    "yyyy-mm-dd hh:mm:ss.000",
  ])
    expect(isDate(code), code).toBe(true);
  for (const code of ["0.00", "0.00%", "#,##0", "General", '"d"0', "[Red]0", undefined, "[".repeat(1e6)])
    expect(isDate(code), code?.slice(0, 20)).toBe(false);
});

test("XML tells elements, attributes and texts", () => {
  const told: string[] = [];
  readXml(
    `<?xml version="1.0"?><!-- <no> --><a:b xmlns:c="d" e='1 > "0"' x:c="&#x41;&lt;"><f/> g&gt;</a:b>`,
    {
      open: (name, attribute) => told.push(`${name} ${attribute("e")} ${attribute("c")}`),
      close: (name) => told.push(`/${name}`),
      text: (text) => told.push(text),
    },
    "xml",
  );
  expect(told).toEqual(['b 1 > "0" A<', "f undefined undefined", "/f", " g>", "/b"]);
});
