import { describe, expect, it } from "vitest";
import { dumps, loads, type ScanOptions, Tuple } from "../src/index.ts";
import { blob, bytes, finds, frame, kinds, look, named, PROTO2, PROTO4, payload, text, u4, u8 } from "./scan_help.ts";

describe("values", () => {
  it("are clean in every protocol", () => {
    const value = { a: [1, 2.5, -7, 2n ** 80n, "text", null, true, new Tuple([1, new Uint8Array(3)])] };
    for (const protocol of [0, 1, 2, 3, 4, 5] as const) finds(dumps(value, { protocol }));
  });

  it("one behind the other, and padding behind them, are clean", () => {
    expect(finds(bytes("N.", PROTO2, "N.", PROTO4, "N.")).pickles).toBe(3);
    finds(bytes("N.", [0, 0, 0]));
    finds(bytes("N.\n\n"));
  });

  it("of a class that is known are clean, and counted", () => {
    const report = finds(bytes(PROTO2, "ccollections\nOrderedDict\n)R(Va\nK\x01u."));
    expect(report.names).toEqual([
      { name: "collections.OrderedDict", verdict: "safe", path: "f", offset: 2, mentions: 1, calls: 1, builds: 0 },
    ]);
  });
});

describe("readers disagree", () => {
  it.each([
    ["a frame that ends inside an opcode", bytes(PROTO4, frame(3), text("abcdef"), ".")],
    ["a frame inside another", bytes(PROTO4, frame(11), frame(1), "N.")],
    ["a frame that goes on behind STOP", bytes(PROTO4, frame(4), "N.N.")],
    ["I0x10", bytes("I0x10\n.")],
    ["I010", bytes("I010\n.")],
    ["I1_0", bytes("I1_0\n.")],
    ["I 7", bytes("I 7\n.")],
    ["I7 with NUL", bytes("I7\0junk\n.")],
    ["L0x1L", bytes("L0x1L\n.")],
    ["F with capital letters", bytes("FINF\n.")],
    ["F+1.5", bytes("F+1.5\n.")],
    ["p01", bytes("Np01\n0g1\n.")],
    ["g with spaces", bytes("Np1\n0g 1\n.")],
    ["PROTO twice", bytes(PROTO2, PROTO4, "N.")],
    ["PROTO late", bytes("N0", PROTO4, "N.")],
    ["objects left on the stack", bytes("NN.")],
  ])("%s", (_, stream) => {
    expect(finds(stream, "readers-disagree").verdict).toBe("findings");
  });

  it("and what stands behind such a place is found, too", () => {
    for (const stream of [
      bytes(PROTO4, frame(1000), payload, "N."),
      bytes(PROTO4, "F1_0\n0", payload, "N."),
      bytes(PROTO4, "I1__0\n0", payload, "N."),
      bytes("\x80\x09", payload, "N."),
      bytes(PROTO4, "S'\n0", payload, "N."),
      bytes(PROTO4, "h\x09", "0", payload, "N."),
    ]) {
      const report = look(stream);
      expect(report.verdict).toBe("findings");
      expect(kinds(report)).toContain("dangerous-call");
    }
  });

  it("but forms that Python writes are clean", () => {
    finds(bytes("(I00\nI01\nI-5\nL123L\nL-1\nF1.5\nF1e+20\nF-inf\nFnan\nS'a'\nS\"a'b\"\nVtext\nlp0\n."));
  });
});

describe("what is not whole", () => {
  it("is told with what came before: a payload and then an error", () => {
    finds(bytes(payload), "dangerous-name", "dangerous-call", "truncated");
    finds(bytes(PROTO4, payload), "dangerous-name", "dangerous-call", "truncated");
    finds(bytes(PROTO4, payload, 0xff), "dangerous-name", "dangerous-call", "malformed");
    finds(bytes(PROTO4, payload, "0"), "dangerous-name", "dangerous-call", "malformed");
    finds(bytes(`${payload}X`, u4(1000), "."), "dangerous-name", "dangerous-call", "truncated");
  });

  it("is never clean", () => {
    for (const stream of [
      bytes(PROTO4),
      bytes(PROTO4, "N"),
      bytes(PROTO4, frame(9), "N"),
      bytes("(dp0\nVa\nI1"),
      bytes(PROTO4, "a."),
    ])
      expect(look(stream).verdict).toBe("unknown");
  });
});

describe("junk", () => {
  it("between pickles does not hide the next one", () => {
    const report = look(bytes("N.", [1, 2, 3], PROTO4, payload, "N."));
    expect(kinds(report)).toEqual(["dangerous-call", "dangerous-name", "trailing-data"]);
    expect(kinds(look(bytes("N.", [1, 2, 3], `${payload}N.`)))).toEqual(["dangerous-name", "trailing-data"]);
    expect(kinds(look(bytes([1, 2, 3], PROTO4, payload, "N.")))).toEqual([
      "dangerous-call",
      "dangerous-name",
      "unopened",
    ]);
    expect(kinds(look(bytes(PROTO4, "N", [0xff, 0xff], PROTO4, payload, "N.")))).toContain("dangerous-call");
  });

  it("behind a pickle is told", () => {
    finds(bytes("N.", [1, 2, 3]), "trailing-data");
  });

  it("of PyTorch before 1.6 are its storages", () => {
    const id = ["(", text("storage"), named("torch", "FloatStorage"), text("0"), text("cpu"), "K\x02tQ"] as const;
    const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
    const file = (...raw: readonly number[]) =>
      bytes(
        PROTO2,
        magic,
        ".",
        PROTO2,
        "M\xe9\x03.",
        PROTO2,
        "}.",
        PROTO2,
        ...id,
        ".",
        PROTO2,
        "](",
        text("0"),
        "e.",
        raw,
      );
    finds(file(...u8(2), 0, 0, 0, 0, 0, 0, 0, 0));
    finds(file(...u8(2), 0x63, 0, 0, 0, 0, 0, 0, 0, 1), "trailing-data");
  });
});

describe("pickles inside pickles", () => {
  const inner = bytes(PROTO4, payload, "N.");
  it.each([
    ["bytes", bytes(PROTO4, blob(inner), ".")],
    ["protocol 0 in bytes", bytes(PROTO4, blob(bytes(`${payload}N.`)), ".")],
    ["protocol 0 in a str", bytes(PROTO4, text(`${payload}N.`), ".")],
    ["a str of Python 2", bytes("S'cos\\nsystem\\n(Vx\\ntR.'\n.")],
    ["a unicode line", bytes("Vcos\\u000asystem\\u000a(Vx\\u000atR.\n.")],
    [
      "binary bytes as a str",
      bytes(PROTO4, text(Buffer.from(Buffer.from(inner).toString("latin1")).toString("latin1")), "."),
    ],
    ["one inside another", bytes(PROTO4, blob(bytes(PROTO4, blob(inner), ".")), ".")],
    ["cut off", bytes(PROTO4, blob(inner.subarray(0, -3)), ".")],
  ])("%s", (_, stream) => {
    const report = look(stream);
    expect(report.verdict).toBe("findings");
    expect(report.findings[0]).toMatchObject({ kind: "dangerous-name", name: "os.system" });
    expect(report.findings[0]!.path).toMatch(/^f(!pickle@\d+)+$/);
  });

  it("that are plain values, or texts by chance, are clean", () => {
    finds(bytes(PROTO4, blob(bytes(PROTO4, "N.")), "."));
    finds(bytes(PROTO4, text("cat\ndog\nbird"), "."));
    finds(bytes(PROTO4, blob(bytes(PROTO4, [1, 2, 3, 4, 5, 6, 7, 8])), "."));
  });

  it("are not followed without end", () => {
    let stream = inner;
    for (let depth = 0; depth < 40; depth++) stream = bytes(PROTO4, blob(bytes("cos\nx\n0", [...stream])), ".");
    expect(kinds(look(stream))).toContain("over-limit");
  });
});

describe("other files", () => {
  it("texts and known data hold no pickle", () => {
    for (const content of [
      "",
      "# Title\n\nA text.\n",
      "a,b\n1,2\n",
      '{"a": 1}',
      "\x89PNG\r\n\x1a\n...",
      "PAR1xxxxPAR1",
      "import os\nclass A:\n  pass\n",
    ])
      finds(bytes(content));
  });

  it("7z, RAR, HDF5 and what is not known were not opened", () => {
    for (const content of [
      "7z\xbc\xaf\x27\x1c\0\x04",
      "Rar!\x1a\x07\x01\0",
      "\x89HDF\r\n\x1a\n\0",
      "\x01\x02\x03\x04\xff",
      "PK\x03\x04\x14\0",
    ])
      expect(finds(bytes(content), "unopened").verdict).toBe("unknown");
  });

  it("a text that Python would import something for is no text", () => {
    expect(look(bytes("cmymodule.sub\nname\n)R and so on")).verdict).toBe("findings");
  });
});

describe("limits", () => {
  const limited = (stream: Uint8Array, limits: ScanOptions["limits"]) => kinds(look(stream, { limits: limits! }));

  it("are reached as findings", () => {
    expect(limited(bytes("N".repeat(100), "."), { stack: 50 })).toEqual(["over-limit"]);
    expect(limited(bytes(PROTO4, "N", [0x94], "0N", [0x94], "0N", [0x94], "."), { memoEntries: 1 })).toEqual([
      "over-limit",
    ]);
    expect(limited(bytes(PROTO4, "(".repeat(100), "."), { stack: 50 })).toEqual(["over-limit"]);
    expect(limited(bytes("Nr\xff\xff\xff\xff."), {})).toEqual(["over-limit"]);
    expect(limited(bytes(`L${"1".repeat(5000)}L\n.`), {})).toEqual(["over-limit"]);
    expect(limited(bytes("ca\nb\n0cc\nd\n0ce\nf\n."), { names: 1 })).toContain("over-limit");
    const starts = bytes("N.", [1], [0x80, 4, 0x61, 1, 0x80, 4, 0x61, 1, 0x80, 4, 0x61, 1]);
    expect(limited(starts, { attempts: 2 })).toContain("over-limit");
  });

  it("of recoveries leave a malformed stream undecided", () => {
    const stream = bytes(PROTO4, "h\x09", payload, "N.");
    expect(limited(stream, {})).toContain("dangerous-call");
    expect(look(stream, { limits: { recoveries: 0 } }).verdict).not.toBe("clean");
    expect(limited(stream, { recoveries: 0 })).not.toContain("dangerous-call");
  });

  it("of the reader are kept, too: marks take room on the stack", () => {
    expect(() => loads(bytes("(".repeat(100)), { limits: { stack: 50 } })).toThrow(/too many marks/);
  });

  it("of findings count what is not listed, and decide all the same", () => {
    const many = Array.from({ length: 30 }, (_, at) => `cm${at}\nn\n0`).join("");
    const report = look(bytes(`${many}N.`), { limits: { findings: 10 } });
    expect([report.findings.length, report.unlisted, report.verdict]).toEqual([10, 20, "findings"]);
    const hidden = bytes("Pa\n0Pb\n0Pc\n0cos\nsystem\n.");
    expect(look(hidden, { limits: { findings: 2 } }).verdict).toBe("findings");
  });

  it("billion laughs cost what they are long", () => {
    const laughs = bytes(
      PROTO4,
      "](",
      [0x94],
      Array.from({ length: 60 }, (_, at) => [0x68, at, 0x68, at, 0x86, 0x94]).flat(),
      "e.",
    );
    const start = performance.now();
    look(laughs);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("deep nesting does not overflow", () => {
    const deep = 200_000;
    expect(look(bytes("(".repeat(deep), "t".repeat(deep), ".")).verdict).toBe("clean");
    expect(look(bytes("]".repeat(deep), "a".repeat(deep - 1), ".")).verdict).toBe("clean");
    const calls = bytes("cbuiltins\ndict\n", ")R".repeat(deep), ".");
    expect(look(calls).verdict).toBe("findings");
  });
});
