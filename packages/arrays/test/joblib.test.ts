import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CurtidoError, type Dict, isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFile, loads, type NdArray, npyHeader, readNpy } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures/arrays");
const read = (name: string) => new Uint8Array(readFileSync(join(root, name)));
const NAMES = ["joblib_parts.joblib0.9.4py3.joblib", "joblib_zparts.joblib0.9.4py3.joblib"] as const;

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    return isCurtidoError(error) ? error.code : `untagged ${String(error)}`;
  }
}

/** A protocol 0 pickle of one of joblib's old wrappers. */
const wrapper = (filename: string) =>
  new TextEncoder().encode(
    `cjoblib.numpy_pickle\nNDArrayWrapper\n)R(dVfilename\nV${filename}\nsVsubclass\ncnumpy\nndarray\nsb.`,
  );

describe("files of several parts", () => {
  it.each(NAMES)("%s: parts are asked for by their plain names", (name) => {
    const asked: string[] = [];
    const value = loads(read(name), {
      part: (part) => {
        asked.push(part);
        return read(part);
      },
    }) as Dict;
    expect((value.get("f") as NdArray).tolist()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(asked.length).toBe(8);
    for (const part of asked) expect(part.startsWith(`${name}_0`)).toBe(true);
  });

  it("without their parts say which file is missing", () => {
    expect(() => loads(read(NAMES[0]))).toThrow(
      /with arrays in files of their own, and '.*joblib_0\d\.npy' is not at hand/,
    );
    const part = () => {
      throw new CurtidoError("E_FILE", "no such file");
    };
    expect(codeOf(() => loads(read(NAMES[0]), { part }))).toBe("E_FILE");
  });

  it.each(["../x.npy", "/etc/passwd", "a/b.npy", "a\\\\b.npy", "..", ".", "C:x.npy"])("never ask for %s", (name) => {
    let asked = false;
    const part = () => {
      asked = true;
      return new Uint8Array(0);
    };
    expect(() => loadFile(wrapper(name), { part })).toThrow(/which is no plain file name: it is not read/);
    expect(asked).toBe(false);
  });

  it("refuse parts that are cut off or no arrays", () => {
    for (const content of [
      new Uint8Array(0),
      read(`${NAMES[0]}_01.npy`).subarray(0, -3),
      Uint8Array.of(0x80, 4, 0x4e, 0x2e),
    ])
      expect(["E_CONTAINER", "E_ARRAY"]).toContain(codeOf(() => loadFile(wrapper("x.npy"), { part: () => content })));
  });
});

describe("arrays of objects", () => {
  /** `depth` wrappers of an object array, each inside the last. */
  const nested = (depth: number) => {
    const one =
      "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)R(dVdtype\ncnumpy\ndtype\n(VO8\ntRsVshape\n(I1\ntsVorder\nVC\nsb";
    return new TextEncoder().encode(`${one.repeat(depth)}N.${".".repeat(depth)}`);
  };

  it("are read inside one another, but not without end", () => {
    expect(loadFile(nested(3))).toBeNull();
    expect(codeOf(() => loadFile(nested(20_000)))).toBe("E_LIMIT");
  });
});

describe("npy", () => {
  const header = (text: string, version = 1) => {
    const line = Buffer.from(text, "latin1");
    const length = version === 1 ? [line.length & 255, line.length >> 8] : [line.length & 255, line.length >> 8, 0, 0];
    return Uint8Array.from([0x93, ...Buffer.from("NUMPY"), version, 0, ...length, ...line]);
  };

  it("reads every header that numpy writes", () => {
    const described = (text: string, version?: number) => {
      const { dtype, shape, order } = npyHeader(header(text, version));
      return [dtype.kind, dtype.itemsize, shape, order];
    };
    expect(described("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }   \n")).toEqual([
      "f",
      8,
      [2, 3],
      "C",
    ]);
    expect(described("{'descr': '|O', 'fortran_order': True, 'shape': (), }\n")).toEqual(["O", 8, [], "F"]);
    expect(described("{'descr': '<i4', 'fortran_order': False, 'shape': (3L,), }\n", 2)).toEqual(["i", 4, [3], "C"]);
    expect(
      described("{'descr': [('i', '<i8'), ('v', '<f8', (2,)), ('', '|V4')], 'fortran_order': False, 'shape': (1,)}", 3),
    ).toEqual(["V", 28, [1], "C"]);
  });

  it("refuses what is none", () => {
    for (const text of [
      "",
      "[]",
      "{'descr': '<f8'}",
      "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
      "{'descr': [1], 'fortran_order': False, 'shape': (1,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)",
      `{'descr': ${"[".repeat(5000)}`,
      "__import__('os')",
    ])
      expect(codeOf(() => npyHeader(header(text)))).toBe("E_CONTAINER");
    expect(codeOf(() => npyHeader(header("{'descr': '<f9', 'fortran_order': False, 'shape': ()}")))).toBe("E_DTYPE");
    const large = header("{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776,)}");
    expect(codeOf(() => readNpy(large, () => null))).toBe("E_ARRAY");
  });

  it("any text in the header is refused or read", () => {
    const piece = fc.constantFrom(
      ..."{}()[],:' \"\\",
      "'descr'",
      "'<f8'",
      "True",
      "None",
      "12",
      "'shape'",
      "-",
      "u'x'",
      "3L",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(codeOf(() => npyHeader(header(pieces.join(""))))).not.toMatch(/^untagged/);
      }),
      { numRuns: 500 },
    );
  });
});
