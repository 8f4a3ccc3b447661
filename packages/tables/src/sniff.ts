/** @module What bytes are, before they are read: their format; what separates the cells of a text. */

import type { Reading } from "./types.ts";

/** What may separate cells, in the order of preference. */
const SEPARATORS = [",", ";", "\t", "|"] as const;
/** How many lines may stand above a header. */
export const MOST_TITLES = 20;
/** How much of a text is looked at. */
export const LONGEST_LOOK = 1 << 16;

/** What the first line of a table says that Excel saved: `sep=;`. */
const NAMED = /^"?sep=([^\r\n"])"?[ ,;\t]*(?:\r\n?|\n|$)/i;

/** The separator that a first line names, and how long this line is. */
export function namedSeparator(text: string): { readonly separator: string; readonly length: number } | undefined {
  const found = NAMED.exec(text);
  return found === null ? undefined : { separator: found[1]!, length: found[0].length };
}

/**
 * What separates the cells of a table that begins so: what stands most often in its header, outside of quotes, and as often
 * in the next line. The header is the line that was named, or the one with most of the names that are looked for, or the first one; a table
 * without one has as many cells as there are names. What stands within numbers separates nothing.
 *
 * @example
 * delimiterOf("a (x, y);b\n1;2\n"); // ";"
 */
export function delimiterOf(
  text: string,
  {
    features = [],
    header: wanted,
    decimal,
    thousands,
  }: Pick<Reading, "features" | "header" | "decimal" | "thousands"> = {},
): string {
  const named = namedSeparator(text);
  if (named !== undefined) return named.separator;
  const lines = text
    .slice(0, LONGEST_LOOK)
    .replace(/^\ufeff+/, "")
    .split(/\r\n?|\n/, MOST_TITLES + 1);
  const found = features.length === 0 ? firstLine(lines) : headerLine(lines, new Set(features));
  const header = typeof wanted === "number" ? wanted - 1 : found;
  const counts = SEPARATORS.map((each) => countOf(lines[header] ?? "", each));
  const next = SEPARATORS.map((each) => countOf(lines[header + 1] ?? "", each));
  const fits = (at: number) => (wanted === "absent" ? counts[at] === features.length - 1 : counts[at] === next[at]);
  const rank = (at: number) => {
    const mark = SEPARATORS[at] === decimal || SEPARATORS[at] === thousands; // it stands within numbers
    return mark || counts[at] === 0 ? -1 : counts[at]! + (fits(at) ? LONGEST_LOOK : 0);
  };
  const order = [1, 2, 3, 0]; // where two are equal it is no comma: that stands in texts and numbers too
  const best = order.reduce((found, at) => (rank(at) > rank(found) ? at : found));
  const free = SEPARATORS.find((each) => each !== decimal && each !== thousands)!;
  return rank(best) < 0 ? free : SEPARATORS[best]!;
}

function firstLine(lines: readonly string[]): number {
  return Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
}

/** The line with the most of the names that are looked for, whatever separates them; the first one, where none has any. */
function headerLine(lines: readonly string[], features: ReadonlySet<string>): number {
  let [best, most] = [firstLine(lines), 0];
  for (const [at, line] of lines.entries()) {
    for (const separator of SEPARATORS) {
      const found = cellsOf(line, separator).filter((cell) => features.has(cell)).length;
      if (found > most) [best, most] = [at, found];
    }
  }
  return best;
}

function cellsOf(line: string, separator: string): readonly string[] {
  return line.split(separator).map((cell) => cell.replace(/^"(.*)"$/, "$1"));
}

function countOf(line: string, separator: string): number {
  let [count, quoted] = [0, false];
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) count++;
  }
  return count;
}

/**
 * The format of a text without a name: JSON, JSON lines or CSV.
 *
 * @example
 * sniffedFormat("a,b\n1,2\n"); // "csv"
 */
export function sniffedFormat(text: string): "csv" | "json" | "jsonl" {
  const start = text.trimStart();
  if (!/^[{["\d-]/.test(start) || (!/^[{[]/.test(start) && start.includes("\n"))) return "csv";
  return /^\{.*\}\s*\n\s*\{/.test(start) ? "jsonl" : "json";
}

/** What files of binary formats begin with, and end with. A stream of Arrow begins with what marks a message. */
const MARKS: readonly { readonly format: string; readonly first: string; readonly last?: string }[] = [
  { format: "parquet", first: "PAR1", last: "PAR1" },
  { format: "xlsx", first: "PK\x03\x04" },
  { format: "arrow", first: "ARROW1\0\0" },
  { format: "arrow", first: "\xff\xff\xff\xff" },
];

/**
 * The name of the binary format that bytes have, by their own marks; `undefined` where there are none, as in text.
 *
 * @example
 * formatOfBytes(Uint8Array.of(0x50, 0x4b, 3, 4)); // "xlsx"
 */
export function formatOfBytes(bytes: Uint8Array): string | undefined {
  const has = (mark: string, from: number) => [...mark].every((each, at) => bytes[from + at] === each.charCodeAt(0));
  const found = MARKS.find(({ first, last = "" }) => has(first, 0) && has(last, bytes.length - last.length));
  return found?.format;
}
