/** @module Text of somebody else's choosing, for a terminal or a log. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text in which control characters, and those that turn the direction of writing, are escaped: it can move no cursor,
 * colour nothing, and pretend to be no other line.
 *
 * @param kept - control characters that stay: `"\n\t"` for a text of several lines
 * @example
 * printable("a\u001b[31mb\nc"); // "a\\u001b[31mb\\u000ac"
 */
export function printable(text: string, kept = ""): string {
  return text.replace(CONTROL, (character) =>
    kept.includes(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
