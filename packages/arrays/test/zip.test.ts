import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isZip, readZip, type ZipEntry, type ZipProblem, zipContent } from "../src/index.ts";
import { nodeInflate } from "../src/node.ts";

type Row = readonly [how: string, archive: string, contents: Readonly<Record<string, string>>];
const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/zips.json"), "utf8"),
) as readonly Row[];
const archives = new Map(rows.map(([how, text]) => [how, new Uint8Array(Buffer.from(text, "base64"))]));
const LIMIT = 1 << 20;

/** A copy of an archive. */
const copy = (how: string) => archives.get(how)!.slice();

/** Where a signature stands, the `nth` from the start. */
function find(bytes: Uint8Array, signature: readonly number[], nth = 0): number {
  let at = -1;
  for (let left = nth; left >= 0; left--) at = Buffer.from(bytes).indexOf(Buffer.from(signature), at + 1);
  expect(at).toBeGreaterThanOrEqual(0);
  return at;
}
const LOCAL = [0x50, 0x4b, 3, 4];
const CENTRAL = [0x50, 0x4b, 1, 2];
const END = [0x50, 0x4b, 5, 6];

/** What an archive reports, opened. */
function problems(bytes: Uint8Array): string[] {
  const { entries, problems: found } = readZip(bytes);
  const inside = entries.flatMap((entry) => {
    const { problems: lies, error } = zipContent(bytes, entry, LIMIT);
    const unread: ZipProblem[] = error === undefined ? [] : [{ kind: "unread", message: error.message, offset: 0 }];
    return [...lies, ...unread];
  });
  return [...found, ...inside].map(({ kind, message }) => `${kind}: ${message}`);
}

const texts = (bytes: Uint8Array) =>
  readZip(bytes).entries.map((entry) => Buffer.from(zipContent(bytes, entry, LIMIT).bytes).toString("latin1"));

describe("honest archives", () => {
  it.each(rows)("%s", (how, _, contents) => {
    const bytes = archives.get(how)!;
    expect(isZip(bytes)).toBe(true);
    expect(problems(bytes)).toEqual([]);
    for (const inflate of [undefined, nodeInflate]) {
      const found = readZip(bytes).entries.map((entry) => [
        entry.name,
        Buffer.from(zipContent(bytes, entry, LIMIT, inflate).bytes).toString("base64"),
      ]);
      expect(Object.fromEntries(found)).toEqual(contents);
    }
  });
});

describe("archives that lie", () => {
  it("a local header with another name (CVE-2025-1944)", () => {
    const bytes = copy("stored");
    bytes[find(bytes, LOCAL) + 30] = 0x78;
    expect(problems(bytes)).toEqual(["lie: the local header of 'data.pkl' has another name ('xata.pkl')"]);
    expect(readZip(bytes).entries.map((entry) => entry.name)).toContain("xata.pkl");
  });

  it.each([0x1, 0x20, 0x40])("flag bits that Python refuses and PyTorch ignores: %i (CVE-2025-1945)", (bit) => {
    const bytes = copy("deflated");
    bytes[find(bytes, CENTRAL) + 8]! |= bit;
    expect(problems(bytes)).toEqual(["lie: 'data.pkl' has flags that some readers refuse and others ignore"]);
    expect(texts(bytes)[0]).toBe("\x80\x02}q\0.");
  });

  it("a wrong checksum (CVE-2025-10156)", () => {
    const bytes = copy("stored");
    for (const at of [find(bytes, LOCAL) + 14, find(bytes, CENTRAL) + 16]) bytes[at]! ^= 1;
    expect(problems(bytes)).toEqual([
      "lie: 'data.pkl' has another checksum: Python's zipfile refuses it, PyTorch does not look",
    ]);
    expect(texts(bytes)[0]).toBe("\x80\x02}q\0.");
  });

  it("two entries of one name", () => {
    const renamed = copy("npz");
    renamed[find(renamed, CENTRAL, 1) + 46] = 0x61;
    renamed[find(renamed, LOCAL, 1) + 30] = 0x61;
    expect(problems(renamed)).toEqual(["lie: two entries are named 'a.npy'"]);
  });

  it("an entry that the directory does not list", () => {
    const bytes = copy("stored");
    const second = find(bytes, CENTRAL, 1);
    const first = find(bytes, CENTRAL);
    const end = find(bytes, END);
    const cut = new Uint8Array(bytes.length - (second - first));
    cut.set(bytes.subarray(0, first));
    cut.set(bytes.subarray(second), first);
    const view = new DataView(cut.buffer);
    const at = end - (second - first);
    view.setUint16(at + 10, view.getUint16(at + 10, true) - 1, true);
    view.setUint32(at + 12, view.getUint32(at + 12, true) - (second - first), true);
    expect(problems(cut)).toEqual(["hidden: 44 bytes precede the archive, where a directory reader does not look"]);
    expect(readZip(cut).entries.map((entry) => [entry.name, entry.listed])).toContainEqual(["data.pkl", false]);
    expect(texts(cut)).toContain("\x80\x02}q\0.");
  });

  it("bytes before and behind the archive", () => {
    const plain = archives.get("stored")!;
    const bytes = new Uint8Array(plain.length + 20).fill(0x2e);
    bytes.set(plain, 10);
    expect(problems(bytes)).toEqual([
      "hidden: 10 bytes follow the archive",
      "lie: the directory is not where the end record says: readers look in two places",
      "hidden: 10 bytes precede the archive, where a directory reader does not look",
    ]);
    expect(texts(bytes)).toContain("\x80\x02}q\0.");
  });

  it("sizes of the directory that the content has not", () => {
    const bytes = copy("deflated");
    for (const at of [find(bytes, LOCAL) + 22, find(bytes, CENTRAL) + 24]) bytes[at] = 3;
    expect(problems(bytes)).toEqual(["lie: 'data.pkl' has 6 bytes, not 3"]);
  });

  it("entries that overlap", () => {
    const bytes = copy("stored");
    const view = new DataView(bytes.buffer);
    view.setUint32(find(bytes, CENTRAL, 1) + 42, 0, true);
    expect(problems(bytes)).toContain("lie: two entries overlap");
  });

  it("no directory, or a broken one", () => {
    const bytes = archives.get("streamed")!;
    const cut = bytes.subarray(0, find(bytes, CENTRAL));
    expect(problems(cut)[0]).toBe("unread: the archive has no directory: it is cut off");
    expect(texts(cut)[0]).toBe("\x80\x02}q\0.");
    const broken = copy("stored");
    broken[find(broken, CENTRAL, 1)] = 0;
    expect(problems(broken)).toContain("unread: the directory is malformed");
  });

  it("compression that is not read here, and content beyond the limit", () => {
    const bytes = copy("stored");
    for (const at of [find(bytes, LOCAL) + 8, find(bytes, CENTRAL) + 10]) bytes[at] = 9;
    expect(problems(bytes)).toEqual(["unread: 'data.pkl' cannot be opened: compression 9 is not read here"]);
    const entry = readZip(archives.get("deflated")!).entries.find((each) => each.size === 800)!;
    const { bytes: part, error } = zipContent(archives.get("deflated")!, entry, 100);
    expect(error?.code).toBe("E_LIMIT");
    expect(part.length).toBeLessThanOrEqual(100);
    const stored = readZip(archives.get("stored")!).entries.find((each) => each.size === 800)!;
    expect(zipContent(archives.get("stored")!, stored, 100).error?.code).toBe("E_LIMIT");
  });
});

it("any damage ends in problems or a tagged error", () => {
  const all = [...archives.values()].filter((bytes) => bytes.length < 2000);
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (archive, changes, cut) => {
        const bytes = archive.slice(0, cut % 4 === 0 ? cut % archive.length : archive.length);
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        let entries: readonly ZipEntry[];
        try {
          ({ entries } = readZip(bytes));
        } catch (error) {
          expect(isCurtidoError(error, "E_CONTAINER")).toBe(true);
          return;
        }
        for (const entry of entries) expect(zipContent(bytes, entry, LIMIT).bytes.length).toBeLessThanOrEqual(LIMIT);
      },
    ),
    { numRuns: 500 },
  );
});
