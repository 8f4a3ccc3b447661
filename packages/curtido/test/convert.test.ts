import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFrame, dumps, Index, loads, NdArray, parseDType, Series } from "@curtido/arrays";
import { Dict, isCurtidoError, PyDate, PyTime, Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { difference } from "../../arrays/test/same.ts";
import { readCsv, writeCsv } from "../src/convert/csv.ts";
import { formatOf, formats } from "../src/convert/formats.ts";
import { readParquet } from "../src/convert/parquet_read.ts";
import { writeParquet } from "../src/convert/parquet_write.ts";
import { readXlsx, writeXlsx } from "../src/convert/xlsx.ts";
import { zoneOffset } from "../src/convert/zones.ts";
import { folder, ROOT, run, runChild } from "./help.ts";

const FIXTURES = join(ROOT, "fixtures/convert");
const exact = { exact: true } as const;
/** No Buffer, whose views are Buffers. */
const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const fixture = (name: string) => loads(bytesOf(join(FIXTURES, `${name}.pkl`)), exact) as Dict;
const frames = fixture("frames") as Dict<DataFrame>;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const utf8 = (value: string) => new TextEncoder().encode(value);

/** What pandas read from a file, and what we do: missing texts are NaN there or None, and the index of columns may be a range. */
function comparable(frame: DataFrame): unknown {
  const columns = frame.series.map(({ name, dtype, values, categories, ordered = false }) => {
    const items = values.dtype.kind === "O" ? (values.toC().data as unknown[]) : values.flat();
    const shown = items.map((item) => (item === null || Number.isNaN(item) ? "missing" : item));
    return {
      name: typeof name === "bigint" ? Number(name) : name,
      dtype,
      shown,
      categories: categories?.flat(),
      ordered,
    };
  });
  const { labels, name, kind } = frame.rowIndex;
  return {
    columns,
    labels: labels.map((label) => (Number.isNaN(label) ? null : label)),
    name,
    kind,
    length: frame.length,
  };
}

/** Dates in pandas' own unit, which depends on its version. */
function sameTable(got: DataFrame, wanted: DataFrame, what: string): void {
  expect(comparable(got), what).toEqual(comparable(wanted));
}

describe("files that pandas, pyarrow, fastparquet and openpyxl wrote (oracle/convert.py)", () => {
  test.each(["parquet", "xlsx"])("%s reads as pandas reads it", async (ending) => {
    const cases = fixture(ending);
    expect(cases.size).toBeGreaterThan(5);
    const format = await formats[ending]!();
    for (const [name, pair] of cases) {
      const [bytes, wanted] = pair as Tuple<Uint8Array | DataFrame>;
      const got = (await format.read(new Uint8Array(bytes as Uint8Array), {})) as DataFrame;
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
      sameTable(readCsv(bytes as Uint8Array), wanted as DataFrame, String(name));
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
  expect(Object.keys(sums).length).toBeGreaterThan(40);
  for (const [file, sum] of Object.entries(sums)) {
    const [name, ending] = file.split(".") as [string, string];
    const bytes = await (await formats[ending]!()).write(frames.get(name), {});
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
    ["joblib", [...frames.keys()] as string[]],
    ["pkl", [...frames.keys()] as string[]],
    ["xlsx", ["days"]],
  ];

  test.each(formatsOfTables)("from %s as they were", async (ending, names) => {
    const format = await formats[ending]!();
    for (const name of names) {
      const frame = frames.get(name)!;
      const again = (await format.read(await format.write(frame, {}), {})) as DataFrame;
      sameTable(again, frame, name);
      if (ending !== "parquet" && ending !== "xlsx") expect(difference(again, frame), name).toBeUndefined();
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
        const again = readCsv(writeCsv(frame));
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

describe("npy and npz", () => {
  it("hold tables as arrays, and arrays by name", async () => {
    const [npy, npz] = await Promise.all([formats["npy"]!(), formats["npz"]!()]);
    const again = async (value: unknown) => (await npy.read(await npy.write(value, {}), {})) as NdArray;
    expect(
      (
        await again([
          [1n, 2n],
          [3n, 4n],
        ])
      ).tolist(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await again([1n, 2.5])).tolist()).toEqual([1, 2.5]);
    expect((await again(["a", "bcd"])).dtype).toMatchObject({ kind: "U", itemsize: 12 });
    expect((await again([true])).dtype.kind).toBe("b");
    expect((await again(1.5)).shape).toEqual([]);
    expect((await again(frames.get("number_columns"))).tolist()).toEqual([
      [1.5, 2],
      [3, 4],
    ]);
    const objects = await again(frames.get("plain"));
    expect([objects.dtype.kind, objects.shape]).toEqual(["O", [3, 5]]);
    const archive = (await npz.read(await npz.write(frames.get("text_index"), {}), {})) as Dict<NdArray>;
    expect([...archive.keys()]).toEqual(["s", "i", "f", "b", "t"]);
    expect(((await npz.read(await npz.write([1n], {}), {})) as Dict<NdArray>).get("arr_0")!.tolist()).toEqual([1]);
    expect(() => npz.write(new Dict([["a/b", [1n]]]), {})).toThrow(/under the key 'a\/b'/);
    expect(() => npy.write(new Dict(), {})).toThrow(/npy cannot hold a dict/);
    expect(() => npy.write([[1n], [1n, 2n]], {})).toThrow(/npy cannot hold a list/);
  });
});

describe("the command", () => {
  const place = folder();
  const path = (name: string) => join(place, name);
  writeFileSync(path("plain.pkl"), dumps(frames.get("days"), exact));

  it("converts any table to any format and back", async () => {
    const names = [
      "pkl",
      "joblib",
      "json",
      "csv",
      "tsv",
      "parquet",
      "xlsx",
      "npz",
      "pkl.gz",
      "joblib.z",
      "pickle",
      "pq",
    ];
    for (const name of names) {
      expect((await run(["convert", path("plain.pkl"), path(`out.${name}`)])).err, name).toBe("");
      const back = await run(["convert", path(`out.${name}`), path("back.json"), "--json", "plain"]);
      expect(back.err, name).toBe("");
      expect(text(bytesOf(path("back.json"))), name).toMatch(/2024-02-29/);
    }
    expect(bytesOf(path("out.pkl.gz")).subarray(0, 2)).toEqual(Uint8Array.of(0x1f, 0x8b));
    expect(readdirSync(place).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("streams text, by formats that are named", async () => {
    const { code, out } = await runChild(
      ["convert", "-", "-", "--from", "json", "--to", "csv"],
      '[{"a": 1, "b": "x"}]',
    );
    expect([code, out]).toEqual([0, "a,b\n1,x\n"]);
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [["convert", "-", "-"], /- names no format; say --from/],
      [["convert", "a.xyz", "b.csv"], /a\.xyz: its ending is that of no format/],
      [["convert", "a.csv", "b.csv.gz"], /b\.csv\.gz: its ending/],
      [["convert", "-", "b.csv", "--from", "xlsx"], /xlsx is not text/],
      [["convert", "a.csv", "b.csv", "--from", "toString"], /--from toString is not known/],
      [["convert", "a.csv", "b.csv", "--protocol", "6"], /It is a number from 0 to 5/],
    ];
    for (const [args, message] of wrong) {
      const { code: status, err } = await run(args);
      expect([status, err], args.join(" ")).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it("takes protocol, targets, sheets and forms of JSON", async () => {
    await run(["convert", path("plain.pkl"), path("two.pkl"), "--protocol", "2", "--numpy", "2"]);
    expect(text(bytesOf(path("two.pkl")))).toContain("numpy._core.multiarray");
    expect(bytesOf(path("two.pkl"))[1]).toBe(2);
    writeFileSync(path("book.xlsx"), (fixture("xlsx").get("openpyxl") as Tuple<Uint8Array>).items[0]!);
    await run(["convert", path("book.xlsx"), path("sheet.csv"), "--sheet", "Other"]);
    expect(text(bytesOf(path("sheet.csv")))).toMatch(/^n\n/);
    expect((await run(["convert", path("book.xlsx"), path("no.csv"), "--sheet", "None"])).err).toMatch(
      /book\.xlsx: this is no xlsx file .*None/,
    );
    writeFileSync(path("dollar.json"), '{"$ref": [1]}');
    expect((await run(["convert", path("dollar.json"), path("dollar.pkl")])).err).toMatch(
      /dollar\.json: .*no number|reference/,
    );
    await run(["convert", path("dollar.json"), path("dollar.pkl"), "--json", "plain"]);
    expect(loads(bytesOf(path("dollar.pkl")))).toEqual(new Dict([["$ref", [1]]]));
  });

  it("keeps what is there when anything fails, and follows links", async () => {
    writeFileSync(path("kept.csv"), "old");
    writeFileSync(path("model.pkl"), dumps(new Dict([["a", 1]])));
    const { code, err } = await run(["convert", path("model.pkl"), path("kept.csv")]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^error: .*model\.pkl: CSV cannot hold a dict whose 'a' is a int.*\n$/),
    ]);
    expect(text(bytesOf(path("kept.csv")))).toBe("old");
    symlinkSync(path("kept.csv"), path("link.csv"));
    await run(["convert", path("plain.pkl"), path("link.csv")]);
    expect(text(bytesOf(path("kept.csv")))).toMatch(/^d\n""\n2024-02-29\n/);
    mkdirSync(path("dir.csv"));
    expect((await run(["convert", path("plain.pkl"), path("dir.csv")])).err).toMatch(/dir\.csv: is a folder/);
    expect((await run(["convert", path("plain.pkl"), path("none/x.csv")])).err).toMatch(
      /there is no such folder to write to/,
    );
    expect((await run(["convert", path("none.pkl"), path("x.csv")])).err).toMatch(/none\.pkl: there is no such file/);
    await run(["convert", path("plain.pkl"), path("plain.pkl"), "--protocol", "0"]);
    expect(bytesOf(path("plain.pkl"))[0]).toBe(0x63);
  });

  it("reads the parts that joblib before 0.10 wrote beside a file", async () => {
    const names = readdirSync(join(ROOT, "fixtures/arrays")).filter((name) =>
      /^joblib_raw\..*0\.9\.4.*\.(joblib|pkl)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const { err } = await run(["convert", join(ROOT, "fixtures/arrays", name), path("parts.json")]);
      expect(err, name).toBe("");
      expect(text(bytesOf(path("parts.json")))).toContain("$ndarray");
    }
    writeFileSync(path("alone.joblib"), bytesOf(join(ROOT, "fixtures/arrays", names[0]!)));
    const { err } = await run(["convert", path("alone.joblib"), path("parts.json")]);
    expect(err).toMatch(/alone\.joblib: its part \S+_01\.npy does not lie beside it/);
  });

  it("knows formats by the endings of names", () => {
    expect([
      formatOf("a.PKL"),
      formatOf("a.b/c.joblib.gz"),
      formatOf("a.toString"),
      formatOf("pkl"),
      formatOf(".json"),
    ]).toEqual([{ format: "pkl" }, { format: "joblib", compress: "gzip" }, {}, {}, { format: "json" }]);
  });
});

describe("hostile files", () => {
  const place = folder();
  const path = (name: string) => join(place, name);
  const parquet = writeParquet(frames.get("plain"));
  const npyHead = (header: string) => {
    const body = utf8(header);
    return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, body.length & 255, body.length >> 8, ...body);
  };
  const footerLength = (bytes: Uint8Array, length: number) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(copy.length - 8, length, true);
    return copy;
  };

  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["ragged.csv", utf8("a,b\n1\n"), /row 1 has 1 cells, the header 2/],
    ["long.csv", utf8("a\n1\n1,2\n"), /row 2 has 2 cells/],
    ["quote.csv", utf8('a\n"x\n'), /[Qq]uote/],
    ["latin.csv", Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a), /not UTF-8/],
    ["empty.csv", new Uint8Array(0), /it is empty/],
    ["bad.json", utf8("[1,"), /ends too early/],
    ["latin.json", Uint8Array.of(0xe9), /not UTF-8/],
    [
      "lie.npy",
      npyHead("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"),
      /ends \d+ bytes early/,
    ],
    [
      "huge.npy",
      npyHead("{'descr': '|V0', 'fortran_order': False, 'shape': (1099511627776,), }"),
      /large array of empty elements/,
    ],
    [
      "code.npy",
      npyHead("{'descr': __import__('os'), 'fortran_order': False, 'shape': (), }"),
      /header of a npy file is malformed/,
    ],
    ["cut.npy", Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1), /cut off/],
    ["cut.npz", Uint8Array.of(0x50, 0x4b, 3, 4), /npz file is malformed|no zip/],
    ["text.npz", utf8("no archive"), /no zip archive/],
    ["text.xlsx", utf8("no archive"), /no xlsx file/],
    ["zip.xlsx", readZipFixture(), /no xlsx file/],
    ["text.parquet", utf8("PAR1 no parquet PAR1"), /no parquet file/],
    ["short.parquet", utf8("PAR1"), /does not begin and end as one/],
    ["footer.parquet", footerLength(parquet, 0xffffffff), /metadata is longer/],
    ["zero.parquet", footerLength(parquet, 0), /cut off|no parquet/],
    ["model.pkl", utf8("cos\nsystem\n(S'true'\ntR."), /CSV cannot hold a os\.system/],
  ];

  function readZipFixture(): Uint8Array {
    const [bytes] = (fixture("xlsx").get("openpyxl") as Tuple<Uint8Array>).items;
    return bytes!.slice(0, bytes!.length - 40);
  }

  test.each(cases)("%s: one line, nothing written", async (name, bytes, message) => {
    writeFileSync(path(name), bytes);
    const { code, err } = await run(["convert", path(name), path("out.csv")]);
    expect([code, err]).toEqual([1, expect.stringMatching(message)]);
    expect(err.trim().split("\n").length).toBe(1);
    expect(err).toContain(name);
    expect(readdirSync(place)).not.toContain("out.csv");
  });

  it("any change of a parquet file or a workbook gives a table or one error", async () => {
    const xlsx = await writeXlsx(frames.get("days"));
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const read: readonly (readonly [Uint8Array, (bytes: Uint8Array) => Promise<DataFrame>])[] = [
      [parquet, readParquet],
      [xlsx, (bytes) => readXlsx(bytes)],
    ];
    for (const [original, reader] of read) {
      await fc.assert(
        fc.asyncProperty(changes, async (list) => {
          const bytes = original.slice();
          for (const [at, value] of list) bytes[at % bytes.length] = value;
          try {
            expect(await reader(bytes)).toBeInstanceOf(DataFrame);
          } catch (error) {
            if (!isCurtidoError(error)) throw error;
          }
        }),
        { numRuns: 300 },
      );
    }
  });
});

it("offsets of zones are those of the moment", () => {
  const winter = Date.UTC(2024, 0, 1);
  const summer = Date.UTC(2024, 6, 1);
  expect([zoneOffset("Europe/Madrid", winter), zoneOffset("Europe/Madrid", summer)]).toEqual([3600, 7200]);
  expect([zoneOffset("UTC", winter), zoneOffset("UTC-03:30", winter), zoneOffset("America/New_York", winter)]).toEqual([
    0, -12600, -18000,
  ]);
  expect(zoneOffset("Nowhere/Town", winter)).toBe(0);
});
