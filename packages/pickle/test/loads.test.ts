import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.ts";
import { Dict, Global, Instance, isCurtidoError, loadAll, loads, opcodes, PySet, Tuple, tokens } from "../src/index.ts";

const bytes = (...parts: readonly (string | number | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

/** The code of the error that reading ends with. */
function codeOf(stream: Uint8Array, options = {}): string {
  try {
    loads(stream, options);
    return "none";
  } catch (error) {
    return isCurtidoError(error) ? error.code : `untagged ${String(error)}`;
  }
}

describe("loads", () => {
  it("knows all 68 opcodes", () => {
    expect(opcodes.length).toBe(68);
    expect(new Set(opcodes.map((opcode) => opcode.name)).size).toBe(68);
  });

  it("keeps identity and cycles", () => {
    const cyclic = loads(bytes("]q", 0, "(h", 0, "h", 0, "e.")) as unknown[];
    expect(cyclic[0]).toBe(cyclic);
    expect(cyclic[1]).toBe(cyclic);
  });

  it("compares keys as Python does", () => {
    const dict = loads(
      bytes(
        "}(K",
        1,
        "X",
        [1, 0, 0, 0],
        "a",
        0x88,
        "X",
        [1, 0, 0, 0],
        "b",
        "G",
        [0x3f, 0xf0, 0, 0, 0, 0, 0, 0],
        "X",
        [1, 0, 0, 0],
        "c",
        "u.",
      ),
    ) as Dict;
    expect([...dict]).toEqual([[1, "c"]]);
    expect(dict.get(true)).toBe("c");
    expect(new Dict([[new Tuple([1, "x"]), 1]]).get(new Tuple([true, "x"]))).toBe(1);
    expect(new Dict([["__proto__", 1]]).get("__proto__")).toBe(1);
    expect(
      new Dict([
        ["a\0", 1],
        [new Tuple(["a"]), 2],
      ]).size,
    ).toBe(2);
    expect(() => new Dict([[[], 1]])).toThrow("unhashable type: 'list'");
    expect(new PySet([1, true, 1n]).size).toBe(1);
  });

  it("never calls what a file names", () => {
    const value = loads(bytes("cposix\nsystem\n(Vtouch\ntR.")) as Instance;
    expect(value).toBeInstanceOf(Instance);
    expect(value.class).toEqual(new Global("posix", "system"));
    expect(value.args).toEqual(["touch"]);
  });

  it("tells of calls whose result is dropped", () => {
    const called: string[] = [];
    loads(bytes("cposix\nsystem\n(Vtouch\ntR0N."), { onCall: (callable: Global) => called.push(callable.toString()) });
    expect(called).toEqual(["posix.system"]);
  });

  it("reads integers of any size, exactly on request", () => {
    expect(loads(bytes("L123456789012345678901234567890L\n."))).toBe(123456789012345678901234567890n);
    expect(loads(bytes("K", 1, "."), { exact: true })).toBe(1n);
    expect(loads(bytes([0x8a, 8, 255, 255, 255, 255, 255, 255, 31, 0], "."))).toBe(9007199254740991);
  });

  it("reads a million deep and a million wide without a stack of its own", () => {
    const deep = new Uint8Array(2_000_001).fill(0x5d, 0, 1_000_001).fill(0x61, 1_000_001);
    const nested = new Uint8Array(deep.length + 1);
    nested.set(deep);
    nested[deep.length] = 0x2e;
    expect(Array.isArray(loads(nested))).toBe(true);
    const wide = new Uint8Array(1_000_004).fill(0x4e);
    wide.set([0x5d, 0x28]);
    wide.set([0x65, 0x2e], 1_000_002);
    expect((loads(wide) as unknown[]).length).toBe(1_000_000);
  });

  it("checks every length before it takes memory", () => {
    expect(codeOf(bytes("B", [255, 255, 255, 255], "x."))).toBe("E_TRUNCATED");
    expect(codeOf(bytes([0x8e, 0, 0, 0, 0, 0, 1, 0, 0], "x."))).toBe("E_TRUNCATED");
    expect(codeOf(bytes([0x96, 255, 255, 255, 255, 255, 255, 255, 255], "x."))).toBe("E_ARGUMENT");
    expect(codeOf(bytes("Nr", [255, 255, 255, 255], "."))).toBe("none");
    expect(codeOf(bytes("Np99999999999999\n."))).toBe("E_LIMIT");
    expect(codeOf(bytes("L", "9".repeat(5000), "L\n."))).toBe("E_LIMIT");
  });

  it("says where", () => {
    expect(() => loads(bytes("NN\xff"))).toThrow("(at byte 2)");
    expect(codeOf(bytes("hello"))).toBe("E_MEMO");
    expect(codeOf(bytes("{}"))).toBe("E_NOT_A_PICKLE");
    expect(codeOf(bytes())).toBe("E_TRUNCATED");
  });

  it("reads Python 2 strings as told", () => {
    const stream = bytes("U", 2, "\xe9a.");
    expect(codeOf(stream)).toBe("E_ENCODING");
    expect(loads(stream, { encoding: "latin1" })).toBe("éa");
    expect(loads(stream, { encoding: "bytes" })).toEqual(Uint8Array.of(0xe9, 0x61));
  });

  it("reads several pickles of one file, persistent ids, extensions and buffers", () => {
    expect(loadAll(bytes("N.K", 7, "."))).toEqual([null, 7]);
    expect(loads(bytes("Pid\n."), { persistentLoad: (id) => `<${String(id)}>` })).toBe("<id>");
    expect(loads(bytes([0x82, 5], "."), { extensions: new Map([[5, new Global("m", "n")]]) })).toEqual(
      new Global("m", "n"),
    );
    expect(loads(bytes([0x97], "."), { buffers: [Uint8Array.of(1, 2)] })).toEqual(Uint8Array.of(1, 2));
  });

  it("gives any bytes a value or a tagged error with an offset", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (stream) => {
        try {
          loads(stream);
        } catch (error) {
          expect(isCurtidoError(error)).toBe(true);
          expect(typeof (error as { fields: { offset: unknown } }).fields.offset).toBe("number");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("gives any sequence of opcodes a value or a tagged error", () => {
    const opcode = fc.constantFrom(...opcodes.map((each) => each.code));
    fc.assert(
      fc.property(fc.array(opcode, { maxLength: 40 }), (codes) => {
        const code = codeOf(Uint8Array.from([...codes, 0x2e]));
        expect(code).not.toMatch(/untagged/);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads and tokenizes alike: the tokens of what is read end where it ends", () => {
    const root = join(import.meta.dirname, "../../../fixtures/pickle");
    for (const name of readdirSync(root).filter((file) => file.endsWith(".p4.pkl"))) {
      const stream = readFileSync(join(root, name));
      expect([...tokens(stream)].at(-1)!.end).toBe(stream.length);
    }
  });
});

it("has no dependency, and exports what it says", () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
  expect(manifest.dependencies ?? {}).toEqual({});
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "BuildError",
      "ByteArray",
      "Complex",
      "Counter",
      "CurtidoError",
      "Decimal",
      "DefaultDict",
      "Deque",
      "Dict",
      "Ellipsis",
      "EnumMember",
      "Float",
      "Fraction",
      "FrozenSet",
      "Global",
      "HIGHEST_PROTOCOL",
      "Instance",
      "JsonLiteral",
      "Machine",
      "NotImplemented",
      "OrderedDict",
      "PickleBuffer",
      "PyDate",
      "PyDateTime",
      "PyPath",
      "PySet",
      "PyTime",
      "Range",
      "Slice",
      "StateSetter",
      "TimeDelta",
      "TimeZone",
      "Tokenizer",
      "Tuple",
      "Uuid",
      "announcedProtocol",
      "defaultLimits",
      "defaultScanLimits",
      "disassemble",
      "disassembly",
      "dumpAll",
      "dumps",
      "findingRules",
      "float",
      "floatRepr",
      "fromJson",
      "isCurtidoError",
      "isDangerous",
      "jsonError",
      "jsonType",
      "latin1Bytes",
      "loadAll",
      "loadFrom",
      "loads",
      "namePolicy",
      "opcodeByCode",
      "opcodes",
      "optimize",
      "partsOf",
      "pickleError",
      "printable",
      "scan",
      "toJson",
      "tokens",
      "typeName",
    ]
  `);
});
