/** @module How people say in a word how a table is read: the same words on the command line and in a request. */

import type { Reading } from "./types.ts";

/** Characters that are hard to type, by name. */
const NAMED: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", space: " " };

/**
 * A character that stands between cells or digits: itself, `tab` or `space`; `undefined` for what cannot stand there.
 *
 * @example
 * markOf("tab"); // "\t"
 */
export function markOf(text: string): string | undefined {
  const character = NAMED[text] ?? text;
  return [...character].length === 1 && !/[\d"\r\n]/.test(character) ? character : undefined;
}

/**
 * Which line names the columns: `present`, `absent`, or its number from 1; `undefined` for what is none of that.
 *
 * @example
 * headerWish("3"); // 3
 */
export function headerWish(text: string): Reading["header"] | undefined {
  if (text === "present" || text === "absent") return text;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
