import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataFrame } from "@curtido/arrays";
import { Dict, Tuple } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { readRows, readTable, writeAnswers, writeTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { readXmlFile, writeXmlFile } from "../src/xml.ts";
import { ROOT, text, thrown, utf8 } from "./kit.ts";

const { written, cells }: { written: Record<string, string>; cells: Record<string, unknown[][]> } = JSON.parse(
  readFileSync(join(ROOT, "fixtures/tables/xml.json"), "utf8"),
);
const rowsOf = (source: string, features?: readonly string[]) =>
  readRows(utf8(source), { format: "xml", ...(features && { features }) }) as Promise<TableRows>;

describe("what to_xml writes (oracle/xml.py)", () => {
  test.each(Object.keys(written))("%s: rows and a table as read_xml has them", async (name) => {
    const source = name === "latin1" ? new Uint8Array(Buffer.from(written[name]!, "latin1")) : utf8(written[name]!);
    const { columns, rows } = (await readRows(source, { format: "xml" })) as TableRows;
    expect(columns).toEqual(["age", "fare", "sex", "vip"]);
    expect(rows).toEqual(
      cells[name]!.map(([age, fare, sex, vip]) => [
        String(age),
        fare === null ? null : String(fare),
        sex,
        vip ? "True" : "False",
      ]),
    );
    const table = await readTable(source, { format: "xml" });
    expect(table.series.map(({ dtype }) => dtype)).toEqual(["int64", "float64", "object", "bool"]);
    expect(table.tolist().map((row) => (row as unknown[]).map((cell) => (Number.isNaN(cell) ? null : cell)))).toEqual(
      cells[name],
    );
  });
  test("index is labels, unless a feature is called so", async () => {
    expect((await rowsOf(written["elements"]!)).index).toEqual(["0", "1"]);
    expect((await rowsOf(written["elements"]!, ["index"])).columns![0]).toBe("index");
  });
});

test("numbers have decimal commas, and groups, as in a sheet", async () => {
  const source = "<data><row><fare>1.234,5</fare></row><row><fare>7,25</fare></row></data>";
  expect((await rowsOf(source)).notation).toEqual({ decimal: ",", thousands: "." });
  const told = await readRows(utf8("<data><row><fare>1,234</fare></row></data>"), { format: "xml", decimal: "," });
  expect(told).toMatchObject({ notation: { decimal: "," } });
});

test("answers are rows", async () => {
  const answer = text(
    await writeAnswers({ predict: [2.83, null], label: ["a<b", ""] }, { format: "xml", single: false }),
  );
  expect(answer).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<data>\n  <row>\n    <predict>2.83</predict>\n    <label>a&lt;b</label>\n  </row>\n  <row>\n    <predict/>\n    <label></label>\n  </row>\n</data>\n',
  );
  expect(await rowsOf(answer)).toEqual({
    columns: ["predict", "label"],
    rows: [
      ["2.83", "a<b"],
      [null, null],
    ],
    text: "table",
  });
  for (const names of [["pression moyenne"], ['a;b,"c"\n', "xml", "cell"]]) {
    const columns = Object.fromEntries(names.map((name) => [name, [1]]));
    const named = text(await writeAnswers(columns, { format: "xml", single: false }));
    expect(await rowsOf(named)).toMatchObject({ columns: names, rows: [names.map(() => "1")] });
  }
  const empty = text(await writeAnswers({ predict: [] }, { format: "xml", single: false }));
  expect(await rowsOf(empty)).toMatchObject({ columns: ["predict"], rows: [] });
});

describe("values come back", () => {
  test.each<[string, unknown]>([
    [
      "a dict",
      new Dict<unknown>([
        ["a", 1n],
        [2n, new Tuple([1.5, "x\r\n<&>"])],
      ]),
    ],
    ["bytes", Uint8Array.of(0, 1, 255)],
    ["a long integer", 2n ** 70n],
    ["a control character", "\u0001\ufffe"],
    ["nothing", null],
  ])("%s", (_, value) => {
    expect(readXmlFile(writeXmlFile(value), {})).toEqual(value);
  });
  test("a table with labels", async () => {
    const table = (await readTable(utf8(",a,b\nx,1,2.5\ny,3,\n"), { format: "csv" })) as DataFrame;
    const again = await readTable(await writeTable(table, { format: "xml" }), { format: "xml" });
    expect([again.index, again.columns, again.tolist()]).toEqual([
      ["x", "y"],
      ["a", "b"],
      [
        [1, 2.5],
        [3, Number.NaN],
      ],
    ]);
  });
});

describe("hostile", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa">${Array.from({ length: 30 }, (_, at) => `<!ENTITY b${at} "&a;&a;">`).join("")}]><x><row><a>&b29;</a></row></x>`;
  test.each([
    ["entities that unfold", bomb, /document type/],
    ["a file outside", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x><row><a>1</a></row></x>', /document type/],
    ["an entity", "<x><row><a>&passwd;</a></row></x>", /entity that is not known/],
    ["depth", "<a>".repeat(100_000), /holds elements|nests deeper/],
    ["an end that is missing", "<x><row><a>1", /not closed|too early/],
    ["elements in a cell", "<x><row><a><b>1</b></a></row></x>", /<a> holds elements/],
    ["a cell twice", "<x><row><a>1</a><a>2</a></row></x>", /row 1 has 'a' twice/],
    ["two roots", "<x><row><a>1</a></row></x><x/>", /second root/],
    ["text beside cells", "<x><row>loose<a>1</a></row></x>", /'loose' stands in no cell/],
    ["nothing", "", /does not begin with an element/],
    ["no rows", "<x/>", /no rows/],
    ["rows that are JSON", '{"a":1}', /does not begin with an element/],
  ])("%s is one clear error, soon", (_, source, message) => {
    const from = performance.now();
    const error = thrown(() => readXmlFile(utf8(source), {})) as Error;
    expect(error).toMatchObject({ code: "E_TABLE" });
    expect(error.message).toMatch(message);
    expect(performance.now() - from).toBeLessThan(1000);
  });
  test("100,000 columns and comments, CDATA and processing instructions", async () => {
    const row = Array.from({ length: 100_000 }, (_, at) => `c${at}="${at}"`).join(" ");
    const { columns, rows } = await rowsOf(`<?xml version="1.0"?><!-- <x> --><x><row ${row}/></x>`);
    expect([columns!.length, (rows[0] as string[])[99_999]]).toEqual([100_000, "99999"]);
    expect((await rowsOf("<x><?php ?><row><a>1<!-- 2 -->3<![CDATA[<4>]]></a></row></x>")).rows).toEqual([["13<4>"]]);
  });
});

test("a table of XML is read in the notation of its cells, as its rows are", async () => {
  const source = "<data><row><a>1.075</a><b>1,5</b></row><row><a>2.000</a><b>2,25</b></row></data>";
  const table = (await readTable(utf8(source), { format: "xml" })) as DataFrame;
  expect(table.series.map(({ values }) => values.flat())).toEqual([
    [1075, 2000],
    [1.5, 2.25],
  ]);
});
