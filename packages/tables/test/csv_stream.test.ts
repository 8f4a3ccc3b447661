import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRows } from "../src/csv.ts";
import { formatNamed } from "../src/formats.ts";
import type { PartRows, Reading } from "../src/types.ts";
import { utf8 } from "./kit.ts";

/** All rows of a body that comes in pieces. */
function inParts(bytes: Uint8Array, size: number, reading: Reading = {}) {
  const stream = formatNamed("csv")!.stream!;
  const splitter = stream.splitter(size, 2 ** 20, reading);
  const parts: Uint8Array[] = [];
  const take = (part: Uint8Array | undefined) => part !== undefined && parts.push(part);
  for (let at = 0; at < bytes.length; at += 7) {
    splitter.push(bytes.slice(at, at + 7));
    take(splitter.next());
  }
  take(splitter.last());
  const { head, rest } = stream.head!(parts[0]!, reading);
  const read = [rest, ...parts.slice(1)].map((part) => stream.rows(part, reading, head) as PartRows);
  const index = read.flatMap((part) => part.index ?? []);
  return {
    ...(head.columns && { columns: head.columns }),
    rows: read.flatMap(({ rows }) => rows),
    errors: read.flatMap(({ errors }) => errors),
    ...(index.length > 0 && { index }),
    notations: read.map(({ notation }) => notation),
  };
}

const cell = fc.oneof(
  fc.constantFrom('5" pipe', 'x"', "1", "-2.5", "1,5", "plain text", "", '""', "ñandú", "a\u00a0b"),
  fc.stringMatching(/^[a-c", ;\n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`),
);
const dialect = fc.record({
  separator: fc.constantFrom(",", ";", "\t", "|"),
  newline: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\ufeff", "\ufeff\ufeff"),
  titles: fc.constantFrom<string[]>([], ["A report"], ["A report", "", '"of, May"']),
  label: fc.boolean(),
  encoding: fc.constantFrom("utf-8", "utf-16le", "windows-1252"),
  named: fc.boolean(),
});

test("parts hold the rows that the whole body holds, in any dialect", () => {
  const features = ["alpha", "beta", "gamma"];
  fc.assert(
    fc.property(
      dialect,
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 200 }),
      ({ separator, newline, mark, titles, label, encoding, named }, rows, size) => {
        const safe = (each: string) => (!each.startsWith('"') && each.includes(separator) ? `"${each}"` : each);
        const lines = [features, ...rows].map((row, at) =>
          [...(label ? [at === 0 ? "" : `r${at}`] : []), ...row].map(safe),
        );
        const text = [...(named ? [`sep=${separator}`] : titles), ...lines.map((line) => line.join(separator))];
        const body = `${encoding === "windows-1252" ? "" : mark}${text.join(newline)}${newline}`;
        const bytes =
          encoding === "utf-16le"
            ? new Uint8Array(Buffer.from(`\ufeff${body}`, "utf16le"))
            : encoding === "utf-8"
              ? utf8(body)
              : new Uint8Array(Buffer.from(body, "latin1"));
        const reading = { features, ...(encoding === "windows-1252" && { charset: "latin1" }) };
        const whole = csvRows(bytes, reading);
        const got = inParts(bytes, size, reading);
        expect(got.columns).toEqual(features);
        expect(whole.columns).toEqual(features);
        expect(got.rows).toEqual(whole.rows);
        expect(got.index).toEqual(whole.index);
        expect(got.errors.every((error) => error === null)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

describe("parts", () => {
  test("tell of each row that is none", () => {
    const { errors, rows } = inParts(utf8('a,b\n1,2\n3\n4,5,6\na,b\n7,8,\n9,"x'), 1000);
    expect(errors).toEqual([
      null,
      "the row has 1 cell, where the header has 2",
      "the row has 3 cells, where the header has 2",
      "the row is the header again",
      null,
      "the row has a quote that is not closed",
    ]);
    expect(rows).toEqual([["1", "2"], [], [], [], ["7", "8"], []]);
  });
  test("are read in the notation that the first one shows", () => {
    const text = `a;b\n${"1,5;2\n".repeat(30)}${"1.234;2\n".repeat(100)}`;
    const { notations } = inParts(utf8(text), 100);
    expect(notations.length).toBeGreaterThan(3);
    expect(notations.every((notation) => notation?.decimal === ",")).toBe(true);
  });
  test("without a header have no columns", () => {
    expect(inParts(utf8("1,2\n3,4\n"), 4, { header: "absent" })).toMatchObject({
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
    });
  });
});
