import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../src/csv_frame.ts";
import { numberColumns } from "../src/csv_numbers.ts";
import { DecimalReader } from "../src/decimals.ts";
import { comparable, utf8 } from "./kit.ts";

const read = (text: string) => {
  const reader = new DecimalReader(utf8(text));
  return [reader.read(0), reader.end] as const;
};

describe("a decimal is the double that Number has", () => {
  const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${most}}$`));
  const written = fc
    .tuple(
      fc.constantFrom("", "-", "+"),
      digits(20),
      fc.constantFrom("", "."),
      digits(24),
      fc.constantFrom("", "e-5", "E+7", "e22", "e-300", "e400"),
    )
    .map((parts) => parts.join(""))
    .filter((text) => /\d/.test(text.replace(/e.*/i, "")));
  test("for any digits", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(read(`${text},`)).toEqual([Number(text), text.length]);
      }),
      { numRuns: 20_000 },
    );
  });
  test("for every double as it is printed, and with digits more and less", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 15, max: 19 }),
        (value, precision) => {
          for (const text of [String(value), value.toPrecision(precision)])
            expect(read(text)).toEqual([Number(text), text.length]);
        },
      ),
      { numRuns: 20_000 },
    );
  });
  test("in the middle between two, and beside it", () => {
    for (const text of [
      "9007199254740993",
      "9007199254740993.0",
      "900719925474099.35",
      "1.00000000000000011102230246251565",
      "4503599627370496.5",
      "4503599627370497.5",
      "0.000000000000000000",
    ])
      expect(read(text)).toEqual([Number(text), text.length]);
  });
});

/** The same table, once with a quote somewhere in it: then it is read as texts. */
const bothWays = (text: string) => [readCsv(utf8(text)), readCsv(utf8(text.replace("a", '"a"')))].map(comparable);

describe("numbers from bytes are those from texts", () => {
  const cell = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.double({ noDefaultInfinity: true }).map((value) => (Number.isNaN(value) ? "" : String(value))),
    },
    { weight: 3, arbitrary: fc.maxSafeInteger().map(String) },
    fc.constantFrom(
      "NA",
      "-0",
      "+5",
      "007",
      "1.",
      ".5",
      "1e5",
      "nan",
      "123456789012345678",
      "x",
      " 1",
      "1e999",
      "true",
      "inf",
    ),
  );
  test("whatever the cells are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom("a,b,c", ",a,b", "a,a,b"),
        (rows, newline, header) => {
          const text = [header, ...rows.map((row) => row.join(","))].join(newline) + newline;
          const [bytes, texts] = bothWays(text);
          expect(bytes).toEqual(texts);
        },
      ),
      { numRuns: 3000 },
    );
  });
  test("columns that are whole stay so", () => {
    const columns = numberColumns({ bytes: utf8("1,2.5\r\n\n-3,NA"), from: 0, delimiter: 44, width: 2, title: "CSV" });
    expect(columns).toEqual([
      { values: Float64Array.of(1, -3), whole: true },
      { values: Float64Array.of(2.5, Number.NaN), whole: false },
    ]);
    expect(readCsv(utf8("a\n-4294967297\n4294967296\n-1\n999999999999999\n")).series[0]!.values.data).toEqual(
      BigInt64Array.of(-4294967297n, 4294967296n, -1n, 999999999999999n),
    );
  });
  test.each(["1,2\n3", "1,2,3\n", '"1",2\n', "1;2\n", "1,x\n", "1,1 \n"])(
    "%j is left to the reader of texts",
    (text) => {
      expect(numberColumns({ bytes: utf8(text), from: 0, delimiter: 44, width: 2, title: "CSV" })).toBeUndefined();
    },
  );
  test("limits hold", () => {
    const text = `a\n${"1\n".repeat(3000)}`;
    expect(() => readCsv(utf8(text), { limits: { cells: 2000, bytes: 1e6 } })).toThrow(/holds more than 2000 cells/);
  });
});
