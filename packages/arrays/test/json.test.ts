import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Csr,
  DataFrame,
  dateText,
  dumps,
  fromJson,
  Index,
  loads,
  NdArray,
  NOT_A_TIME,
  parseDate,
  parseDType,
  Series,
  sizeOf,
  toJson,
  withoutIndex,
} from "../src/index.ts";
import { decompress } from "../src/node.ts";
import { difference } from "./same.ts";
import { written } from "./written.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures/arrays");
const exact = { exact: true } as const;

function throughJson(value: unknown): unknown {
  const typed = toJson(value, { ...exact, form: "typed" });
  expect(difference(fromJson(JSON.parse(typed), exact), fromJson(typed, exact))).toBeUndefined();
  return fromJson(typed, exact);
}

describe("typed JSON", () => {
  it("says every array, matrix and frame of the fixtures", () => {
    const names = readdirSync(FIXTURES).filter((name) => name.endsWith(".pkl"));
    const problems = names.flatMap((name) => {
      const value = loads(readFileSync(join(FIXTURES, name)), { ...exact, decompress });
      const problem = difference(throughJson(value), value);
      return problem === undefined ? [] : [`${name}: ${problem}`];
    });
    expect(problems).toEqual([]);
    expect(names.length).toBeGreaterThan(200);
  });

  it("says every value that is written for Python, which then reads the same pickle", () => {
    for (const [name, { value }] of Object.entries(written)) {
      const once = loads(dumps(value, exact), exact);
      expect(Buffer.compare(dumps(throughJson(once), exact), dumps(once, exact)), name).toBe(0);
    }
  });

  it("says any array", () => {
    const codes = "b1 i1 i8 u8 f2 f4 f8 f16 c8 c16 S3 V2 M8[ns] m8[25s] >i2 >f8 >c8".split(" ");
    const arrays = fc
      .record({
        code: fc.constantFrom(...codes),
        shape: fc.array(fc.nat(3), { maxLength: 3 }),
        order: fc.constantFrom("C" as const, "F" as const),
      })
      .chain(({ code, shape, order }) => {
        const dtype = parseDType(code);
        const length = sizeOf(shape) * dtype.itemsize;
        return fc
          .uint8Array({ minLength: length, maxLength: length, max: dtype.kind === "b" ? 1 : 255 })
          .map((bytes) => NdArray.fromBytes(bytes, dtype, shape, order));
      });
    fc.assert(
      fc.property(arrays, (array) => {
        expect(difference(throughJson(array), array)).toBeUndefined();
      }),
    );
  });

  it("looks as the documentation says", () => {
    const frame = new DataFrame([
      new Series({ name: "a", values: NdArray.of(Float64Array.of(1, Number.NaN)), dtype: "float64" }),
    ]);
    expect(toJson(NdArray.of(BigInt64Array.of(1n, 2n ** 60n)))).toBe(
      '{"$ndarray":{"dtype":"<i8","shape":[2],"data":[1,"1152921504606846976"]}}',
    );
    expect(toJson(frame)).toBe(
      '{"$frame":{"columns":[{"$series":{"name":"a","dtype":"float64","values":{"$ndarray":{"dtype":"<f8","shape":[2],"data":[1,"nan"]}}}}],"index":{"$index":{"kind":"RangeIndex","name":null,"range":[0,2,1]}},"names":{"$index":{"kind":"Index","name":null,"values":{"$ndarray":{"dtype":"|O","shape":[1],"data":["a"]}}}}}}',
    );
    expect(toJson(Float64Array.of(1))).toBe('{"$ndarray":{"dtype":"<f8","shape":[1],"data":[1]}}');
  });
});

describe("plain JSON", () => {
  it("has nested lists for arrays, rows for frames, ISO texts for dates", () => {
    const plain = (value: unknown) => toJson(value, { form: "plain" });
    expect(plain(NdArray.of(Float64Array.of(1, 2.5, Number.NaN, 4), [2, 2]))).toBe("[[1.0,2.5],[null,4.0]]");
    expect(plain(NdArray.of(new Int32Array(0), [2, 0]))).toBe("[[],[]]");
    expect(plain(NdArray.of(BigInt64Array.of(2n ** 60n), []))).toBe("1152921504606846976");
    expect(plain(NdArray.of([0n, NOT_A_TIME], [2], parseDType("M8[s]")))).toBe('["1970-01-01T00:00:00",null]');
    expect(plain(NdArray.objects(["a", null], [2]))).toBe('["a",null]');
    expect(plain(DataFrame.fromRecords([{ a: 1, b: "x" }]))).toBe('[{"a":1.0,"b":"x"}]');
    const labelled = new DataFrame(
      [new Series({ name: "v", values: NdArray.of(Int32Array.of(7)), dtype: "int32" })],
      Index.of(["x"], "key"),
    );
    expect(plain(labelled)).toBe('[{"key":"x","v":7}]');
    expect(plain(labelled.series[0])).toBe("[7]");
    expect(plain(labelled.rowIndex)).toBe('["x"]');
  });

  it("refuses what it has no word for", () => {
    for (const array of [
      NdArray.of([new Uint8Array(1)], [1], parseDType("S1")),
      NdArray.of(Float64Array.of(1, 2), [1], parseDType("c16")),
    ])
      expect(() => toJson([array], { form: "plain" })).toThrow(/at \$\[0\]\): ndarray; write typed/);
    expect(() => toJson(Csr.fromDense(Float64Array.of(1), 1, 1), { form: "plain" })).toThrow(/csr/);
  });
});

describe("malformed arrays", () => {
  const malformed: readonly (readonly [string, RegExp])[] = [
    ['{"$ndarray": 1}', /dtype is malformed/],
    ['{"$ndarray": {"dtype": "<f8", "shape": [1e9], "data": []}}', /0 elements do not fill|needs|not 0/],
    ['{"$ndarray": {"dtype": "<f8", "shape": [2], "data": [1]}}', /needs 16 bytes, not 8/],
    ['{"$ndarray": {"dtype": "<f8", "shape": [-1], "data": [1]}}', /no length of an axis/],
    ['{"$ndarray": {"dtype": "<f8", "shape": [1], "data": ["x"]}}', /holds x/],
    ['{"$ndarray": {"dtype": "<i4", "shape": [1], "data": [1.5]}}', /int32 cannot hold 1.5/],
    ['{"$ndarray": {"dtype": "|u1", "shape": [1], "data": [256]}}', /uint8 cannot hold 256/],
    ['{"$ndarray": {"dtype": "<U1", "shape": [1], "data": ["ab"]}}', /<U1 cannot hold ab/],
    ['{"$ndarray": {"dtype": "<x8", "shape": [], "data": []}}', /no numpy dtype/],
    ['{"$ndarray": {"dtype": "<f8", "shape": [1]}}', /no elements/],
    ['{"$ndarray": {"dtype": "|S4", "shape": [2], "bytes": {"$bytes": "AAAA"}}}', /needs 8 bytes, not 3/],
    [
      '{"$ndarray": {"dtype": {"fields": [["a", "<f8", 4]], "itemsize": 8}, "shape": [0], "bytes": {"$bytes": ""}}}',
      /field of a dtype/,
    ],
    ['{"$ndarray": {"dtype": "<f8", "shape": [1], "scalar": true, "data": [1]}}', /is no scalar/],
    [
      '{"$csr": {"shape": [1, 1], "dtype": "<f8", "indptr": [0, 9], "indices": [], "data": 1}}',
      /sparse matrix is malformed/,
    ],
    [
      '{"$csr": {"shape": [1, 1], "dtype": "<f8", "indptr": [0, 1], "indices": [4], "data": {"$ndarray": {"dtype": "<f8", "shape": [1], "data": [1]}}}}',
      /column 4 lies outside/,
    ],
    ['{"$frame": {"columns": [1]}}', /no columns/],
    ['{"$series": {"name": "a"}}', /a column is malformed/],
    ['{"$index": {"kind": "RangeIndex", "range": [0, 1e15, 1]}}', /too large/],
    ['{"$index": {"levels": [], "codes": [[0]]}}', /differ from its codes/],
    ['{"$index": {"levels": [1], "codes": []}}', /several levels is malformed/],
  ];

  it.each(malformed)("%s", (text, message) => {
    let error: unknown;
    try {
      fromJson(text, exact);
    } catch (caught) {
      error = caught;
    }
    expect(isCurtidoError(error), String((error as Error)?.stack ?? "accepted")).toBe(true);
    expect((error as Error).message).toMatch(message);
  });
});

describe("dates", () => {
  it("are texts as exact as their ticks", () => {
    expect(dateText(1_709_209_800_123_456_789n, parseDType("M8[ns]"))).toBe("2024-02-29T12:30:00.123456789");
    expect(dateText(-1n, parseDType("M8[ms]"))).toBe("1969-12-31T23:59:59.999");
    expect(dateText(2n, parseDType("M8[25D]"))).toBe("1970-02-20T00:00:00");
    expect(dateText(NOT_A_TIME, parseDType("M8[D]"))).toBeNull();
    expect(() => dateText(1n, parseDType("M8[Y]"))).toThrow(/units of 'Y'/);
    expect(() => dateText(2n ** 62n, parseDType("M8[s]"))).toThrow(/not written/);
  });

  it("read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (ticks) => {
        const text = dateText(ticks, parseDType("M8[ns]"))!;
        expect(parseDate(text)?.nanoseconds).toBe(ticks);
      }),
    );
    expect(parseDate("2024-03-01 00:30+01:00")).toEqual({
      nanoseconds: 1_709_249_400_000_000_000n,
      zoned: true,
      digits: 0,
    });
    for (const text of ["2024-02-30", "2024-13-01", "24-01-01", "2024-01-01T25:00", "2024-1-1", "", "20240101"])
      expect(parseDate(text), text).toBeUndefined();
  });
});

describe("withoutIndex", () => {
  it("puts labels in front, a column per level", () => {
    const { value } = written["multi_index"]!;
    const flat = withoutIndex(value as DataFrame);
    expect(flat.columns).toEqual(["k", "level_1", "a"]);
    expect(flat.series[0]!.values.tolist()).toEqual(["a", "b", null]);
    expect(flat.series[1]!.dtype).toBe("int64");
    const plain = DataFrame.fromRecords([{ a: 1 }]);
    expect(withoutIndex(plain)).toBe(plain);
    expect(withoutIndex(written["range_index"]!.value as DataFrame).series[0]!.values.tolist()).toEqual([5, 7, 9]);
    expect(withoutIndex(written["text_index"]!.value as DataFrame).columns).toEqual(["index", "a"]);
  });
});
