import { DataFrame } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import {
  columnFromArray,
  dictionary,
  float64,
  int64,
  list,
  tableFromColumns,
  tableToIPC,
  timestamp,
  utf8,
} from "@uwdata/flechette";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { splitRows } from "../src/csv.ts";
import { FORMATS, formatNamed } from "../src/formats.ts";
import { readTable, writeTable } from "../src/tables.ts";
import type { Answers, TableRows } from "../src/types.ts";
import { utf8 as encoded, frames } from "./kit.ts";

const READ = FORMATS.filter(({ rows }) => rows !== undefined);
const CODES = ["E_TABLE", "E_TABLE_LIMIT", "E_CHARSET", "E_JSON", "E_FORMAT"];
const answers: Answers = { predict: [1.5, null, -2], label: ["a", 'ñ,"\n', "x"], truth: [true, false, true] };

/** Columns of Arrow of many kinds. */
function nested(): Uint8Array {
  const columns = [
    ["d", columnFromArray(["a", "bb", null, "a"], dictionary(utf8()))],
    ["l", columnFromArray([[1, 2], null, [], [3]], list(float64()))],
    ["s", columnFromArray([{ a: 1, b: "x" }, null, { a: 2, b: "y" }, { a: 3, b: "z" }])],
    ["i", columnFromArray([1n, 2n, 3n, 4n], int64())],
    ["t", columnFromArray([1e12, 2e12, null, 3e12], timestamp())],
  ];
  return tableToIPC(tableFromColumns(columns as never), { format: "stream" })!;
}

/** A source that is well-formed, to be damaged. */
async function sound(name: string): Promise<Uint8Array> {
  if (name === "arrow") return nested();
  const format = formatNamed(name)!;
  return format.answer === undefined ? encoded("a=1&b=%C3%B1&c=") : format.answer(answers, { single: false });
}

describe.each(READ.map((format) => [format.name, format] as const))("%s", (name, { rows, read, stream }) => {
  test("of any bytes gives rows or an error of ours", async () => {
    const original = await sound(name);
    const change = fc.tuple(fc.nat(), fc.nat(255));
    const damaged = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
      const bytes = original.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
    const cut = fc.nat(original.length).map((length) => original.slice(0, length));
    const any = fc.uint8Array({ maxLength: 200 });
    const charset = fc.constantFrom(undefined, "utf-8", "latin1", "utf-16le", "nonsense");
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, cut, any), charset, async (bytes, given) => {
        for (const reader of [rows, read]) {
          try {
            await reader?.(bytes, { limits: { cells: 2 ** 16, bytes: 2 ** 20 }, ...(given && { charset: given }) });
          } catch (error) {
            if (!isCurtidoError(error) || !CODES.includes(error.code)) throw error;
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each(stream === undefined ? [] : [stream])("in pieces of any size gives parts or an error of ours", async () => {
    const original = await sound(name);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.integer({ min: 1, max: 64 }),
        async (changes, size) => {
          const bytes = original.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            const splitter = stream!.splitter(size, 2 ** 16);
            for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.slice(at, at + size));
            const parts: Uint8Array[] = [];
            for (
              let part = splitter.next() ?? splitter.last();
              part !== undefined;
              part = splitter.next() ?? splitter.last()
            )
              parts.push(part);
            for (const part of parts)
              await stream!.rows(part, {}, { columns: ["a", "b", "c"], delimiter: ",", width: 3 });
          } catch (error) {
            if (!isCurtidoError(error) || !CODES.includes(error.code)) throw error;
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("CSV is read as Papa Parse reads it", () => {
  const cell = fc.oneof(
    fc.constantFrom("", "1", "-2.5", "x y", " z ", 'in"side', '""', '"a,b"', '"a\nb"', '"say ""so"""', '" "'),
    fc.stringMatching(/^[a-z]{1,4}$/),
  );
  const table = fc.tuple(
    fc.constantFrom(",", ";", "\t"),
    fc.constantFrom("\n", "\r\n"),
    fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
  );
  fc.assert(
    fc.property(table, ([delimiter, newline, rows]) => {
      const text = [["h1", "h2"], ...rows].map((row) => row.join(delimiter) + newline).join("");
      const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: true });
      expect(errors).toEqual([]);
      expect(splitRows(text, delimiter)).toEqual(data.map((row) => row.map((each) => each || null)));
    }),
    { numRuns: 500 },
  );
});

const records = fc.array(
  fc.record({
    number: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
    truth: fc.boolean(),
    text: fc.string({ unit: "grapheme" }).map((each) => `${each.replaceAll(/[\p{Cc}\ufeff]/gu, "")}x`),
  }),
  { minLength: 1, maxLength: 12 },
);
const columnsOf = (rows: readonly Record<string, unknown>[]): Answers =>
  Object.fromEntries(["number", "truth", "text"].map((name) => [name, rows.map((row) => row[name])]));

test.each(FORMATS.filter(({ keeps }) => keeps).map(({ name }) => name))(
  "answers in %s are rows again",
  async (name) => {
    const format = formatNamed(name)!;
    await fc.assert(
      fc.asyncProperty(records, async (rows) => {
        const bytes = await format.answer!(columnsOf(rows), { single: false, formulas: "keep" });
        const again = (await format.rows!(bytes, {})) as TableRows;
        if (again.columns === undefined) {
          // An integer beyond 2^53 keeps its digits, as a bigint.
          const number = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);
          const found = (again.rows as Record<string, unknown>[]).map((row) => ({
            ...row,
            number: number(row["number"]),
          }));
          expect(found).toEqual(JSON.parse(JSON.stringify(rows)));
          return;
        }
        expect(again.columns).toEqual(["number", "truth", "text"]);
        const cells = rows.map(({ number, truth, text }) => [number, truth, text]);
        const isText = format.text === true;
        const plain = (value: unknown) =>
          value === null ? null : isText ? String(value) : Object.is(value, -0) ? 0 : value;
        const found = isText
          ? again.rows
          : again.rows.map((row) => (row as unknown[]).map((value) => (Object.is(value, -0) ? 0 : value)));
        expect(found).toEqual(cells.map((row) => row.map(plain)));
      }),
      { numRuns: name === "xlsx" ? 40 : 150 },
    );
  },
);

test.each(["arrow", "parquet", "xlsx", "csv", "tsv", "jsonl", "json"])(
  "a table survives %s, Buffer or not",
  async (format) => {
    const bytes = await writeTable(frames.get("days"), { format });
    const padded = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(5)]).subarray(3, 3 + bytes.length);
    for (const given of [bytes, Buffer.from(bytes), padded]) {
      const table = await readTable(given, { format });
      expect(table).toBeInstanceOf(DataFrame);
      expect([table.length, table.columns]).toEqual([2, ["d"]]);
    }
  },
);
