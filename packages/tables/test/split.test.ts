import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv, splitRows } from "../src/csv.ts";
import { firstRowEnd, lastRowEnd } from "../src/csv_ends.ts";
import { TextSplitter } from "../src/split.ts";

const end = (text: string, delimiter = ",") => lastRowEnd(Buffer.from(text), delimiter.charCodeAt(0));

test("a quote opens a cell only where the cell begins, and closes it only where the cell ends", () => {
  for (const whole of [
    '5" pipe,1\n',
    '1,5"\n',
    '"a""b",1\n',
    '"a\n,b" ,1\r\n',
    '"a"b",1\n',
    '"a" "\n',
    '1,"a"\r\n',
    "\n",
    '"";"\n',
  ])
    expect([whole, end(`${whole}2,"x\ny`)]).toEqual([whole, whole.length]);
  expect(end('"a\nb')).toBe(0);
  expect(end('a;"b\n,";1\n"x', ";")).toBe(10);
  expect(end('\ufeff"a\nb",1\n2')).toBe(Buffer.byteLength('\ufeff"a\nb",1\n'));
  expect(firstRowEnd(Buffer.from('"a\nb",c"d\n1,2\n'), 44)).toBe(10);
});

test("parts hold the rows that the whole body holds", () => {
  const cell = fc.oneof(
    fc.constantFrom('5" pipe', 'x"', "1", "-2.5", "plain text"),
    fc.stringMatching(/^[a-c", \n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`),
  );
  const row = fc.tuple(cell, cell, cell);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (rows, size) => {
      const text = `a,b,c\n${rows.map((cells) => cells.join(",")).join("\n")}\n`;
      const splitter = new TextSplitter(size, { csv: {} });
      const parts: string[] = [];
      const take = (part: Uint8Array | undefined) => part !== undefined && parts.push(Buffer.from(part).toString());
      for (const piece of text.match(/[\s\S]{1,7}/g)!) {
        splitter.push(Buffer.from(piece));
        take(splitter.next());
      }
      take(splitter.last());
      expect(parts.join("")).toBe(text);
      const [first, ...others] = parts;
      const whole = parseCsv(text).rows;
      expect([...parseCsv(first!).rows, ...others.flatMap((part) => splitRows(part, ","))]).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});
