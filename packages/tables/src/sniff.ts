/** @module What bytes are, before they are read: their format; what separates the cells of a text. */

/** What separates the cells of a table that begins so: the first of comma, semicolon and tab that its first line has. */
export function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  return [",", ";", "\t"].find((each) => header.includes(each)) ?? ",";
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
