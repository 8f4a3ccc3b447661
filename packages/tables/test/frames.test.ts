import { DataFrame, Index, NdArray, parseDType, Series } from "@curtido/arrays";
import { Dict, PyDate, PyTime, Tuple } from "@curtido/pickle";
import { describe, expect, it, test } from "vitest";
import { writeCsv } from "../src/csv_write.ts";
import { writeParquet } from "../src/parquet/write.ts";
import { writeXlsx } from "../src/xlsx/write.ts";
import { text } from "./kit.ts";

describe("what can be a table", () => {
  const csvOf = (value: unknown) => text(writeCsv(value));
  it("arrays, records, columns by name, series", () => {
    expect(csvOf(NdArray.of(Int32Array.of(1, 2, 3, 4), [2, 2]))).toBe("0,1\n1,2\n3,4\n");
    expect(csvOf(NdArray.of(Float64Array.of(1, 2.5)))).toBe("0\n1.0\n2.5\n");
    expect(
      csvOf([
        new Dict<unknown>([
          ["a", 1n],
          ["b", "x"],
        ]),
        new Dict([["b", "y"]]),
      ]),
    ).toBe("a,b\n1.0,x\n,y\n");
    expect(
      csvOf([
        [1n, "x"],
        [2n, "y"],
      ]),
    ).toBe("0,1\n1,x\n2,y\n");
    expect(
      csvOf(
        new Dict<unknown>([
          ["a", [1n, 2n]],
          ["b", NdArray.bools(Uint8Array.of(1, 0))],
        ]),
      ),
    ).toBe("a,b\n1,True\n2,False\n");
    expect(
      csvOf(new Series({ name: null, values: NdArray.of(Float64Array.of(1)), dtype: "float64" }, Index.of(["k"]))),
    ).toBe(",0\nk,1.0\n");
    const dtype = {
      kind: "V",
      itemsize: 5,
      littleEndian: true,
      fields: [
        { name: "n", dtype: parseDType("i4"), offset: 0 },
        { name: "s", dtype: parseDType("b1"), offset: 4 },
      ],
    } as const;
    expect(csvOf(NdArray.fromBytes(Uint8Array.of(1, 0, 0, 0, 1), dtype, [1]))).toBe("n,s\n1,True\n");
    expect(
      csvOf([
        new Dict<unknown>([
          ["d", new PyDate(2024, 2, 29)],
          ["t", new PyTime(1, 2, 3, 4)],
        ]),
      ]),
    ).toBe("d,t\n2024-02-29,01:02:03.000004\n");
  });

  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    ["a number", 1n, /CSV cannot hold a int: it holds tables/],
    ["three axes", NdArray.of(new Float64Array(8), [2, 2, 2]), /shape \(2, 2, 2\)/],
    ["ragged rows", [[1n], [1n, 2n]], /item 1 is not a row of 1/],
    ["a dict of texts", new Dict([["a", "x"]]), /whose 'a' is a str/],
    [
      "columns of different lengths",
      new Dict<unknown>([
        ["a", [1n]],
        ["b", []],
      ]),
      /different lengths \(1, 0\)/,
    ],
    ["bytes", new Dict([["a", [new Uint8Array(1)]]]), /the bytes in the column 'a', row 1/],
    ["tuples", new Dict([["a", [1n, new Tuple([])]]]), /the tuple in the column 'a', row 2/],
    ["complex numbers", NdArray.of(Float64Array.of(1, 2), [1], parseDType("c16")), /Complex in the column '0', row 1/],
    [
      "periods",
      new Series({ name: "p", values: NdArray.of(BigInt64Array.of(1n)), dtype: "period[M]" }),
      /'p' of period\[M\]/,
    ],
    [
      "columns of several levels",
      new DataFrame([new Series({ name: ["a", "b"], values: NdArray.of(Float64Array.of(1)), dtype: "float64" })]),
      /columns named by 'a, b'/,
    ],
    [
      "a column without a name",
      new DataFrame(
        ["a", ""].map((name) => new Series({ name, values: NdArray.of(Float64Array.of(1)), dtype: "float64" })),
      ),
      /without a name \(column 2\)/,
    ],
  ];
  test.each(refused)("not %s", (_, value, message) => {
    expect(() => writeCsv(value)).toThrow(message);
  });

  it("xlsx and parquet say what they cannot hold, and where", async () => {
    const column = (values: NdArray, dtype: string) => new Series({ name: "x", values, dtype });
    const large = column(NdArray.of(BigInt64Array.of(1n, 2n ** 60n)), "int64");
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [large, /the int 1152921504606846976, .* in the column 'x', row 2/],
      [column(NdArray.of(Float64Array.of(Infinity)), "float64"), /an infinity in the column 'x', row 1/],
      [column(NdArray.objects(["a".repeat(40_000)], [1]), "object"), /a text of 40000 characters/],
      [column(NdArray.objects(["a\u0001"], [1]), "object"), /a control character/],
      [column(NdArray.objects(["\ud800"], [1]), "object"), /half a character/],
      [column(NdArray.of([1n], [1], parseDType("M8[us]")), "datetime64[us]"), /finer than a millisecond/],
      [column(NdArray.of([-(10n ** 13n)], [1], parseDType("M8[ms]")), "datetime64[ms]"), /outside of March 1900/],
      [column(NdArray.of([0n], [1], parseDType("M8[ns]")), "datetime64[ns, UTC]"), /a date with a time zone/],
      [column(NdArray.of([1n], [1], parseDType("m8[s]")), "timedelta64[s]"), /a duration/],
      [column(NdArray.of([2n ** 62n], [1], parseDType("M8[s]")), "datetime64[s]"), /date beyond the year 9999/],
    ];
    for (const [value, message] of cases) await expect(writeXlsx(value)).rejects.toThrow(message);
    const parquet: readonly (readonly [unknown, RegExp])[] = [
      [column(NdArray.of([1n], [1], parseDType("m8[s]")), "timedelta64[s]"), /'x' of timedelta64\[s\]/],
      [column(NdArray.of(Float64Array.of(1, 2), [1], parseDType("c16")), "complex128"), /'x' of complex128/],
      [column(NdArray.objects(["a", 1n], [2]), "object"), /'x' of mixed objects \(row 2 differs/],
      [column(NdArray.objects([2n ** 64n], [1]), "object"), /the int in the column 'x', row 1/],
      [column(NdArray.of([1n], [1], parseDType("i8")), "period[M]"), /'x' of period\[M\]/],
      [new DataFrame([], undefined, 3), /a table without columns/],
      [new DataFrame([large, large]), /two columns named 'x'/],
    ];
    for (const [value, message] of parquet) expect(() => writeParquet(value)).toThrow(message);
  });
});
