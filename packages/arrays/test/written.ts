/** @module Values that are written for Python to read: `oracle/written.py` says what each must be there. */

import { Complex, Dict, float, Global, Instance } from "@curtido/pickle";
import {
  type ArrayDumpOptions,
  bool,
  type Column,
  Csr,
  DataFrame,
  type DType,
  dumps,
  Index,
  multiIndexOf,
  NdArray,
  parseDType,
  Series,
} from "../src/index.ts";

/** What is written, and how. */
export interface Written {
  readonly value: unknown;
  readonly options?: ArrayDumpOptions;
  /** Whether the arrays leave the pickle. */
  readonly outOfBand?: true;
}

const of = (data: unknown[], code: string, shape: readonly number[] = [data.length]) =>
  NdArray.of(data, shape, parseDType(code));
const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new TextEncoder().encode(value);

/** A record of an int, a text, a sub-array and a record. */
const inner: DType = {
  kind: "V",
  itemsize: 9,
  littleEndian: true,
  fields: [
    { name: "when", dtype: parseDType("M8[D]"), offset: 0 },
    { name: "ok", dtype: bool, offset: 8 },
  ],
};
const pair: DType = { kind: "V", itemsize: 8, littleEndian: true, subarray: { dtype: parseDType("f4"), shape: [2] } };
const record: DType = {
  kind: "V",
  itemsize: 40,
  littleEndian: true,
  fields: [
    { name: "n", dtype: parseDType(">i4"), offset: 0 },
    { name: "s", dtype: parseDType("U3"), offset: 4 },
    { name: "xy", dtype: pair, offset: 16 },
    { name: "in", dtype: inner, offset: 24 },
  ],
};
const mixed: DType = {
  kind: "V",
  itemsize: 16,
  littleEndian: true,
  fields: [
    { name: "a", dtype: parseDType("f8"), offset: 0 },
    { name: "o", dtype: parseDType("O"), offset: 8 },
  ],
};

const numpy: Readonly<Record<string, unknown>> = {
  typed: [
    Float64Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY),
    Float32Array.of(0.1, -1),
    Int8Array.of(-128, 127),
    Int16Array.of(-2, 1000),
    Int32Array.of(-3, 70000),
    BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n),
    Uint16Array.of(65535),
    Uint32Array.of(2 ** 32 - 1),
    BigUint64Array.of(2n ** 64n - 1n),
  ].map((data) => NdArray.of(data)),
  bytes_are_bytes: [bytes(1, 2), NdArray.of(bytes(1, 2))],
  typed_arrays: [Float64Array.of(1, 2), Int32Array.of(3)],
  halves: of([0.1, -65504, 6e-8, 1e-9, Number.POSITIVE_INFINITY, Number.NaN, 65519, 2049], "f2"),
  long_doubles: of([1.5, -0, 5e-324, 1e300, Number.NEGATIVE_INFINITY], "f16"),
  bools: NdArray.bools(bytes(1, 0, 1)),
  complex: NdArray.of(Float64Array.of(1, -2, 0, 3), [2], parseDType("c16")),
  complex64: NdArray.of(Float32Array.of(1, -2), [1], parseDType("c8")),
  big_endian: [
    of([1, -2], ">i4"),
    of([0.5], ">f8"),
    of(["ñ"], ">U2"),
    NdArray.of(Float64Array.of(1, 2), [1], parseDType(">c16")),
  ],
  texts: of(["", "a", "塩漬け", "😀\u0000x"], "U4"),
  byte_texts: of([text("ab"), text("")], "S3"),
  voids: of([bytes(1, 0, 2)], "V3"),
  dates: [of([0n, -1n, -(2n ** 63n)], "M8[ns]"), of([5n], "M8[25s]"), of([7n], "m8[ms]"), of([1n], "m8")],
  objects: NdArray.objects([null, "a", 1, float(1), new Complex(0, 1), [1, [2]], new Dict([[1, 2]])], [7]),
  objects_2d: NdArray.objects([1, "b", null, true], [2, 2]),
  records: NdArray.of(
    [
      [1, "ab", [0.5, 1], [3n, true]],
      [-2, "", [0, -1], [0n, false]],
    ],
    [2],
    record,
  ),
  records_of_objects: NdArray.of(
    [
      [1.5, "x"],
      [2, null],
    ],
    [2],
    mixed,
  ),
  fortran: NdArray.fromBytes(new Uint8Array(Int32Array.of(1, 4, 2, 5, 3, 6).buffer), parseDType("i4"), [2, 3], "F"),
  c_order: NdArray.of(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
  three_axes: NdArray.of(
    Float64Array.from({ length: 24 }, (_, at) => at),
    [2, 3, 4],
  ),
  no_dimensions: [NdArray.of(Float64Array.of(1.5), []), of(["é"], "U1", []), NdArray.objects([null], [])],
  empty: [
    NdArray.of(new Float64Array(0)),
    NdArray.of(new Int32Array(0), [3, 0]),
    of([], "U1"),
    NdArray.objects([], [0]),
  ],
  scalars: [
    NdArray.of(Float64Array.of(1.5), []),
    NdArray.bools(bytes(1), []),
    of([-3], "i2", []),
    of(["é"], "U1", []),
    of([5n], "M8[D]", []),
    NdArray.of([[1, "ab", [0.5, 1], [3n, true]]], [], record),
  ].map((array) => array.asScalar()),
  dtypes: new Instance(new Global("numpy", "dtype"), ["f8", false, true], "reduce"),
  csr: new Csr([2, 3], Int32Array.of(0, 1, 2), Int32Array.of(2, 0), Float64Array.of(5, -1)),
  csr_int: new Csr([1, 2], Int32Array.of(0, 1), Int32Array.of(1), Float64Array.of(7), parseDType("i8")),
  csr_bool: new Csr([1, 2], Int32Array.of(0, 1), Int32Array.of(1), Float64Array.of(1), bool),
  csr_array: new Csr([1, 2], Int32Array.of(0, 0), new Int32Array(0), new Float64Array(0), parseDType("f4"), "array"),
};

const column = (name: unknown, values: NdArray, dtype: string, more: Partial<Column> = {}): Series =>
  new Series({ name, values, dtype, ...more });
const texts = (...items: unknown[]) => NdArray.objects(items, [items.length]);
const a = column("a", NdArray.of(Float64Array.of(1.5, Number.NaN, -0)), "float64");
const frame = (columns: Series[], index?: Index | readonly unknown[], names?: Index) =>
  new DataFrame(columns, index, undefined, names);
const day = 86400n * 10n ** 9n;
const dates = of([0n, day], "M8[ns]");
const categories = { categories: texts("s", "m", "l"), ordered: true };
const sizes = texts("l", null, "s");
const daily = new Instance(new Global("pandas._libs.tslibs.offsets", "Day"), [1n, false], "reduce");
const datesIndex = (freq: unknown, dtype: string) =>
  new Index(dates.flat(), "when", dates, { kind: "DatetimeIndex", dtype, freq });
const ab = new Index(["a", "b"], null, texts("a", "b"));

const pandas: Readonly<Record<string, unknown>> = {
  frame: frame([
    a,
    column("n", NdArray.of(BigInt64Array.of(1n, 2n ** 60n, -3n)), "int64"),
    column("s", texts("x", null, "ü"), "object"),
    column("b", NdArray.of(Float64Array.of(1, 2, 3)), "float64"),
    column("ok", NdArray.bools(bytes(1, 0, 1)), "bool"),
    column("i", NdArray.of(Int32Array.of(1, 2, 3)), "int32"),
  ]),
  from_records: DataFrame.fromRecords([
    { a: 1, b: "x" },
    { a: 2, b: "y" },
  ]),
  texts_and_big_endian: frame([column("u", of(["x", "yy"], "U2"), "<U2"), column("v", of([1, 2], ">i8"), "int64")]),
  dates: frame([
    column("ns", dates, "datetime64[ns]"),
    column("d", of([1n, -(2n ** 63n)], "m8[ns]"), "timedelta64[ns]"),
  ]),
  seconds: frame([column("s", of([1n, 2n], "M8[s]"), "datetime64[s]")]),
  zoned: frame([column("z", dates, "datetime64[ns, Europe/Madrid]"), column("u", dates, "datetime64[ns, UTC]")]),
  zoned_us: frame([column("z", of([0n, 86400000000n], "M8[us]"), "datetime64[us, Asia/Tokyo]")]),
  categories: frame([
    column("c", sizes, "category", categories),
    column("k", of([3, 7, 3], "i8"), "category", { categories: of([7, 3], "i8") }),
  ]),
  nullable: frame([
    column("i", texts(1, null), "Int64"),
    column("u", texts(null, 255), "UInt8"),
    column("b", texts(true, null), "boolean"),
    column("s", texts("x", null), "string"),
  ]),
  nullable_float: frame([column("f", texts(null, 0.5), "Float64")]),
  str: frame([column("s", texts("x", null), "str")], undefined, new Index(["s"], null, texts("s"), { dtype: "str" })),
  periods: frame([column("p", of([648n, 649n], "i8"), "period[M]")]),
  range_index: frame([a], Index.range(11, 5, 2, "r")),
  int_index: frame([a], new Index([3, 1, 2], "n", NdArray.of(BigInt64Array.of(3n, 1n, 2n)))),
  text_index: frame([a], ["x", "y", "z"]),
  date_index: frame([column("x", NdArray.of(Int32Array.of(1, 2)), "int32")], datesIndex(null, "datetime64[ns]")),
  date_index_freq: frame([column("x", NdArray.of(Int32Array.of(1, 2)), "int32")], datesIndex(daily, "datetime64[ns]")),
  zoned_index: frame([column("x", NdArray.of(Int32Array.of(1, 2)), "int32")], datesIndex(null, "datetime64[ns, UTC]")),
  delta_index: new Index([1n, day], "d", of([1n, day], "m8[ns]"), { kind: "TimedeltaIndex" }),
  period_index: new Index([648n, 649n], null, of([648n, 649n], "i8"), { kind: "PeriodIndex", dtype: "period[M]" }),
  category_index: new Index(["l", null, "s"], "c", sizes, {
    kind: "CategoricalIndex",
    dtype: "category",
    ...categories,
  }),
  multi_index: frame(
    [a],
    multiIndexOf([ab, Index.of([1, 2])], [Int32Array.of(0, 1, -1), Int32Array.of(1, 1, 0)], ["k", null]),
  ),
  multi_columns: frame(
    [a, a],
    undefined,
    multiIndexOf([ab, ab], [Int32Array.of(0, 0), Int32Array.of(0, 1)], ["x", "y"]),
  ),
  same_names: frame([a, column("a", NdArray.of(Float64Array.of(7, 8, 9)), "float64")]),
  named_columns: frame([a], undefined, new Index(["a"], "variable", texts("a"))),
  number_columns: frame([column(0, a.values, "float64"), column(1, a.values, "float64")]),
  no_rows: frame([column("a", NdArray.of(new Float64Array(0)), "float64"), column("b", texts(), "object")]),
  no_columns: new DataFrame([], Index.range(3), 3, new Index([], null, texts())),
  series: new Series(
    { name: "s", values: a.values, dtype: "float64" },
    new Index(["x", "y", "z"], "k", texts("x", "y", "z")),
  ),
  series_unnamed: new Series({ name: null, values: sizes, dtype: "category", ...categories }),
};

/** Everything that is written, by name. */
export const written: Readonly<Record<string, Written>> = {
  ...Object.fromEntries(
    [...Object.entries(numpy), ...Object.entries(pandas)].map(([name, value]) => [name, { value }]),
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3, 5].map((protocol) => [`frame.protocol${protocol}`, { value: pandas["frame"], options: { protocol } }]),
  ),
  "typed.numpy2": { value: numpy["typed"], options: { numpy: "2" } },
  "str.pandas1": { value: pandas["str"], options: { pandas: "1" } },
  "records.out_of_band": { value: [numpy["records"], numpy["fortran"]], options: { protocol: 5 }, outOfBand: true },
  shared: { value: [a.values, a.values] },
  exact: { value: [1, 1n, numpy["objects_2d"], pandas["int_index"]], options: { exact: true } },
};

/** A pickle of a case, and the buffers that left it. */
export function pickled({ value, options, outOfBand }: Written): { bytes: Uint8Array; buffers: Uint8Array[] } {
  const buffers: Uint8Array[] = [];
  if (outOfBand === undefined) return { bytes: dumps(value, options), buffers };
  const bufferCallback = ({ data }: { data: Uint8Array }) => {
    buffers.push(data);
    return false;
  };
  return { bytes: dumps(value, { ...options, bufferCallback }), buffers };
}
