import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Dict, type ErrorCode, Float, isCurtidoError, loads as loadsPlain, PickleBuffer } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  columnOf,
  DataFrame,
  type DType,
  dumps,
  Index,
  loads,
  NdArray,
  parseDType,
  Series,
  sizeOf,
} from "../src/index.ts";
import { decompress } from "../src/node.ts";
import { difference } from "./same.ts";
import { pickled, written } from "./written.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");

describe("what Python was shown to read back equal (oracle/written.py)", () => {
  const sums: Record<string, string> = JSON.parse(readFileSync(join(FIXTURES, "written/sums.json"), "utf8"));

  it("is written as it was then", () => {
    const now = Object.fromEntries(
      Object.entries(written).map(([name, each]) => {
        return [`cases/${name}`, createHash("sha256").update(pickled(each).bytes).digest("hex")];
      }),
    );
    const before = Object.entries(sums).filter(([name]) => name.startsWith("cases/"));
    expect(now).toEqual(Object.fromEntries(before));
    expect(before.length).toBeGreaterThan(60);
  });

  it("reads back as it was written", () => {
    const known = new Set(["typed_arrays", "bytes_are_bytes", "texts_and_big_endian", "text_index", "no_columns"]);
    const problems = Object.entries(written).flatMap(([name, { value, options }]) => {
      if (known.has(name) || options?.pandas === "1") return [];
      const exact = { exact: true } as const;
      const once = loads(dumps(value, options), exact);
      if (name.startsWith("frame") && !(once instanceof DataFrame)) return [`${name}: no frame`];
      const problem = difference(loads(dumps(once, { ...options, ...exact }), exact), once);
      return problem === undefined ? [] : [`${name}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });
});

it("writes every fixture of numpy, scipy, pandas and joblib so that it reads back the same", () => {
  const names = readdirSync(join(FIXTURES, "arrays")).filter((name) => name.endsWith(".pkl"));
  const problems = names.flatMap((name) => {
    const exact = { exact: true, decompress } as const;
    const value = loads(readFileSync(join(FIXTURES, "arrays", name)), exact);
    const problem = difference(loads(dumps(value, exact), exact), value);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  expect(problems).toEqual([]);
  expect(names.length).toBeGreaterThan(200);
});

const CODES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 f16 c8 c16 S3 V2 M8[ns] m8[25s] >i2 >f8 >c8 >u4".split(" ");
const shapes = fc.array(fc.nat(4), { maxLength: 3 });
const arrays = fc
  .record({ code: fc.constantFrom(...CODES), shape: shapes, order: fc.constantFrom("C" as const, "F" as const) })
  .chain(({ code, shape, order }) => {
    const dtype = parseDType(code);
    const length = sizeOf(shape) * dtype.itemsize;
    return fc
      .uint8Array({ minLength: length, maxLength: length, max: dtype.kind === "b" ? 1 : 255 })
      .map((bytes) => NdArray.fromBytes(bytes, dtype, shape, order));
  });
const texts = fc
  .array(fc.string({ unit: "binary", maxLength: 5 }).map((text) => text.replace(/\0+$/, "")))
  .map((items) => NdArray.of(items, [items.length], parseDType(">U5")));

describe("any array", () => {
  it("reads back with the bytes it had, at every protocol", () => {
    fc.assert(
      fc.property(arrays, fc.nat(5), (array, protocol) => {
        expect(difference(loads(dumps(array, { protocol })), array)).toBeUndefined();
      }),
    );
  });

  it("of texts reads back with the texts it had", () => {
    fc.assert(
      fc.property(texts, (array) => {
        expect((loads(dumps(array)) as NdArray).data).toEqual(array.data);
      }),
    );
  });

  it("keeps its elements when it is turned to C order", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const turned = array.toC();
        expect(turned.order).toBe("C");
        expect(difference(turned.tolist(), array.tolist())).toBeUndefined();
      }),
    );
  });
});

describe("floats of 16 bits", () => {
  it("are rounded to the nearest, ties to even", () => {
    const dtype = parseDType("f2");
    const all = Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits);
    const values = NdArray.fromBytes(new Uint8Array(all.buffer), dtype, [all.length]).data as Float32Array;
    expect(bytesOf(NdArray.of([...values], [all.length], dtype))).toEqual(new Uint8Array(all.buffer));
    const between = [...values].slice(1).map((value, at) => (value + values[at]!) / 2);
    const even = Uint16Array.from(between, (_, at) => at + (at % 2));
    expect(bytesOf(NdArray.of(between, [between.length], dtype))).toEqual(new Uint8Array(even.buffer));
  });
});

describe("out of band", () => {
  it("leaves the pickle to its buffers when a callback takes them", () => {
    const buffers: Uint8Array[] = [];
    const array = NdArray.fromBytes(new Uint8Array(24).fill(7), parseDType("f8"), [3, 1], "F");
    const bytes = dumps([array, array], {
      protocol: 5,
      bufferCallback: (buffer) => {
        expect(buffer).toBeInstanceOf(PickleBuffer);
        buffers.push(buffer.data);
        return false;
      },
    });
    expect(buffers.length).toBe(1);
    const [one, two] = loads(bytes, { buffers }) as NdArray[];
    expect(difference(one, array)).toBeUndefined();
    expect(two).toBe(one);
  });
});

describe("what cannot be written", () => {
  const cases: readonly (readonly [string, unknown, ErrorCode, RegExp])[] = [
    ["a text in int64", NdArray.of(["a"], [1], parseDType("i8")), "E_DTYPE", /int64 cannot hold a/],
    ["an int beyond its dtype", NdArray.of([300], [1], parseDType("u1")), "E_DTYPE", /uint8 cannot hold 300/],
    ["a fraction in int8", NdArray.of([0.5], [1], parseDType("i1")), "E_DTYPE", /int8 cannot hold 0.5/],
    ["a text that is too long", NdArray.of(["abc"], [1], parseDType("U2")), "E_DTYPE", /<U2 cannot hold abc/],
    ["bytes that are too long", NdArray.of([new Uint8Array(4)], [1], parseDType("S3")), "E_DTYPE", /4 bytes/],
    ["days in pandas", dated("M8[D]", "datetime64[D]"), "E_FRAME", /pandas has no datetime64\[D\]/],
    ["an unknown zone", dated("M8[ns]", "datetime64[ns, unknown]"), "E_FRAME", /time zone/],
    ["an unknown period", dated("i8", "period[unknown]"), "E_FRAME", /frequency/],
    [
      "a value that is no category",
      new Series({
        name: "c",
        values: NdArray.objects(["x"], [1]),
        dtype: "category",
        categories: NdArray.objects(["y"], [1]),
      }),
      "E_FRAME",
      /none of its column's categories/,
    ],
    [
      "a number among texts",
      new Series({ name: "c", values: NdArray.objects([1], [1]), dtype: "string" }),
      "E_FRAME",
      /holds something else/,
    ],
  ];

  function dated(code: string, dtype: string): Series {
    return new Series({ name: "d", values: NdArray.of([1n], [1], parseDType(code)), dtype });
  }

  it.each(cases)("%s", (_, value, code, message) => {
    let caught: unknown;
    try {
      dumps(value);
    } catch (error) {
      caught = error;
    }
    expect(isCurtidoError(caught, code)).toBe(true);
    expect((caught as Error).message).toMatch(message);
  });

  it("a class that nobody knows, but with a reducer", () => {
    class Mine {}
    expect(() => dumps(new Mine())).toThrow(/class Mine/);
    expect(loads(dumps([new Mine()], { reduce: () => new Dict([["a", 1]]) }))).toEqual([new Dict([["a", 1]])]);
  });
});

describe("frames", () => {
  it("keep their labels, whether given plainly or as an index", () => {
    const column = columnOf("a", [1, 2]);
    expect(new DataFrame([column]).rowIndex.isDefault).toBe(true);
    expect(new DataFrame([column], ["x", "y"]).rowIndex.labels).toEqual(["x", "y"]);
    expect(new DataFrame([column], Index.range(6, 2, 2, "r")).index).toEqual([2, 4]);
    expect(() => new DataFrame([column], ["x"])).toThrow(/1 labels, the table 2 rows/);
    expect(() => new DataFrame([column], undefined, 2, Index.of([]))).toThrow(/0 labels for 1 columns/);
  });

  it("put columns of one dtype into one block, as pandas does", () => {
    const frame = DataFrame.fromRecords([{ a: 1, s: "x", b: 2 }]);
    const state = (loadsPlain(dumps(frame)) as { state: Dict }).state.get("_data") as { state: { items: Dict[] } };
    const blocks = (state.state.items[3]!.get("0.14.1") as Dict).get("blocks") as unknown[];
    expect(blocks.length).toBe(2);
  });

  it("in exact values, ints stay ints and floats floats", () => {
    const frame = new DataFrame([
      new Series({ name: "a", values: NdArray.objects([1n, 1.5, 1], [3]), dtype: "object" }),
    ]);
    const again = loads(dumps(frame, { exact: true }), { exact: true }) as DataFrame;
    expect(again.series[0]!.values.data).toEqual([1n, 1.5, 1]);
    const plain = new Series({ name: "a", values: NdArray.objects([new Float(1), 1], [2]), dtype: "object" });
    expect((loads(dumps(plain), { exact: true }) as Series).values.data).toEqual([1, 1n]);
  });
});

it("dtypes survive a structured round trip", () => {
  const dtype: DType = {
    kind: "V",
    itemsize: 16,
    littleEndian: true,
    fields: [
      { name: "a", dtype: parseDType(">f4"), offset: 4 },
      { name: "b", dtype: parseDType("U1"), offset: 12 },
    ],
  };
  const array = NdArray.fromBytes(new Uint8Array(32), dtype, [2]);
  expect((loads(dumps(array)) as NdArray).dtype).toMatchObject({
    itemsize: 16,
    fields: [{ offset: 4 }, { offset: 12 }],
  });
});
