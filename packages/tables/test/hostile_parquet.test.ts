// Parquet, Arrow and texts that cost far more than they weigh: an answer or one clear error, at once.
import { gzipSync } from "node:zlib";
import { isCurtidoError } from "@curtido/pickle";
import { columnFromArray, int32, nullType, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { ArrowSplitter } from "../src/arrow/split.ts";
import { limitJson, parseJson } from "../src/plain_text.ts";
import { readRows, readTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { utf8 } from "./kit.ts";
import { LYING, lyingCase, soundFiles } from "./lying_case.ts";
import { CODEC, dataPage, ENCODING, page, parquetOf, struct, TYPE, varint } from "./parquets.ts";

const LIMITS = { cells: 2 ** 25, bytes: 2 ** 28 };
const HUGE = 2 ** 30;
/** A run of one value: how often, which. */
const run = (count: number, value = 0) => [...varint(count * 2), value];
const ints = (...values: readonly number[]) => new Uint8Array(Int32Array.from(values).buffer);
const dictionary = page({ 7: struct({ 1: 1, 2: 0 }) }, ints(7));

async function outcome(bytes: Uint8Array, format: string): Promise<string> {
  const said = new Set<string>();
  for (const read of [readTable, readRows]) {
    if (format === "form" && read === readTable) continue;
    const began = performance.now();
    try {
      const table = await read(bytes, { format, limits: LIMITS });
      said.add(`read ${"length" in table ? table.length : "rows" in table ? table.rows.length : ""}`);
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      said.add(`${error.code}: ${error.message}`);
    }
    expect(performance.now() - began).toBeLessThan(1000);
  }
  return [...said].join(" | ");
}

const one = (values: number, encoding: number, body: readonly number[], type: number = TYPE.int32) =>
  parquetOf(values, [{ type, values, pages: [dictionary, dataPage(values, encoding, Uint8Array.from(body))] }]);
const squeezed = (codec: number, body: Uint8Array, unfolded: number) =>
  parquetOf(1, [{ type: TYPE.int32, values: 1, codec, pages: [dataPage(1, ENCODING.plain, body, unfolded)] }]);
/** A frame of Zstandard of a run of 128 KiB zeros, many times. */
const zstd = Uint8Array.from([
  ...[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58],
  ...Array.from({ length: 3000 }, () => [0x02, 0x00, 0x10, 0x00]).flat(),
  ...[0x03, 0x00, 0x10, 0x00],
]);
const second = (head: { nulls?: number; definition?: number; repetition?: number }) =>
  parquetOf(8, [
    {
      type: TYPE.int32,
      values: 8,
      optional: true,
      pages: [
        page(
          { 8: struct({ 1: 8, 2: head.nulls ?? 0, 3: 8, 4: 0, 5: head.definition ?? 2, 6: head.repetition ?? 0 }) },
          Uint8Array.from([...run(8, 1), ...ints(1, 2, 3, 4, 5, 6, 7, 8)]),
        ),
      ],
    },
  ]);

const PARQUET: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["a sound run", one(1000, ENCODING.rle, [1, ...run(1000)]), /^read 1000$/],
  ["a run that is longer than its page", one(8, ENCODING.rle, [1, ...run(HUGE)]), /E_TABLE: .*claims more values/],
  ["a run that is a little longer", one(8, ENCODING.rle, [1, ...run(9)]), /E_TABLE: .*claims more values/],
  [
    "levels that are longer than their page",
    parquetOf(8, [
      {
        type: TYPE.int32,
        values: 8,
        optional: true,
        pages: [dataPage(8, ENCODING.plain, Uint8Array.from([5, 0, 0, 0, ...run(HUGE - 1, 1), ...ints(1, 2)]))],
      },
    ]),
    /claims more values/,
  ],
  ["a sound page of the second version", second({}), /^read 8$/],
  ["fewer than no missing values", second({ nulls: -HUGE }), /a page is malformed/],
  ["levels beyond the page", second({ definition: HUGE }), /a page is malformed/],
  ["levels before the page", second({ repetition: -4 }), /a page is malformed/],
  ["33 million rows of a few bytes", one(2 ** 25, ENCODING.rle, [1, ...run(2 ** 25)]), /E_TABLE_LIMIT: .*cells/],
  ["rows without columns", parquetOf(HUGE, []), /no columns/],
  ["more rows than there are", parquetOf(2n ** 53n, []), /no columns|no number of rows/],
  ["gzip that unfolds to more", squeezed(CODEC.gzip, gzipSync(Buffer.alloc(50_000_000)), 4), /unfolds to more than 4/],
  ["Zstandard that unfolds to more", squeezed(CODEC.zstd, zstd, 4), /unfolds to more than 4/],
  ["gzip of 200 MB", squeezed(CODEC.gzip, gzipSync(Buffer.alloc(200_000_000)), 200_000_000), /E_TABLE_LIMIT: .*bytes/],
  [
    "values without a width",
    parquetOf(1000, [{ type: TYPE.fixed, values: 1000, width: 0, pages: [dataPage(1000, 0, ints(1))] }]),
    /missing fixed length/,
  ],
  [
    "values that are split and wide",
    parquetOf(8, [{ type: TYPE.fixed, values: 8, width: HUGE, pages: [dataPage(8, ENCODING.split, ints(1))] }]),
    /claims more values/,
  ],
];

describe("parquet", () => {
  test.each(PARQUET)("%s", async (_, bytes, words) => expect(await outcome(bytes, "parquet")).toMatch(words));

  test("of ten thousand columns is read in the time of its bytes", async () => {
    const pages = [dataPage(1, ENCODING.plain, ints(7))];
    const columns = Array.from({ length: 10_000 }, () => ({ type: TYPE.int32, values: 1, pages }));
    expect(await outcome(parquetOf(1, columns), "parquet")).toBe("read 1");
  });
});

describe("arrow", () => {
  test("a column of nothing has no more rows than its bytes can hold", async () => {
    const columns = [["n", columnFromArray(Array(10).fill(null), nullType())]];
    const bytes = tableToIPC(tableFromColumns(columns as never), { format: "stream" })!;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 8 <= bytes.length; at += 8)
      if (view.getBigInt64(at, true) === 10n) view.setBigInt64(at, 2n ** 25n, true);
    expect(await outcome(bytes, "arrow")).toMatch(/^E_TABLE_LIMIT: /);
  });

  test("what stands before every part is not read again for each small batch", async () => {
    const table = (values: number[]) =>
      tableToIPC(tableFromColumns([["a", columnFromArray(values, int32(), { maxBatchRows: 1 } as never)]] as never), {
        format: "stream",
      })!;
    const splitter = new ArrowSplitter(4096, 2 ** 20);
    const bytes = table(Array.from({ length: 2000 }, (_, at) => at));
    for (let at = 0; at < bytes.length; at += 1000) splitter.push(bytes.slice(at, at + 1000));
    const parts: Uint8Array[] = [];
    for (let part = splitter.next(); part !== undefined; part = splitter.next()) parts.push(part);
    const last = splitter.last();
    if (last !== undefined) parts.push(last);
    expect(splitter.rows).toBe(2000);
    const read = await Promise.all(parts.map((part) => readRows(part, { format: "arrow" })));
    expect(read.flatMap((each) => (each as TableRows).rows)).toEqual(Array.from({ length: 2000 }, (_, at) => [at]));
    expect(parts.length).toBeLessThanOrEqual(bytes.length / 4096 + 1);
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(bytes.length * 1.2);
  });

  test("a long message in small pieces is put together once", () => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setInt32(0, -1, true);
    new DataView(head.buffer).setInt32(4, 2 ** 26, true);
    const splitter = new ArrowSplitter(2 ** 18, 2 ** 27);
    splitter.push(head);
    const piece = new Uint8Array(2 ** 14);
    const began = performance.now();
    for (let at = 0; at < 4000; at++) splitter.push(piece);
    expect(performance.now() - began).toBeLessThan(500); // 130 GB of copies took half a minute
  });
});

describe("texts", () => {
  const M = 1_000_000;
  test.each([
    ["json", "[".repeat(20 * M), /^E_LIMIT: .*deeper than 1048576 \| E_LIMIT: .*deeper than 500$/],
    [
      "json",
      `${'{"a":'.repeat(5 * M)}1${"}".repeat(5 * M)}`,
      /^E_LIMIT: .*deeper than 1048576 \| E_LIMIT: .*deeper than 500$/,
    ],
    ["json", `[${"[],".repeat(10 * M)}[]]`, /cells/],
    ["jsonl", "1\n".repeat(16 * M), /cells/],
    ["csv", `a\n${"1\n".repeat(30 * M)}`, /cells/],
    ["csv", `${"a,".repeat(300_000)}a\n`, /columns/],
    ["csv", `a,b\n"${"x".repeat(50 * M)}`, /not closed/],
    ["form", "a=1&".repeat(10 * M), /fields/],
  ] as const)("%s that holds too much: %#", async (format, text, words) => {
    expect(await outcome(utf8(text), format)).toMatch(words);
  });

  test("brackets within texts are none, and depth is counted exactly", () => {
    const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(parseJson(`["${"[".repeat(1000)}\\"${"{".repeat(1000)}"]`)).toHaveLength(1);
    expect(() => parseJson(deep(500))).not.toThrow();
    expect(() => parseJson(deep(501))).toThrow(/nests deeper than 500/);
    expect(() => limitJson("[1,2,3]", "JSON", { cells: 6, bytes: 100 })).not.toThrow();
    expect(() => limitJson("[1,2,3]", "JSON", { cells: 5, bytes: 100 })).toThrow(/more than 5 cells/);
  });
});

test("files whose numbers lie are read or refused, soon", async () => {
  const files = await soundFiles();
  let sound = 0;
  for (let seed = 1; seed <= 1500; seed++) if (await lyingCase(files, LYING[seed % LYING.length]!, seed)) sound++;
  expect(sound).toBeGreaterThan(200);
});
