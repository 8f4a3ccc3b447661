/** @module Text that any database takes. */

const LONGEST = 1_000;

/** Text without NUL, which PostgreSQL refuses, and without halves of characters. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/** {@link storable} text that came out of a file, and of bounded length. */
export function clean(text: string): string {
  return storable(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
