import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { Dict, Global, Instance, namePolicy, PySet, Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFile, NdArray, type ScanFileOptions, scanFile } from "../src/index.ts";
import { decompress, nodeInflate } from "../src/node.ts";

const root = join(import.meta.dirname, "../../../fixtures");
const read = (name: string) => new Uint8Array(readFileSync(join(root, name)));
const look = (bytes: Uint8Array, options: ScanFileOptions = {}) =>
  scanFile(bytes, { path: "f", inflate: nodeInflate, ...options });
const kinds = (bytes: Uint8Array, options?: ScanFileOptions) =>
  [...new Set(look(bytes, options).findings.map(({ kind }) => kind))].sort();

const joined = (...parts: readonly (string | Uint8Array | readonly number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part)))),
  );
const EVIL = joined([0x80, 2], "cos\nsystem\n(Vtrue\ntR.");
/** Where the file beside a fixture is read from. */
const beside = (file: string) => (name: string) => {
  try {
    return read(join(dirname(file), name));
  } catch {
    return undefined;
  }
};

describe("honest files", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(?:pkl|joblib|npy|npz|z|pt)$/.test(name) && !name.startsWith("cpython"),
  );

  it("of every release are clean, without exception", { timeout: 120_000 }, () => {
    const problems: string[] = [];
    for (const file of files) {
      const { verdict, findings } = look(read(file), { part: beside(file) });
      if (verdict !== "clean") problems.push(`${file}: ${findings.map(({ words }) => words).join("; ")}`);
    }
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThan(4000);
  });

  it("of gradient boosting, PyTorch and numpy are read to their end", () => {
    expect(look(read("scan/torch.pt")).names.map(({ name }) => name)).toContain("torch._utils._rebuild_tensor_v2");
    expect(look(read("scan/torch_legacy.pt")).pickles).toBe(5);
    expect(look(read("scan/xgboost.pkl")).names.map(({ name }) => name)).toContain("xgboost.core.Booster");
    expect(look(read("scan/lightgbm.joblib")).names.map(({ name }) => name)).toContain("lightgbm.basic.Booster");
    expect(look(read("scan/arrays.npz")).pickles).toBe(1);
  });
});

describe("containers", () => {
  const zip = (...entries: readonly (readonly [string, Uint8Array])[]) => stored(entries);

  it("are told by their content, whatever the file is called, and paths say what was opened", () => {
    const path = (bytes: Uint8Array) => look(bytes).findings.map((finding) => `${finding.path} ${finding.kind}`)[0];
    expect(path(gzipSync(EVIL))).toBe("f!gzip dangerous-name");
    expect(path(deflateSync(EVIL))).toBe("f!zlib dangerous-name");
    expect(path(zip(["a.txt", EVIL]))).toBe("f!/a.txt dangerous-name");
    expect(path(zip(["in.zip", zip(["x/data.pkl", gzipSync(EVIL)])]))).toBe(
      "f!/in.zip!/x/data.pkl!gzip dangerous-name",
    );
    expect(path(tar("model/data.pkl", EVIL))).toBe("f!/model/data.pkl dangerous-name");
    expect(kinds(joined(tar("data.pkl", joined([0x80, 2], "N.")), "more"))).toEqual(["archive-lie"]);
    expect(path(gzipSync(tar("data.pkl", EVIL)))).toBe("f!gzip!/data.pkl dangerous-name");
    expect(path(npy("|O", EVIL))).toBe("f!objects dangerous-name");
    expect(path(zip(["a.npy", npy("|O", EVIL)]))).toBe("f!/a.npy!objects dangerous-name");
    expect(path(joined("ZF0x1a               ", deflateSync(EVIL)))).toBe("f!zlib dangerous-name");
  });

  it("that lie are findings, and are read all the same", () => {
    const archive = zip(["data.pkl", EVIL]);
    const lies = (change: (bytes: Uint8Array) => void) => {
      const copy = archive.slice();
      change(copy);
      return kinds(copy);
    };
    const [local, central] = [0, archive.indexOf(0x02, 30 + 8 + EVIL.length) - 3];
    const expected = ["archive-lie", "dangerous-call", "dangerous-name"];
    expect(lies((bytes) => bytes.set([0x78], local + 30))).toEqual(expected); // another local name: CVE-2025-1944
    expect(lies((bytes) => bytes.set([0x01], central + 8))).toEqual(expected); // flag bits: CVE-2025-1945
    expect(lies((bytes) => bytes.set([1, 2, 3, 4], central + 16))).toEqual(expected); // checksum: CVE-2025-10156
    expect(kinds(joined(archive, "tail"))).toEqual(expected);
    expect(kinds(joined("head", archive))).toContain("dangerous-call");
    expect(kinds(archive.subarray(0, central))).toEqual(["dangerous-call", "dangerous-name", "unopened"]);
  });

  it("behind a pickle, and pickles in front of an archive, are both read", () => {
    const both = joined(EVIL, zip(["data.pkl", joined([0x80, 2], "cposix\nlistdir\n.")]));
    const names = look(both).names.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["os.system", "posix.listdir"]));
    expect(look(joined([0x80, 2], "N.", zip(["a", joined([0x80, 2], "N.")]))).verdict).toBe("findings");
    const inner = zip(["a", joined([0x80, 2], "N.")]);
    const holding = (size: number, tail: string) => joined([0x80, 3, 0x42, size, 0, 0, 0], inner, tail);
    expect(kinds(holding(inner.length, "."))).toEqual([]);
    expect(kinds(holding(inner.length, ".rest"))).toContain("archive-lie");
  });

  it("that hold raw data are clean; a pickle in its place is not", () => {
    const storage = new Uint8Array(64).fill(0xb5);
    const model = joined([0x80, 2], "}.");
    expect(kinds(zip(["a/data.pkl", model], ["a/data/0", storage], ["a/version", joined("3\n")]))).toEqual([]);
    expect(kinds(zip(["a/data.pkl", model], ["a/other/0", storage]))).toEqual(["unopened"]);
    expect(kinds(zip(["a/data.pkl", model], ["a/data/0", EVIL]))).toEqual(["dangerous-call", "dangerous-name"]);
    expect(kinds(npy("<f8", new Uint8Array(16)))).toEqual([]);
    expect(kinds(npy("<f8", joined(new Uint8Array(16), npy("|O", EVIL))))).toEqual([
      "dangerous-call",
      "dangerous-name",
    ]);
    expect(kinds(npy("<f8", new Uint8Array(9)))).toEqual(["unopened"]);
  });

  it("that cannot be opened are undecided", () => {
    for (const bytes of [
      joined("7z\xbc\xaf\x27\x1c", new Uint8Array(20)),
      gzipSync(joined([0x80, 2], "N.")).subarray(0, -4),
      zip(["a.7z", joined("7z\xbc\xaf\x27\x1c\0")]),
      tar("data.pkl", joined([0x80, 2], "N.")).subarray(0, 600),
    ])
      expect([look(bytes).verdict, kinds(bytes)]).toEqual(["unknown", ["unopened"]]);
    const script = zip(
      ["m/constants.pkl", joined([0x80, 2], ").")],
      ["m/code/__torch__.py", joined("def f(): pass\n")],
    );
    expect(kinds(script)).toEqual(["unopened"]);
  });

  it("that break off are read up to there", () => {
    const long = joined([0x80, 2], "cos\nsystem\n(Vtrue\ntR0", new Uint8Array(100_000).fill(0x4e), ".");
    expect(kinds(gzipSync(long).subarray(0, -20))).toEqual([
      "dangerous-call",
      "dangerous-name",
      "truncated",
      "unopened",
    ]);
  });
});

describe("bombs", () => {
  const bomb = joined([0x80, 2], "cos\nsystem\n(Vtrue\ntR0", new Uint8Array(1 << 22), ".");

  it("stop at the limit, and what came before is read", () => {
    for (const file of [gzipSync(bomb), deflateSync(bomb), stored([["data.pkl", bomb]])]) {
      const report = look(file, { limits: { unfolded: 1 << 16 } });
      expect(report.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["over-limit", "dangerous-call"]));
      expect(report.bytes).toBeLessThan(file.length + (1 << 17));
    }
    const harmless = joined([0x80, 2], "X", [0, 0, 0x40, 0], new Uint8Array(1 << 22), ".");
    expect(look(gzipSync(harmless), { limits: { unfolded: 1000 } }).verdict).toBe("unknown");
  });

  it("of many parts share one limit", () => {
    const part = new Uint8Array(50_000).fill(0x23);
    const many = stored(Array.from({ length: 10 }, (_, at) => [`${at}`, part] as const));
    expect(kinds(many, { limits: { unfolded: 200_000 } })).toContain("over-limit");
    expect(kinds(many)).toEqual([]);
  });

  it("of containers in containers are not followed without end", () => {
    let file = joined([0x80, 2], "N.");
    for (let depth = 0; depth < 40; depth++) file = new Uint8Array(gzipSync(file));
    expect(kinds(file)).toEqual(["over-limit"]);
  });
});

/** A joblib wrapper around `count` elements of a dtype, protocol 0, without padding. */
const wrapper = (code: string, count: number) =>
  `cjoblib.numpy_pickle\nNumpyArrayWrapper\n)R(dVdtype\ncnumpy\ndtype\n(V${code}\ntRsVshape\n(I${count}\ntsVorder\nVC\nsb`;

describe("joblib", () => {
  it("goes on behind arrays, and looks at what pickle.load would make of them", () => {
    const array = new Uint8Array(8).fill(0xb5);
    expect(kinds(joined("(", wrapper("u1", 8), array, "l."))).toEqual([]);
    expect(kinds(joined(wrapper("u1", 8), array, "0", EVIL.subarray(2)))).toEqual(["dangerous-call", "dangerous-name"]);
    const behind = (hidden: Uint8Array) => kinds(joined(wrapper("u1", hidden.length), hidden, "."));
    expect(behind(joined("0", EVIL.subarray(2)))).toEqual(["dangerous-call", "dangerous-name", "readers-disagree"]);
    expect(behind(joined("0cmymodule\nf\n)R\xff"))).toEqual(["readers-disagree", "unknown-name"]);
  });

  it("follows pickles in arrays of objects", () => {
    expect(kinds(joined(wrapper("O8", 1), "N.", "."))).toEqual([]);
    expect(kinds(joined(wrapper("O8", 1), EVIL, "."))).toEqual(["dangerous-call", "dangerous-name"]);
    const deep = joined(...Array.from({ length: 60 }, () => wrapper("O8", 1)), "N.", ".".repeat(60));
    expect(kinds(deep)).toContain("over-limit");
  });

  it("tells of arrays that lie", () => {
    expect(kinds(joined(wrapper("u1", 1000), new Uint8Array(8), "."))).toContain("malformed");
    expect(kinds(joined("cjoblib.numpy_pickle\nNumpyArrayWrapper\n)RNb."))).toContain("malformed");
    const fields = (names: string, table: string) =>
      joined(
        `cjoblib.numpy_pickle\nNumpyArrayWrapper\n)R(dVdtype\ncnumpy\ndtype\n(VV8\ntR(I3\nV<\nN(${names}t${table}I8\nI1\ntbsb.`,
      );
    for (const file of [fields("Va\n", "N"), fields("Va\n", "](e"), fields("]", "}"), fields("Va\n", "}")])
      expect(kinds(file)).toContain("malformed");
  });

  it("bounds what descriptions of arrays cost", () => {
    const again = joined(
      "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)Rp0\n(dVdtype\ncnumpy\ndtype\n(Vu1\ntRsVshape\n(I0\ntsVorder\nVC\nsp1\nb",
      "0g0\ng1\nb".repeat(500),
      ".",
    );
    expect(kinds(again)).toEqual([]);
    expect(kinds(again, { limits: { descriptions: 1000 } })).toEqual(["over-limit"]);
  });

  it("opens the parts that lie beside a file, and none elsewhere", () => {
    const old = (name: string) => joined(`cjoblib.numpy_pickle\nNDArrayWrapper\n)R(dVfilename\nV${name}\nsb.`);
    const evilPart = { part: (name: string) => (name === "x.npy" ? npy("|O", EVIL) : undefined) };
    expect(look(old("x.npy"), evilPart).findings[0]).toMatchObject({ path: "f!part/x.npy!objects", name: "os.system" });
    expect(kinds(old("y.npy"), evilPart)).toEqual(["unopened"]);
    expect(kinds(old("x.npy"))).toEqual(["unopened"]);
    expect(kinds(old("../x.npy"), evilPart)).toEqual(["outside-file"]);
  });
});

/** Every name in what a reader sees, and every name that it would call, up to where it fails. */
function namesRead(bytes: Uint8Array): Set<string> {
  const names = new Set<string>();
  const onCall = (callable: Global) => names.add(`${callable.module}\n${callable.name}`);
  try {
    const open: unknown[] = [loadFile(bytes, { decompress, decompressedLimit: 1 << 24, encoding: "latin1", onCall })];
    const seen = new Set<unknown>();
    while (open.length > 0) {
      const next = open.pop();
      if (typeof next !== "object" || next === null || seen.has(next)) continue;
      seen.add(next);
      if (next instanceof Global) onCall(next);
      else if (next instanceof Instance)
        open.push(next.class, ...next.args, ...next.states, ...next.items, ...next.entries.flat());
      else if (next instanceof Dict) open.push(...next.keys(), ...next.values());
      else if (Array.isArray(next) || next instanceof Tuple || next instanceof PySet) open.push(...next);
      else if (next instanceof NdArray && next.dtype.kind === "O") open.push(...(next.data as unknown[]));
    }
  } catch {
    // What it called before it failed counts.
  }
  return names;
}

describe("damaged files", () => {
  const seeds = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter(
      (name) =>
        /(?:\.sk1\.9\.1|\.sk0\.17\.1|joblib[^/]*|np2[^/]*|py[23][^/]*)\.(?:pkl|joblib)$/.test(name) &&
        !name.startsWith("cpython"),
    )
    .sort()
    .filter((_, at) => at % 12 === 0)
    .map((name) => read(name))
    .filter((bytes) => bytes.length < 20_000);
  const gadgets = [
    "cos\nsystem\n",
    "cmymodule\nf\n",
    ")R",
    "b",
    ".",
    "(",
    "\x80\x02",
    "i os\n",
    "\x93",
    "0",
    "N.",
    "\x82\x01",
  ];
  const change = fc.oneof(
    fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ at: fc.nat(), insert: fc.constantFrom(...gadgets) }),
    fc.record({ at: fc.nat(), cut: fc.integer({ min: 1, max: 40 }) }),
  );

  it("never crash a scan, and are clean only when a reader sees nothing but safe names", { timeout: 120_000 }, () => {
    expect(seeds.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(20),
        (seed, changes, end) => {
          let bytes = end === 0 ? seed.subarray(0, Math.floor(seed.length / 2)) : seed;
          for (const each of changes) {
            const at = each.at % (bytes.length + 1);
            if ("byte" in each) bytes = joined(bytes.subarray(0, at), [each.byte], bytes.subarray(at + 1));
            else if ("insert" in each) bytes = joined(bytes.subarray(0, at), each.insert, bytes.subarray(at));
            else bytes = joined(bytes.subarray(0, at), bytes.subarray(at + each.cut));
          }
          const start = performance.now();
          const { verdict } = look(bytes);
          expect(performance.now() - start).toBeLessThan(5000);
          if (verdict !== "clean") return;
          for (const name of namesRead(bytes)) {
            const [module, own] = name.split("\n") as [string, string];
            expect([name, namePolicy(module, own).verdict]).toEqual([name, "safe"]);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

/** A zip archive with stored entries. */
function stored(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt32LE(crc(content), 14);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    header.copy(central, 6, 4, 30);
    central.writeUInt32LE(at, 42);
    const local = joined(header, name, content);
    parts.push(local);
    directory.push(joined(central, name));
    at += local.length;
  }
  const listed = joined(...directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return joined(...parts, listed, end);
}

function crc(bytes: Uint8Array): number {
  const file = gzipSync(bytes);
  return file.readUInt32LE(file.length - 8);
}

/** A tar archive with one file. */
function tar(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${content.length.toString(8).padStart(11, "0")} `, 124);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  header.fill(0x20, 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return joined(header, content, new Uint8Array(((512 - (content.length % 512)) % 512) + 1024));
}

/** A npy file of two elements. */
function npy(code: string, content: Uint8Array): Uint8Array {
  const header = `${`{'descr': '${code}', 'fortran_order': False, 'shape': (2,), }`.padEnd(117)}\n`;
  return joined([0x93], "NUMPY", [1, 0, header.length, 0], header, content);
}
