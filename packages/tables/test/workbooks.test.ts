import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { indexColumns, NOT_A_TIME, type Series } from "@curtido/arrays";
import { expect, test } from "vitest";
import { readRows, readTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { momentIn } from "../src/xlsx/moments.ts";
import { ROOT } from "./kit.ts";

type Column = readonly [name: unknown, kind: string, cells: readonly unknown[]];

/** A workbook, and what pandas read from each of its sheets. */
interface Book {
  readonly writer: string;
  readonly seed: number;
  readonly bytes: string;
  readonly sheets: Readonly<Record<string, { readonly columns?: readonly Column[]; readonly error?: string }>>;
}

const BOOKS: readonly Book[] = JSON.parse(
  gunzipSync(readFileSync(join(ROOT, "fixtures/tables/workbooks.json.gz"))).toString(),
);

/** What differs on purpose, by kind of sheet. */
const REASONS: Readonly<Record<string, string>> = {
  "empty rows above": "a table begins where something stands: pandas calls its columns 'Unnamed: 0'",
  "empty columns before": "a table begins where something stands: pandas has columns of nothing",
  "huge integers": "integers beyond 64 bits are floats: pandas has objects",
  escapes: "_x0041_ is how Excel writes an A: openpyxl leaves it as it is",
};

const PER_SECOND: Readonly<Record<string, bigint>> = { ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };

/** The cells of a column in the form of the fixture. */
function cellsOf({ values }: Series): readonly unknown[] {
  const { kind, unit } = values.dtype;
  if (kind === "O") return (values.toC().data as readonly unknown[]).map((cell) => plain(cell));
  if (kind !== "M" && kind !== "m") return values.flat().map(plain);
  return values.flat().map((tick) => {
    if (tick === NOT_A_TIME) return null;
    const micros = ((tick as bigint) * 1_000_000n) / PER_SECOND[unit![0]!]!;
    return kind === "m" ? Number(micros) : new Date(Number(micros / 1000n)).toISOString().replace(/(?:\.000)?Z$/, "");
  });
}

function plain(cell: unknown): unknown {
  if (cell === undefined || cell === null || Number.isNaN(cell)) return null;
  if (typeof cell === "bigint") return Number(cell);
  return typeof cell === "object" ? String(cell).replace(" ", "T") : cell;
}

/** What pandas has, alike: dates as ISO texts, lengths of time in microseconds, integers as numbers. */
function wanted(cell: unknown): unknown {
  if (typeof cell !== "object" || cell === null) return cell;
  const [[kind, value]] = Object.entries(cell) as [[string, string]];
  return kind === "int" ? Number(value) : kind === "date" ? value.replace(/000$/, "") : value;
}

/** A date as a name, which is a text here as Python shows it. */
const DATE = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$/;

/** Labels of rows are a first column without a name, as pandas has them. */
async function columnsIn(bytes: string, sheet: string): Promise<readonly Column[] | string> {
  try {
    const frame = await readTable(new Uint8Array(Buffer.from(bytes, "base64")), { format: "xlsx", sheet });
    const labels = frame.rowIndex.isDefault ? [] : indexColumns(frame.rowIndex, "Unnamed: 0");
    return [...labels, ...frame.series].map((column) => [
      String(column.name === "" ? "Unnamed: 0" : column.name),
      column.values.dtype.kind,
      cellsOf(column),
    ]);
  } catch (error) {
    return (error as Error).message;
  }
}

test("sheets of openpyxl, xlsxwriter, PyExcelerate and pandas are read as read_excel reads them (oracle/workbooks.py)", async () => {
  let [alike, all] = [0, 0];
  const others: string[] = [];
  for (const { writer, seed, bytes, sheets } of BOOKS) {
    for (const [sheet, { columns, error }] of Object.entries(sheets)) {
      const got = await columnsIn(bytes, sheet);
      const should = columns?.map(([name, kind, cells]) => [
        String(wanted(name)).replace(DATE, "$1 $2"),
        kind,
        cells.map(wanted),
      ]);
      all++;
      if (isDeepStrictEqual(got, should)) alike++;
      else if (Object.hasOwn(REASONS, sheet)) others.push(sheet);
      else expect.soft([writer, seed, sheet, got]).toEqual([writer, seed, sheet, should ?? error]);
    }
  }
  expect(all).toBeGreaterThan(350);
  expect(alike / all).toBeGreaterThan(0.97);
  expect(new Set(others)).toEqual(new Set(Object.keys(REASONS)));
});

test("rows for a model: times, lengths of time and dates are texts as to_csv writes them, in the header too", async () => {
  const { bytes } = BOOKS.find(({ writer }) => writer === "openpyxl iso")!;
  const book = new Uint8Array(Buffer.from(bytes, "base64"));
  const rowsOf = async (sheet: string) => (await readRows(book, { format: "xlsx", sheet })) as TableRows;
  expect((await rowsOf("times")).rows[0]).toEqual(["13:34:53"]);
  expect((await rowsOf("durations")).rows[1]).toEqual(["3 days 14:39:18"]);
  expect((await rowsOf("header of dates")).columns).toEqual(["1943-09-07 00:00:00", "1969-06-20 16:53:16", "x", "y"]);
  expect((await rowsOf("dates and others")).rows).toEqual([
    ["2002-03-02", "2085-03-15 22:32:43"],
    ["later", 3],
  ]);
});

test("dates, times and lengths of time as ISO texts, wherever the reader is", () => {
  const cases = ["2024-02-29", "2024-02-29T10:00:00", "2024-02-29T10:00:00Z", "2024-02-29T10:00:00+02:00"];
  expect(cases.map((text) => (momentIn(text) as Date).toISOString().slice(0, 16))).toEqual([
    "2024-02-29T00:00",
    "2024-02-29T10:00",
    "2024-02-29T10:00",
    "2024-02-29T08:00",
  ]);
  expect(["01:02", "01:02:03.5", "PT26H", "P1DT2H3M4.5S"].map((text) => String(momentIn(text)))).toEqual([
    "01:02:00",
    "01:02:03.500000",
    "1 day, 2:00:00",
    "1 day, 2:03:04.500000",
  ]);
  expect(["25:00", "tomorrow", "-3"].map(momentIn)).toEqual([undefined, undefined, undefined]);
});
