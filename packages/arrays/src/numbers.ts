/** @module Numbers in texts, as Python reads them. */

const NUMERIC_TEXT = /^\s*[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?\s*$/i;

/**
 * A number from text as Python's `float()` reads it, or `undefined`.
 *
 * @example
 * parseNumber(" 1_000.5 "); // 1000.5
 */
export function parseNumber(text: string): number | undefined {
  if (NUMERIC_TEXT.test(text)) return Number(text.replaceAll("_", ""));
  const special = /^\s*([+-]?)(inf|infinity|nan)\s*$/i.exec(text);
  if (special === null) return undefined;
  if (special[2]!.toLowerCase() === "nan") return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
