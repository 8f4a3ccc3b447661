/** @module Texts without accents (`strip_accents` of scikit-learn's vectorizers). */

import type { Version } from "../base/version.ts";

/** The mark of the highest combining class, behind which no other mark may stand: normalization moves them before it. */
const LAST_MARK = "\u0345";

/** Whether a character has a combining class (`unicodedata.combining`): those that normalization reorders. */
function combines(mark: string): boolean {
  return mark === LAST_MARK || !`${LAST_MARK}${mark}`.normalize("NFD").startsWith(LAST_MARK);
}

const known = new Map<string, boolean>();

/** Letters without the marks that combine with them. */
export function stripMarks(text: string, version: Version): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const normalized = text.normalize("NFKD");
  // From 0.18 to 0.21 a text that was normalized already kept its marks.
  if (normalized === text && version.atLeast(0, 18) && !version.atLeast(0, 22)) return text;
  return normalized.replace(/\p{M}/gu, (mark) => {
    const combining = known.get(mark) ?? combines(mark);
    known.set(mark, combining);
    return combining ? "" : mark;
  });
}

/** Only the characters of ASCII that are left once letters and marks are apart. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters of ASCII
  return text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "");
}
