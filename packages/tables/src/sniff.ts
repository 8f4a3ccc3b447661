/** @module What a text is, before it is read: its encoding, what separates its cells, its format. */

import { CurtidoError } from "@curtido/pickle";
import { tooLarge, unreadable } from "./errors.ts";

/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;

/**
 * Bytes as text; a byte order mark is left out.
 *
 * @param title - the format, for messages
 * @throws CurtidoError E_TABLE when it is no text in that charset, E_CHARSET when nobody knows the charset, E_TABLE_LIMIT
 */
export function decoded(bytes: Uint8Array, title: string, charset = "utf-8"): string {
  if (bytes.length > LONGEST) throw tooLarge(title, LONGEST, "bytes");
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset.replace(/^latin[-_](?=\d+$)/i, "latin"), { fatal: true });
  } catch (error) {
    throw new CurtidoError("E_CHARSET", `the charset '${charset}' is not known; send UTF-8`, { charset }, error);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw unreadable(title, `is not ${charset.toUpperCase()}; save it as UTF-8`, { cause: error });
  }
}

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
