import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decoderOf } from "../src/charsets.ts";
import { decoded, decodedTable } from "../src/plain_text.ts";
import { ROOT, thrown, utf8 } from "./kit.ts";

const TABLES: Record<string, (string | null)[]> = JSON.parse(
  readFileSync(join(ROOT, "fixtures/tables/charsets.json"), "utf8"),
);

test.each(Object.keys(TABLES))(
  "%s: each of the 256 bytes is what Python and the WHATWG have (oracle/charsets.py)",
  (name) => {
    const decoder = decoderOf(name);
    const got = Array.from({ length: 256 }, (_, byte) => {
      try {
        return decoder.decode(Uint8Array.of(byte));
      } catch {
        return null;
      }
    });
    // What stands for nothing may be refused or not: nobody writes it.
    expect(got.filter((_, byte) => TABLES[name]![byte] !== null)).toEqual(
      TABLES[name]!.filter((each) => each !== null),
    );
  },
);

test("long texts of one byte a character come in whole", () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, at) => at % 256);
  const wanted = Array.from(bytes, (byte) => TABLES["windows-1252"]![byte]).join("");
  expect(decoderOf("latin1").decode(bytes)).toBe(wanted);
});

describe("what a text is encoded in", () => {
  const latin = Uint8Array.of(0x61, 0x0a, 0x80, 0xf1, 0x0a);
  test("its byte order mark says, then its charset", () => {
    const text = "ñ€\n";
    const utf16 = Uint8Array.from(
      [...`\ufeff${text}`].flatMap((each) => [each.charCodeAt(0) & 255, each.charCodeAt(0) >> 8]),
    );
    expect(decoded(utf16, "CSV", "latin1")).toBe(text);
    expect(
      decoded(
        utf16.map((_, at) => utf16[at ^ 1]!),
        "CSV",
      ),
    ).toBe(text);
    expect(decoded(utf8(`\ufeff\ufeff${text}`), "CSV", "windows-1252")).toBe(text);
    expect(decoded(latin, "CSV", "latin-1")).toBe("a\n€ñ\n");
  });
  test("a table that says nothing and is no UTF-8 is windows-1252, and that is noted", () => {
    expect(decodedTable(latin, "CSV")).toEqual({ text: "a\n€ñ\n", notes: [expect.stringContaining("windows-1252")] });
    expect(decodedTable(utf8("ñ"), "CSV")).toEqual({ text: "ñ" });
    expect(thrown(() => decodedTable(latin, "CSV", "utf-8"))).toMatchObject({ code: "E_TABLE" });
  });
  test("a table of two encodings is refused with the line", () => {
    const mixed = Uint8Array.from([...utf8("a\nñ\nb\n"), 0xf1, 0x0a]);
    expect(thrown(() => decodedTable(mixed, "CSV"))).toMatchObject({ code: "E_TABLE", fields: { line: 4 } });
  });
  test("a charset that nobody knows is named", () => {
    expect(thrown(() => decoderOf("klingon"))).toMatchObject({ code: "E_CHARSET", fields: { charset: "klingon" } });
  });
});
