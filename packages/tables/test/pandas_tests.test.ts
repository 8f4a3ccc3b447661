import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { DataFrame, Series } from "@curtido/arrays";
import { indexColumns } from "@curtido/arrays";
import { expect, test } from "vitest";
import { formatNamed } from "../src/formats.ts";
import type { Reading } from "../src/types.ts";
import { ROOT } from "./kit.ts";

/** What a test of pandas read, and the columns that pandas made of it. */
interface Case {
  readonly test: string;
  readonly format: "csv" | "xlsx";
  readonly reading: Reading;
  readonly bytes: string;
  readonly columns?: readonly (readonly [name: string, kind: string, cells: readonly unknown[]])[];
}

const CASES: readonly Case[] = JSON.parse(
  gunzipSync(readFileSync(join(ROOT, "fixtures/tables/pandas_tests.json.gz"))).toString(),
);

/** What differs on purpose, by the test of pandas. */
const REASONS: readonly (readonly [test: RegExp, why: string])[] = [
  [
    /test_1000_sep|test_thousands_digit_char/,
    "pandas takes separators out wherever they stand: 2,334, is no number here",
  ],
  [/test_warn_if_chunks_have_mismatched_type/, "pandas reads in pieces, and has numbers and texts in one column"],
  [/test_bool_kwarg_not_bool/, "an option that is none of ours is wrong"],
  [/test_int64_overflow|test_na_values_uint64/, "integers beyond 64 bits, or of 64 beside missing ones"],
  [/test_decode_failure|test_invalid_utf8|parallel_ascii/, "what is not UTF-8, and names no charset, is windows-1252"],
  [/test_sep_none_falls_back/, "what separates cells was to be seen"],
  [/test_multibyte_sep/, "a separator is one character of ASCII"],
];

/** Rows shorter than the header are errors here, with their line; pandas fills them. */
const SHORT = /^line \d+ has \d+ cells?, where the (?:header|first row) has \d+ \(row \d+\)$/;

async function outcome({ format, bytes, reading }: Case): Promise<readonly (readonly unknown[])[] | string> {
  try {
    const frame = (await formatNamed(format)!.read!(
      new Uint8Array(Buffer.from(bytes, "base64")),
      reading,
    )) as DataFrame;
    const labels = frame.rowIndex.isDefault ? [] : indexColumns(frame.rowIndex, "");
    return [...labels, ...frame.series].map((column) => cellsOf(column));
  } catch (error) {
    return (error as Error).message;
  }
}

function cellsOf({ values }: Series): readonly unknown[] {
  const items = values.dtype.kind === "O" ? (values.toC().data as readonly unknown[]) : values.flat();
  return items.map((item) => (Number.isNaN(item) || item === undefined ? null : item));
}

/** Whether two cells are one: numbers by number, dates by the moment. */
function isSame(got: unknown, wanted: unknown): boolean {
  if (typeof wanted === "object" && wanted !== null)
    return String(got).toLowerCase() === Object.values(wanted)[0]!.replace("inf", "infinity");
  if (typeof wanted === "number") return typeof got !== "string" && Number(got) === wanted;
  return got === wanted;
}

function isEqual(got: Awaited<ReturnType<typeof outcome>>, columns: Case["columns"]): boolean {
  if (typeof got === "string" || columns === undefined) return typeof got === "string" && columns === undefined;
  return (
    got.length === columns.length &&
    columns.every(
      ([, , cells], at) => cells.length === got[at]!.length && cells.every((cell, row) => isSame(got[at]![row], cell)),
    )
  );
}

test("what pandas' own tests read is read alike (oracle/pandas_tests.py)", async () => {
  let [alike, short] = [0, 0];
  const others: string[] = [];
  for (const each of CASES) {
    const got = await outcome(each);
    if (isEqual(got, each.columns)) alike++;
    else if (typeof got === "string" && SHORT.test(got)) short++;
    else if (!REASONS.some(([test]) => test.test(each.test)))
      expect([each.test, got]).toEqual([each.test, each.columns]);
    else others.push(each.test);
  }
  expect(CASES.length).toBeGreaterThan(500);
  expect(alike / (CASES.length - short)).toBeGreaterThan(0.97);
  for (const [test] of REASONS)
    expect(
      others.some((name) => test.test(name)),
      String(test),
    ).toBe(true);
});
