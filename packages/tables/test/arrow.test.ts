import { DataFrame, NdArray, parseDType, Series } from "@curtido/arrays";
import { PyDate } from "@curtido/pickle";
import * as flechette from "@uwdata/flechette";
import { expect, it, test } from "vitest";
import { arrowRows, readArrow } from "../src/arrow/read.ts";
import { writeArrow } from "../src/arrow/write.ts";
import { writeAnswers } from "../src/tables.ts";
import { text } from "./kit.ts";

const array = (values: readonly unknown[], dtype: string) =>
  NdArray.of([...values] as number[], [values.length], parseDType(dtype));
const column = (name: string, values: NdArray, dtype: string) => new Series({ name, values, dtype });
const objects = (name: string, values: unknown[]) => column(name, NdArray.objects(values, [values.length]), "object");

const FRAME = new DataFrame([
  column("i8", NdArray.of(Int8Array.of(-1, 2)), "int8"),
  column("u16", NdArray.of(Uint16Array.of(1, 65535)), "uint16"),
  column("i64", NdArray.of(BigInt64Array.of(2n ** 62n, -5n)), "int64"),
  column("f4", NdArray.of(Float32Array.of(0.5, Number.NaN)), "float32"),
  column("f8", NdArray.of(Float64Array.of(0.1, -0)), "float64"),
  column("bool", NdArray.bools(Uint8Array.of(1, 0)), "bool"),
  column("ns", array([1n, 1_709_164_800_123_456_789n], "M8[ns]"), "datetime64[ns]"),
  column("zone", array([0n, -1n], "M8[us]"), "datetime64[us, Europe/Madrid]"),
  objects("text", ["ñ", null]),
  objects("truth", [true, null]),
  objects("day", [new PyDate(2024, 2, 29), new PyDate(1969, 12, 31)]),
]);

it("keeps the dtypes of a table", async () => {
  const again = await readArrow(await writeArrow(FRAME));
  expect(again.series.map(({ name, dtype }) => [name, dtype])).toEqual(
    FRAME.series.map(({ name, dtype }) => [name, dtype]),
  );
  for (const [at, { name, values }] of again.series.entries())
    expect(values.flat().map(String), String(name)).toEqual(FRAME.series[at]!.values.flat().map(String));
});

it("gives a model dates as CSV has them, and long integers whole", async () => {
  const { columns, rows } = await arrowRows(await writeArrow(FRAME), {});
  const cells = Object.fromEntries(columns.map((name, at) => [name, rows[0]![at as never]]));
  expect(cells).toEqual({
    i8: -1,
    u16: 1,
    i64: 2n ** 62n,
    f4: 0.5,
    f8: 0.1,
    bool: true,
    ns: "1970-01-01 00:00:00.000000001",
    zone: "1970-01-01 01:00:00+01:00",
    text: "ñ",
    truth: true,
    day: "2024-02-29",
  });
});

it("is a file for files, a stream for answers, and reads both", async () => {
  const file = await writeArrow(FRAME);
  expect(text(file.subarray(0, 6))).toBe("ARROW1");
  expect(flechette.tableFromIPC(file).numRows).toBe(2);
  const answers = { predict: [1, 2] };
  const [stream, kept] = await Promise.all(
    [false, true].map((asFile) => writeAnswers(answers, { format: "arrow", single: false, file: asFile })),
  );
  expect([stream!.subarray(0, 4), text(kept!.subarray(0, 6))]).toEqual([Uint8Array.of(255, 255, 255, 255), "ARROW1"]);
  for (const bytes of [stream!, kept!])
    expect((await readArrow(bytes)).toRecords()).toEqual([{ predict: 1 }, { predict: 2 }]);
});

const refused: readonly (readonly [string, Series, RegExp])[] = [
  ["durations in hours", column("x", array([1n], "m8[h]"), "timedelta64[h]"), /'x' of timedelta64\[h\]/],
  ["periods", column("x", array([1n], "i8"), "period[M]"), /'x' of period\[M\]/],
  ["mixed objects", objects("x", ["a", 1]), /'x' of mixed objects \(row 2 differs/],
];
test.each(refused)("does not hold %s", async (_, series, message) => {
  await expect(writeArrow(new DataFrame([series]))).rejects.toThrow(message);
});

it("believes no length that a stream claims", async () => {
  const bytes = await writeAnswers({ predict: [1, 2, 3] }, { format: "arrow", single: false });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  // Rows of the batch and of its only column: the numbers 3 of 64 bits in the stream.
  const places = Array.from({ length: bytes.length / 4 - 2 }, (_, at) => at * 4).filter(
    (at) => view.getBigInt64(at, true) === 3n,
  );
  const codes = await Promise.all(
    places.map((place) => {
      const copy = bytes.slice();
      new DataView(copy.buffer).setBigInt64(place, 2n ** 31n, true);
      return readArrow(copy).then(
        (table) => table.length,
        (error) => error.code,
      );
    }),
  );
  expect(codes.filter((code) => code === "E_TABLE_LIMIT").length).toBeGreaterThanOrEqual(1);
  expect(codes.filter((code) => code !== "E_TABLE_LIMIT" && code !== "E_TABLE" && code !== 3)).toEqual([]);
});

it("refuses texts that lie over each other", async () => {
  const texts = flechette.tableFromArrays({ t: ["aa", "bb", "cc"] }, { types: { t: flechette.utf8() } });
  const bytes = flechette.tableToIPC(texts, { format: "stream" })!;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const at = Array.from({ length: bytes.length / 4 - 3 }, (_, word) => word * 4).find((place) =>
    [0, 2, 4, 6].every((offset, word) => view.getInt32(place + word * 4, true) === offset),
  )!;
  view.setInt32(at + 4, 6, true);
  await expect(readArrow(bytes)).rejects.toThrow(/'t' is out of order/);
});
