import { gzipSync } from "node:zlib";
import { dumps } from "@curtido/pickle";
import { expect, test } from "vitest";
import { decompressAny, loadFile, scanFile, unfoldingLimit } from "../src/index.ts";
import { decompress, nodeInflate } from "../src/node.ts";

test("a compressed file may unfold to 256 MiB, a larger one to 100 times its size, none to more than 4 GiB", () => {
  expect([10, 2 ** 22, 2 ** 40].map(unfoldingLimit)).toEqual([2 ** 28, 100 * 2 ** 22, 2 ** 32]);
});

test("what unfolds to more is refused when it is read, and could not be told when it is scanned", () => {
  // 300 MB of nothing in 300 KB.
  const bomb = gzipSync(Buffer.concat([Buffer.from([0x80, 4, 0x8e, 0, 0, 0, 18, 0, 0, 0, 0]), Buffer.alloc(18 << 24)]));
  for (const way of [decompress, decompressAny])
    expect(() => loadFile(bomb, { decompress: way })).toThrow(/unfolds to more than 268435456 bytes; if you trust it/);
  const report = scanFile(bomb, { inflate: nodeInflate });
  expect(report.verdict).toBe("unknown");
  expect(report.findings.map(({ kind }) => kind)).toContain("over-limit");
});

test("the limit may be raised, and lowered", () => {
  const zeros = gzipSync(dumps(new Uint8Array(1 << 20)));
  expect(loadFile(zeros, { decompressedLimit: 2 << 20 })).toHaveLength(1 << 20);
  expect(() => loadFile(zeros, { decompressedLimit: 1 << 19 })).toThrow(/E_LIMIT|unfolds/);
  expect(scanFile(zeros, { limits: { unfolded: 1 << 19 } }).verdict).toBe("unknown");
  expect(scanFile(zeros).verdict).toBe("clean");
});
