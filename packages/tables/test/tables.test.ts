import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataFrame, NdArray, Series } from "@curtido/arrays";
import { Dict, type Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { difference } from "../../arrays/test/same.ts";
import { readCsv } from "../src/csv_frame.ts";
import { writeCsv } from "../src/csv_write.ts";
import { formatNamed } from "../src/formats.ts";
import { readParquet } from "../src/parquet/read.ts";
import { fixture, frames, ROOT, sameTable, text, utf8 } from "./kit.ts";

describe("files that pandas, pyarrow, fastparquet and openpyxl wrote (oracle/convert.py)", () => {
  test.each(["parquet", "xlsx"])("%s reads as pandas reads it", async (ending) => {
    const cases = fixture(ending);
    expect(cases.size).toBeGreaterThan(5);
    const format = formatNamed(ending)!;
    for (const [name, pair] of cases) {
      const [bytes, wanted] = pair as Tuple<Uint8Array | DataFrame>;
      const got = (await format.read!(new Uint8Array(bytes as Uint8Array), {})) as DataFrame;
      // pyarrow restores categories of texts only, and has arrays for lists.
      const kept = (frame: DataFrame) =>
        new DataFrame(
          frame.series.filter((column) => !["k", "list", "struct"].includes(String(column.name))),
          frame.rowIndex,
        );
      sameTable(kept(got), kept(wanted as DataFrame), `${ending} ${String(name)}`);
    }
  });

  it("lists and structs of parquet are lists and dicts", async () => {
    const [bytes] = (fixture("parquet").get("arrow_pages_2.0") as Tuple<Uint8Array>).items;
    const columns = new Map(
      (await readParquet(new Uint8Array(bytes!))).series.map((each) => [each.name, each.values.data]),
    );
    expect(columns.get("list")).toEqual([[1n, 2n], null, []]);
    expect(columns.get("struct")).toEqual([
      new Dict<unknown>([
        ["a", 1n],
        ["b", "x"],
      ]),
      null,
      new Dict<unknown>([
        ["a", 2n],
        ["b", null],
      ]),
    ]);
  });

  it("csv reads as pandas reads it", () => {
    for (const [name, pair] of fixture("read_csv")) {
      const [bytes, wanted] = pair as Tuple<Uint8Array | DataFrame>;
      const got = readCsv(bytes as Uint8Array);
      // pandas 2 left a column as texts for the sake of 1e400; since pandas 3 it is infinite.
      if (name === "exponents")
        expect(got.series.find(({ values }) => values.tolist().includes(Number.POSITIVE_INFINITY))?.dtype).toBe(
          "float64",
        );
      else sameTable(got, wanted as DataFrame, String(name));
    }
  });

  it("csv is written as pandas writes it", () => {
    for (const [name, pair] of fixture("write_csv")) {
      const [frame, wanted] = pair as Tuple;
      expect(text(writeCsv(frame)), String(name)).toBe(text(wanted as Uint8Array));
    }
  });
});

it("what Python was shown to read back is written as it was then (oracle/convert.py)", async () => {
  const sums: Record<string, string> = JSON.parse(readFileSync(join(ROOT, "fixtures/written/converted.json"), "utf8"));
  const own = Object.entries(sums).filter(([file]) => formatNamed(file.split(".")[1]!) !== undefined);
  expect(own.length).toBeGreaterThan(20);
  for (const [file, sum] of own) {
    const [name, ending] = file.split(".") as [string, string];
    const bytes = (await formatNamed(ending)!.write!(frames.get(name), {})) as Uint8Array;
    expect(createHash("sha256").update(bytes).digest("hex"), file).toBe(sum);
  }
});

describe("tables come back", () => {
  const formatsOfTables: readonly (readonly [string, readonly string[]])[] = [
    [
      "parquet",
      [
        "mixed",
        "plain",
        "text_index",
        "two_levels",
        "range_index",
        "date_index",
        "unnamed_index",
        "bytes",
        "no_rows",
        "days",
      ],
    ],
    ["json", [...frames.keys()] as string[]],
    ["xlsx", ["days"]],
    ["arrow", ["days", "plain", "bytes"]],
  ];

  test.each(formatsOfTables)("from %s as they were", async (ending, names) => {
    const format = formatNamed(ending)!;
    for (const name of names) {
      const frame = frames.get(name)!;
      const again = (await format.read!(await format.write!(frame, {}), {})) as DataFrame;
      sameTable(again, frame, name);
      if (!["parquet", "xlsx", "arrow"].includes(ending)) expect(difference(again, frame), name).toBeUndefined();
    }
  });

  it("from csv, where texts look like nothing else", () => {
    const cells = {
      ints: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      floats: fc.double({ noNaN: true }).map((value) => (Number.isInteger(value) ? value + 0.5 : value)),
      texts: fc.string({ unit: "grapheme" }).map((each) => `${each.replaceAll("\0", "")}x`),
    };
    fc.assert(
      fc.property(fc.array(fc.record(cells), { minLength: 1 }), (rows) => {
        const frame = new DataFrame([
          new Series({ name: "i", values: NdArray.of(BigInt64Array.from(rows, (row) => row.ints)), dtype: "int64" }),
          new Series({
            name: 'f,"x',
            values: NdArray.of(Float64Array.from(rows, (row) => row.floats)),
            dtype: "float64",
          }),
          new Series({
            name: "t",
            values: NdArray.objects(
              rows.map((row) => row.texts),
              [rows.length],
            ),
            dtype: "object",
          }),
        ]);
        const again = readCsv(writeCsv(frame, { formulas: "keep" }));
        // Doubles that are whole in all rows would read as floats all the same.
        expect(difference(again, frame)).toBeUndefined();
      }),
    );
  });

  it("from csv with labels in front, under no name", () => {
    const csv = text(writeCsv(frames.get("unnamed_index")));
    expect(csv).toMatch(/^,i,f,s,b,t\n10,/);
    expect(readCsv(utf8(csv)).index).toEqual([10, 20, 30]);
    expect(
      text(
        writeCsv(
          new DataFrame([new Series({ name: "a", values: NdArray.objects([null, "", "x"], [3]), dtype: "object" })]),
        ),
      ),
    ).toBe('a\n""\n""\nx\n');
    expect(readCsv(utf8('a\n""\n\nx\n')).length).toBe(2);
  });
});
