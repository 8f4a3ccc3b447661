import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fixtureFolders } from "../../../test/fixture_files.ts";
import { type ScanFileOptions, scanFile } from "../src/index.ts";
import { nodeInflate } from "../src/node.ts";
import { joined, npy, stored, tar } from "./archives.ts";

const root = join(import.meta.dirname, "../../../fixtures");
const read = (name: string) => new Uint8Array(readFileSync(join(root, name)));
const look = (bytes: Uint8Array, options: ScanFileOptions = {}) =>
  scanFile(bytes, { path: "f", inflate: nodeInflate, ...options });
const kinds = (bytes: Uint8Array, options?: ScanFileOptions) =>
  [...new Set(look(bytes, options).findings.map(({ kind }) => kind))].sort();

const EVIL = joined([0x80, 2], "cos\nsystem\n(Vtrue\ntR.");

/**
 * What is not judged: formulaic's formulas, which are evaluated as Python, state spaces, which compiled code lays out, and a
 * class that looks at the data when it is made.
 */
const UNJUDGED = /formulaic\.|statsmodels\.tsa\.(statespace\.|arima_model\.ARIMA\b)/;

describe("honest files", () => {
  const folders = fixtureFolders().filter(({ family }) => !/^(cpython|own_names|scan_attacks)$/.test(family));

  it("of every release are clean, without exception", { timeout: 120_000 }, () => {
    const problems: string[] = [];
    let files = 0;
    for (const folder of folders) {
      const part = (name: string) => (folder.has(name) ? folder.read(name) : undefined);
      for (const name of folder.names.filter((each) => /\.(?:pkl|joblib|npy|npz|z|pt)$/.test(each))) {
        const allow = /^(own_frames|bundles)$/.test(folder.family) ? ["mymodule.*"] : []; // what their user would allow by name
        const { verdict, findings } = look(folder.read(name), { part, allow });
        const others = findings.filter(({ words }) => !UNJUDGED.test(words));
        if (verdict !== "clean" && (findings.length === 0 || others.length > 0))
          problems.push(`${folder.family}/${name}: ${findings.map(({ words }) => words).join("; ")}`);
        files++;
      }
    }
    expect(problems).toEqual([]);
    expect(files).toBeGreaterThan(8000);
  });

  it("of gradient boosting, PyTorch and numpy are read to their end", () => {
    expect(look(read("scan/torch.pt")).names.map(({ name }) => name)).toContain("torch._utils._rebuild_tensor_v2");
    expect(look(read("scan/torch_legacy.pt")).pickles).toBe(5);
    expect(look(read("scan/xgboost.pkl")).names.map(({ name }) => name)).toContain("xgboost.core.Booster");
    expect(look(read("scan/lightgbm.joblib")).names.map(({ name }) => name)).toContain("lightgbm.basic.Booster");
    expect(look(read("scan/arrays.npz")).pickles).toBe(1);
  });
});

describe("files that Python loads into trouble", () => {
  it("are findings that are more than unknown names", () => {
    const names = readdirSync(join(root, "scan_attacks"));
    const concerns = names.map((name) => [name, look(read(`scan_attacks/${name}`)).concern]);
    expect(concerns).toEqual(names.map((name) => [name, "danger"]));
    expect(names.length).toBe(12);
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
    expect(path(tar("data.pkl", EVIL, "Z"))).toBe("f!/data.pkl dangerous-name");
    const harmless = joined([0x80, 2], "N.");
    for (const kind of "123456S") expect(kinds(tar("data.pkl", harmless, kind))).toContain("archive-lie");
    for (const record of ["12 size=999\n", "24 GNU.sparse.major=1\n"])
      for (const kind of "xg") expect(kinds(tar("data.pkl", joined(record), kind))).toContain("archive-lie");
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

  it("that are pickles to some readers are read as these, too", () => {
    const inName = tar("cos\nsystem\n(Vtrue\ntR.", joined([0x80, 2], "N."));
    expect(kinds(inName)).toEqual(["dangerous-call", "dangerous-name", "readers-disagree"]);
    const asBzip2 = joined("BZh\0\0", new Uint8Array(0x685a), "0", EVIL.subarray(2));
    expect(kinds(asBzip2)).toEqual(["dangerous-call", "dangerous-name", "unopened"]);
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
