/** @module What a text is, before it is read: what separates its cells, its format. */

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
