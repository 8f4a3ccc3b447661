import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { unfold } from "../src/containers/codecs/index.ts";
import { type Compression, compressionOf, type Decompress, decompressAny } from "../src/index.ts";
import { decompress } from "../src/node.ts";

type Row = readonly [
  format: Compression,
  how: string,
  stream: string,
  verdict: readonly [length: number, sha256: string] | null,
];
const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/codecs.json"), "utf8"),
) as readonly Row[];
const LIMIT = 1 << 20;

function problemOf(read: Decompress, [format, , text, verdict]: Row): string | undefined {
  const stream = new Uint8Array(Buffer.from(text, "base64"));
  try {
    const out = read(format, stream, LIMIT);
    if (verdict === null) return `read ${out.length} bytes of what is refused`;
    const same = out.length === verdict[0] && createHash("sha256").update(out).digest("hex") === verdict[1];
    return same ? undefined : `${out.length} other bytes, expected ${verdict[0]}`;
  } catch (error) {
    if (!isCurtidoError(error, "E_CONTAINER")) return `untagged: ${String(error)}`;
    return verdict === null ? undefined : `refused: ${error.message}`;
  }
}

describe.each([
  ["in plain TypeScript", decompressAny],
  ["with Node's zlib", decompress],
] as const)("decompressing %s", (_, read) => {
  it("gives what Python's libraries give, and refuses what they refuse", () => {
    const problems = rows.flatMap((row, at) => {
      const problem = problemOf(read, row);
      return problem === undefined ? [] : [`${at} ${row[0]} ${row[1]} ${row[2].slice(0, 40)}: ${problem}`];
    });
    expect(problems).toEqual([]);
    expect(rows.length).toBeGreaterThan(700);
  });
});

describe("a limit", () => {
  const large = rows.filter(([, , , verdict]) => verdict?.[0] === 100_000);

  it("is kept by every codec, before memory is taken", () => {
    expect(new Set(large.map(([format]) => format)).size).toBe(7);
    for (const [format, , text] of large) {
      const stream = new Uint8Array(Buffer.from(text, "base64"));
      for (const limit of [0, 1, 99_999]) {
        for (const read of [decompressAny, decompress]) {
          expect(() => read(format, stream, limit), `${format} ${limit}`).toThrow(
            expect.objectContaining({ code: "E_LIMIT" }),
          );
        }
        const part = unfold(format, stream, limit);
        expect(part.bytes.buffer.byteLength, format).toBeLessThanOrEqual(Math.max(limit, 65_536));
      }
      expect(decompressAny(format, stream, 100_000).length, format).toBe(100_000);
    }
  });
});

describe("what is cut off", () => {
  it("gives what came out before the cut", () => {
    for (const [format, how, text] of rows) {
      if (how !== "whole") continue;
      const stream = new Uint8Array(Buffer.from(text, "base64"));
      const whole = decompressAny(format, stream, LIMIT);
      const { bytes, error } = unfold(format, stream.subarray(0, stream.length - 2), LIMIT);
      expect(Buffer.compare(bytes, whole.subarray(0, bytes.length)), format).toBe(0);
      // The checksum behind the data is what is missing.
      if (["zlib", "gzip", "bz2", "xz"].includes(format))
        expect([format, bytes.length]).toEqual([format, whole.length]);
      expect(error?.code).toBe("E_CONTAINER");
    }
  });
});

it("every stream is known by its first bytes, .lzma as joblib knows it", () => {
  for (const [format, how, text] of rows) {
    const stream = new Uint8Array(Buffer.from(text, "base64"));
    if (how === "damaged" || (format === "lzma" && stream[0] !== 0x5d)) continue;
    expect(compressionOf(stream)).toBe(format);
  }
});
