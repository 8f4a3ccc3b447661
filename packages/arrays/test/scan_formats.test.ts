import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { scanFile } from "../src/index.ts";
import { nodeInflate } from "../src/node.ts";
import { joined, stored, tar } from "./archives.ts";

const root = join(import.meta.dirname, "../../../fixtures/scan_honest");
const read = (name: string) => new Uint8Array(readFileSync(join(root, name)));
const look = (bytes: Uint8Array) => scanFile(bytes, { path: "f", inflate: nodeInflate });
const kinds = (bytes: Uint8Array) => [...new Set(look(bytes).findings.map(({ kind }) => kind))].sort();
const EVIL = joined([0x80, 2], "cos\nsystem\n(Vtrue\ntR.");
const GOOD = joined([0x80, 2], "}.");
const SEVEN = joined("7z\xbc\xaf\x27\x1c", new Uint8Array(20));

describe("models in formats of their own", () => {
  const names = ["cat.cbm", "xgb.ubj", "xgb.json", "xgb_old.bin", "lgb.txt"];

  it.each(names)("hold no pickle: %s", (name) => {
    expect(look(read(name))).toMatchObject({ verdict: "clean", pickles: 0, findings: [] });
  });

  it("tell the version that wrote them, where they do", () => {
    expect(look(read("xgb.json")).versions).toEqual({ xgboost: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it("that are pickles to a reader are read as these", () => {
    // `C` is an opcode with a length, so that what follows the first bytes may be a stream of its own.
    const asBytes = joined("CBM1", new Uint8Array(0x42 - 2), "0", EVIL.subarray(2));
    expect(look(asBytes).concern).toBe("danger");
    expect(look(joined(read("cat.cbm").subarray(0, 100))).verdict).toBe("unknown");
  });
});

describe("archives", () => {
  /** A zip archive whose only entry says that it is encrypted. */
  const locked = (content: Uint8Array) => {
    const archive = stored([["data.pkl", content]]);
    const at = archive.indexOf(0x02, 30 + 8 + content.length) - 3;
    archive[6]! |= 1;
    archive[at + 8]! |= 1;
    return archive;
  };

  it("with a password could not be told, but for what is no secret", () => {
    const secret = locked(new Uint8Array(40).fill(0x9d));
    // Another content under the same checksum: as ciphertext has.
    const from = 30 + 8;
    secret.fill(0xc7, from, from + 40);
    expect(kinds(secret)).toEqual(["unopened"]);
    expect(look(secret)).toMatchObject({ verdict: "unknown", concern: "undecided" });
    expect(
      look(secret)
        .findings.map(({ words }) => words)
        .join(),
    ).toMatch(/encrypted with a password/);
    expect(kinds(locked(EVIL))).toEqual(["archive-lie", "dangerous-call", "dangerous-name"]);
  });

  it("of other tools are opened by their content: .nemo, .ckpt, .pt2", () => {
    const checkpoint = (content: Uint8Array) =>
      stored([
        ["archive/data.pkl", content],
        ["archive/version", joined("3\n")],
      ]);
    for (const [good, evil] of [
      [tar("model_weights.ckpt", checkpoint(GOOD)), tar("model_weights.ckpt", checkpoint(EVIL))],
      [gzipSync(tar("model_weights.ckpt", GOOD)), gzipSync(tar("model_weights.ckpt", EVIL))],
      [checkpoint(GOOD), checkpoint(EVIL)],
      [GOOD, EVIL],
      [
        stored([
          ["m/archive_format", joined("pt2")],
          ["m/data/weights/model.pt", checkpoint(GOOD)],
        ]),
        stored([
          ["m/archive_format", joined("pt2")],
          ["m/data/weights/model.pt", checkpoint(EVIL)],
        ]),
      ],
    ] as const) {
      expect(look(good).verdict).toBe("clean");
      expect(look(evil).concern).toBe("danger");
    }
  });

  it("in archives are opened, and what cannot be is never clean", () => {
    let nested: Uint8Array = EVIL;
    for (let depth = 0; depth < 6; depth++) nested = depth % 2 === 0 ? stored([["in", nested]]) : tar("in", nested);
    expect(look(nested).concern).toBe("danger");
    for (let depth = 0; depth < 20; depth++) nested = stored([["in", nested]]);
    expect(kinds(nested)).toContain("over-limit");
    for (const bytes of [SEVEN, stored([["a.7z", SEVEN]]), tar("a.7z", SEVEN), gzipSync(SEVEN), joined(SEVEN, GOOD)])
      expect(look(bytes)).toMatchObject({ verdict: "unknown", concern: "undecided" });
  });
});
