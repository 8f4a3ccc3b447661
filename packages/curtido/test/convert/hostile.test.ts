import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tuple } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { writeParquet } from "../../../tables/src/parquet/write.ts";
import { fixture, frames, utf8 } from "../../../tables/test/kit.ts";
import { folder, run } from "../help.ts";

describe("hostile files", () => {
  const place = folder();
  const path = (name: string) => join(place, name);
  const parquet = writeParquet(frames.get("plain"));
  const npyHead = (header: string) => {
    const body = utf8(header);
    return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, body.length & 255, body.length >> 8, ...body);
  };
  const footerLength = (bytes: Uint8Array, length: number) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(copy.length - 8, length, true);
    return copy;
  };

  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["ragged.csv", utf8("a,b\n1\n"), /line 2 has 1 cell, where the header has 2 \(row 1\)/],
    ["long.csv", utf8("a\n1\n1,2\n"), /line 3 has 2 cells, where the header has 1 \(row 2\)/],
    ["quote.csv", utf8('a\n"x\n'), /[Qq]uote/],
    ["mixed.csv", Uint8Array.of(0x61, 0x0a, 0xc3, 0xa9, 0x0a, 0xe9, 0x0a), /line 3 is not UTF-8/],
    ["empty.csv", new Uint8Array(0), /it is empty/],
    ["bad.json", utf8("[1,"), /ends too early/],
    ["latin.json", Uint8Array.of(0xe9), /not UTF-8/],
    [
      "lie.npy",
      npyHead("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"),
      /ends \d+ bytes early/,
    ],
    [
      "huge.npy",
      npyHead("{'descr': '|V0', 'fortran_order': False, 'shape': (1099511627776,), }"),
      /large array of empty elements/,
    ],
    [
      "code.npy",
      npyHead("{'descr': __import__('os'), 'fortran_order': False, 'shape': (), }"),
      /header of a npy file is malformed/,
    ],
    ["cut.npy", Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1), /cut off/],
    ["cut.npz", Uint8Array.of(0x50, 0x4b, 3, 4), /npz file is malformed|no zip/],
    ["text.npz", utf8("no archive"), /no zip archive/],
    ["text.xlsx", utf8("no archive"), /no xlsx file/],
    ["zip.xlsx", readZipFixture(), /no xlsx file/],
    ["text.parquet", utf8("PAR1 no parquet PAR1"), /no parquet file/],
    ["short.parquet", utf8("PAR1"), /does not begin and end as one/],
    ["footer.parquet", footerLength(parquet, 0xffffffff), /metadata is longer/],
    ["zero.parquet", footerLength(parquet, 0), /cut off|no parquet/],
    ["model.pkl", utf8("cos\nsystem\n(S'true'\ntR."), /CSV cannot hold a os\.system/],
  ];

  function readZipFixture(): Uint8Array {
    const [bytes] = (fixture("xlsx").get("openpyxl") as Tuple<Uint8Array>).items;
    return bytes!.slice(0, bytes!.length - 40);
  }

  test.each(cases)("%s: one line, nothing written", async (name, bytes, message) => {
    writeFileSync(path(name), bytes);
    const { code, err } = await run(["convert", path(name), path("out.csv")]);
    expect([code, err]).toEqual([1, expect.stringMatching(message)]);
    expect(err.trim().split("\n").length).toBe(1);
    expect(err).toContain(name);
    expect(readdirSync(place)).not.toContain("out.csv");
  });
});
