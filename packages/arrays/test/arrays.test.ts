import { Deque, Dict, Global, Instance, isCurtidoError, StateSetter, Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Csr,
  compressionOf,
  DataFrame,
  decompressed,
  dumps,
  loads,
  NdArray,
  parseDType,
  reviveNumpy,
  transpose,
} from "../src/index.ts";
import { decompress } from "../src/node.ts";

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    return isCurtidoError(error) ? error.code : `untagged ${String(error)}`;
  }
}

/** An array as numpy pickles it. */
function pickled(code: string, shape: readonly number[], data: unknown, fortran = false): Instance {
  const array = new Instance(new Global("numpy.core.multiarray", "_reconstruct"), [], "reduce");
  const dtype = new Instance(new Global("numpy", "dtype"), [code, false, true], "reduce");
  dtype.states.push(new Tuple([3, code.startsWith(">") ? ">" : "<", null, null, null, -1, -1, 0]));
  array.states.push(new Tuple([1, new Tuple(shape), dtype, fortran, data]));
  return array;
}

describe("NdArray", () => {
  it("views aligned bytes and copies others", () => {
    const buffer = new Uint8Array(Float64Array.of(0, 1, 2).buffer);
    expect((NdArray.fromBytes(buffer.subarray(8), parseDType("f8"), [2]).data as Float64Array).buffer).toBe(
      buffer.buffer,
    );
    const odd = new Uint8Array(17);
    odd.set(buffer.subarray(8), 1);
    expect(NdArray.fromBytes(odd.subarray(1), parseDType("f8"), [2]).tolist()).toEqual([1, 2]);
  });

  it("reads Fortran order, any number of axes, and none", () => {
    const data = new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6).buffer);
    expect(reviveNumpy(pickled("f8", [2, 3], data, true))!.tolist()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect(reviveNumpy(pickled("f8", [2, 3], data))!.tolist()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(reviveNumpy(pickled("f8", [], data.subarray(0, 8)))!.tolist()).toBe(1);
    expect(reviveNumpy(pickled("f8", [0, 3], new Uint8Array(0)))!.tolist()).toEqual([]);
    expect(reviveNumpy(pickled("f8", [1, 1, 2, 3], data, true))!.tolist()).toEqual([
      [
        [
          [1, 3, 5],
          [2, 4, 6],
        ],
      ],
    ]);
  });

  it("does not write to the file when it turns bytes around", () => {
    const data = Uint8Array.of(0, 0, 0, 1);
    expect(reviveNumpy(pickled(">i4", [1], data))!.tolist()).toEqual([1]);
    expect([...data]).toEqual([0, 0, 0, 1]);
  });

  it("refuses shapes that the bytes do not fill, before it takes memory", () => {
    for (const shape of [[2 ** 40], [2 ** 20, 2 ** 20], [3], [-1], [2 ** 60], [1.5]]) {
      expect(["E_ARRAY", "E_LIMIT"]).toContain(codeOf(() => reviveNumpy(pickled("f8", shape, new Uint8Array(16)))));
    }
    expect(codeOf(() => reviveNumpy(pickled("V0", [2 ** 39], new Uint8Array(0))))).toBe("E_LIMIT");
    expect(codeOf(() => reviveNumpy(pickled("O", [2 ** 40], [])))).toBe("E_ARRAY");
    expect(codeOf(() => reviveNumpy(pickled("f99", [1], new Uint8Array(99))))).toBe("E_DTYPE");
    expect(codeOf(() => reviveNumpy(pickled("f8", [2 ** 40], null)))).toBe("E_ARRAY");
  });

  it("round-trips any doubles through any order of axes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.double()),
        (rows, columns, stream) => {
          const values = Float64Array.from({ length: rows * columns }, () => stream.next().value);
          const array = NdArray.of(values, [rows, columns]);
          expect(transpose(transpose(array, [1, 0]), [1, 0]).tolist()).toEqual(array.tolist());
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("Csr", () => {
  it("agrees with its dense form", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(0, 0, 1, -2, 3.5), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (rows) => {
          const dense = Float64Array.from(rows.flat());
          const sparse = Csr.fromDense(dense, rows.length, 4);
          expect(sparse.tolist()).toEqual(rows);
          expect(sparse.nnz).toBe(rows.flat().filter((value) => value !== 0).length);
        },
      ),
    );
  });

  it("refuses what is no matrix", () => {
    const make = (indptr: number[], indices: number[]) => () =>
      new Csr([2, 3], Int32Array.from(indptr), Int32Array.from(indices), new Float64Array(indices.length));
    expect(codeOf(make([0, 1, 2], [0, 3]))).toBe("E_ARRAY");
    expect(codeOf(make([0, 2, 1], [0, 1]))).toBe("E_ARRAY");
    expect(codeOf(make([0, 1, 9], [0, 1]))).toBe("E_ARRAY");
    expect(codeOf(make([0, 1], [0]))).toBe("E_ARRAY");
    expect(
      codeOf(() =>
        new Csr([2 ** 20, 2 ** 20], new Int32Array(2 ** 20 + 1), new Int32Array(0), new Float64Array(0)).toDense(),
      ),
    ).toBe("E_LIMIT");
  });
});

describe("DataFrame", () => {
  it("takes records of any keys without touching prototypes", () => {
    const frame = DataFrame.fromRecords([JSON.parse('{"__proto__": 1, "a": 2}'), { a: 3 }]);
    expect(frame.columns).toEqual(["__proto__", "a"]);
    expect(frame.tolist()).toEqual([
      [1, 2],
      [undefined, 3],
    ]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

it("revives arrays wherever they lie", () => {
  const array = () => NdArray.of(Float64Array.of(1, 2));
  const thing = new Instance(new Global("mymodule", "Thing"), [array()], "reduce");
  thing.states.push(new StateSetter(new Global("mymodule", "set"), array()));
  const value = [array(), new Tuple([array()]), new Dict([["a", array()]]), new Deque([array()]), thing];
  const [plain, tuple, dict, deque, again] = loads(dumps(value)) as [unknown, Tuple, Dict, Deque, Instance];
  const found = [plain, tuple.at(0), dict.get("a"), deque.items[0], again.args[0], again.state];
  expect(found.map((each) => (each as NdArray).tolist())).toEqual(Array.from({ length: 6 }, () => [1, 2]));
});

describe("files", () => {
  it("knows a compression by its first bytes, and not a pickle's", () => {
    expect(compressionOf(Uint8Array.of(0x78, 0x9c))).toBe("zlib");
    expect(compressionOf(Uint8Array.of(0x1f, 0x8b))).toBe("gzip");
    expect(compressionOf(Uint8Array.of(0x80, 4))).toBeUndefined();
  });

  it("unfolds no more than it is allowed to", async () => {
    const { deflateSync, gzipSync } = await import("node:zlib");
    const bomb = new Uint8Array(1 << 20);
    expect(codeOf(() => decompressed(deflateSync(bomb), decompress, 1000))).toBe("E_LIMIT");
    expect(codeOf(() => decompressed(gzipSync(bomb), decompress, 1000))).toBe("E_LIMIT");
    expect(codeOf(() => decompressed(deflateSync(bomb).subarray(0, 100), decompress))).toBe("E_CONTAINER");
    expect(decompressed(deflateSync(bomb)).length).toBe(1 << 20);
  });

  it("reads a joblib array whose pickle lies about it as an error", () => {
    const state = new Dict([["shape", new Tuple([2 ** 40])]]);
    expect(state.size).toBe(1);
    expect(
      codeOf(() =>
        loads(
          new TextEncoder().encode(
            "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)R}(Vshape\n(L1099511627776L\ntVdtype\ncnumpy\ndtype\n(Vf8\ntRub.",
          ),
        ),
      ),
    ).toBe("E_ARRAY");
  });
});
