import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dict, type ErrorCode, isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dumpJoblib,
  type JoblibOptions,
  loads,
  NdArray,
  objectsOf,
  parseDType,
  readNpy,
  readNpz,
  sizeOf,
  writeNpy,
  writeNpz,
  writeZip,
} from "../src/index.ts";
import { compress, decompress, nodeInflate } from "../src/node.ts";
import { difference } from "./same.ts";
import { written } from "./written.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");
const sums: Record<string, string> = JSON.parse(readFileSync(join(FIXTURES, "written/sums.json"), "utf8"));
/** No Buffer, whose views are Buffers. */
const read = (file: string) => new Uint8Array(readFileSync(file));
const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const readAny = objectsOf(false);
const npy = (bytes: Uint8Array) => readNpy(bytes, readAny);

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("npy and npz that numpy wrote", () => {
  const folder = join(FIXTURES, "npz");
  const labels = ["np2.5.5", "np1.11.3"];

  it.each(labels)("%s", (label) => {
    const expected = loads(read(join(folder, `${label}.expected.pkl`))) as Dict;
    for (const name of ["stored", "deflated"]) {
      const bytes = read(join(folder, `${label}.${name}.npz`));
      for (const inflate of [undefined, nodeInflate]) {
        const arrays = readNpz(bytes, inflate === undefined ? {} : { inflate });
        expect([...arrays.keys()].sort()).toEqual([...expected.keys()].sort());
        // A pickle of numpy has the machine's byte order for what the npy file has big-endian, but for records.
        for (const [key, array] of arrays) {
          const [got, wanted] = [array as NdArray, expected.get(key) as NdArray];
          expect(difference(got.tolist(), wanted.tolist()), key).toBeUndefined();
          expect([got.shape, got.order, got.dtype.itemsize], key).toEqual([
            wanted.shape,
            wanted.order,
            wanted.dtype.itemsize,
          ]);
        }
      }
    }
    const versions = readdirSync(folder).filter((file) => file.startsWith(`${label}.records.v`));
    expect(versions.length).toBeGreaterThan(1);
    for (const file of versions)
      expect(difference(npy(read(join(folder, file))), expected.get("records"))).toBeUndefined();
  });

  it("are written again byte for byte", () => {
    const bytes = read(join(folder, "np2.5.5.records.v1.npy"));
    expect(Buffer.compare(writeNpy(npy(bytes) as NdArray), bytes)).toBe(0);
  });
});

describe("npy", () => {
  const codes = "b1 i1 i8 u2 f2 f8 f16 c8 S3 V2 M8[ns] m8[25s] >i2 >f8 >U2 U1".split(" ");
  const arrays = fc
    .record({
      code: fc.constantFrom(...codes),
      shape: fc.array(fc.nat(3), { maxLength: 3 }),
      order: fc.constantFrom("C" as const, "F" as const),
    })
    .map(({ code, shape, order }) => {
      const dtype = parseDType(code);
      return NdArray.fromBytes(
        new Uint8Array(sizeOf(shape) * dtype.itemsize).fill(dtype.kind === "U" ? 0 : 1),
        dtype,
        shape,
        order,
      );
    });

  it("holds any array, elements at a multiple of 64 bytes", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const bytes = writeNpy(array);
        expect(difference(npy(bytes), array)).toBeUndefined();
        expect((bytes.length - sizeOf(array.shape) * array.dtype.itemsize) % 64).toBe(0);
      }),
    );
  });

  it("holds any name of a field", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        const fields = [{ name, dtype: parseDType("i4"), offset: 0 }];
        const array = NdArray.fromBytes(new Uint8Array(4), { kind: "V", itemsize: 4, littleEndian: true, fields }, [1]);
        expect((npy(writeNpy(array)) as NdArray).dtype.fields).toEqual(fields);
      }),
    );
  });

  it("takes long headers, and refuses fields out of order", () => {
    const fields = Array.from({ length: 4000 }, (_, at) => ({
      name: `field${at}`,
      dtype: parseDType("i1"),
      offset: at,
    }));
    const dtype = { kind: "V", itemsize: 4000, littleEndian: true, fields } as const;
    const bytes = writeNpy(NdArray.fromBytes(new Uint8Array(4000), dtype, [1]));
    expect(bytes[6]).toBe(2);
    expect((npy(bytes) as NdArray).dtype.fields?.length).toBe(4000);
    const turned = { ...dtype, fields: [...fields].reverse() };
    expect(() => writeNpy(NdArray.fromBytes(new Uint8Array(4000), turned, [1]))).toThrow(/out of order/);
  });
});

describe("hostile npz", () => {
  const array = writeNpy(NdArray.of(Float64Array.of(1, 2)));
  const lying = writeZip([
    { name: "a.npy", bytes: array },
    { name: "a.npy", bytes: array },
  ]);
  const wrongSum = writeZip([{ name: "a.npy", bytes: array }]);
  wrongSum[wrongSum.length - 22 - 46 - 5 + 16]! ^= 1;
  const bomb = writeZip([{ name: "a.npy", bytes: new Uint8Array(1 << 20) }], (bytes) => compress("deflate", bytes));
  const cases: readonly (readonly [string, Uint8Array, ErrorCode])[] = [
    ["two entries of one name", lying, "E_CONTAINER"],
    ["a wrong checksum", wrongSum, "E_CONTAINER"],
    ["something else in it", writeZip([{ name: "a.npy", bytes: Uint8Array.of(1, 2) }]), "E_CONTAINER"],
    ["cut off", wrongSum.subarray(0, 60), "E_CONTAINER"],
    ["no archive", Uint8Array.of(1, 2, 3), "E_CONTAINER"],
    ["more than allowed", bomb, "E_LIMIT"],
  ];

  it.each(cases)("%s", (_, bytes, code) => {
    const error = caught(() => readNpz(bytes, { decompressedLimit: 1 << 16 }));
    expect(isCurtidoError(error, code), String(error)).toBe(true);
  });
});

describe("joblib, npy and npz that Python was shown to read back equal (oracle/written.py)", () => {
  const chosen = Object.entries(written).filter(([name]) => `joblib/${name}` in sums);

  it("are written as they were then, and read back", () => {
    expect(chosen.length).toBeGreaterThan(60);
    for (const [name, { value, options }] of chosen) {
      const given = { ...options } as JoblibOptions;
      expect(sum(dumpJoblib(value, given)), name).toBe(sums[`joblib/${name}`]);
      const arrays = [value].flat().flatMap((part, at) => {
        return part instanceof NdArray && !part.scalar ? [[`a${at}`, part] as const] : [];
      });
      if (arrays.length === 0) continue;
      arrays.forEach(([, array], at) => {
        expect(sum(writeNpy(array, given)), name).toBe(sums[`npy/${name}.${at}`]);
      });
      expect(sum(writeNpz(new Map(arrays), given)), name).toBe(sums[`npz/${name}`]);
    }
  });

  it("read back as what was written, compressed or not, aligned or not", () => {
    const ways: readonly JoblibOptions[] = [
      {},
      { aligned: false },
      { compress: (bytes) => compress("zlib", bytes) },
      { compress: (bytes) => compress("gzip", bytes) },
    ];
    for (const [name, { value, options }] of chosen.filter(([name]) => !/index|text|no_columns|str/.test(name))) {
      const exact = { exact: true, decompress } as const;
      const wanted = loads(dumpJoblib(value, { ...options } as JoblibOptions), exact);
      for (const way of ways) {
        const got = loads(dumpJoblib(wanted, { ...way, exact: true }), exact);
        expect(difference(got, wanted), name).toBeUndefined();
      }
    }
  });

  it("keep an array that is there twice one array", () => {
    const array = NdArray.of(Float64Array.of(1, 2));
    const [one, two] = loads(dumpJoblib([array, array])) as NdArray[];
    expect(one!.tolist()).toEqual([1, 2]);
    expect(two).toBe(one);
  });
});
