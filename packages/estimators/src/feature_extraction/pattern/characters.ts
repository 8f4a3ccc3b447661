/** @module What Python calls a letter, a digit and white space, by code point. */

const WORD = 1;
const DIGIT = 2;
const SPACE = 4;
const KNOWN = 8;

/** `str.isspace`, which is neither ASCII's nor JavaScript's set. */
const SPACES = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;

/** Kinds of the characters that were met, one byte each: the properties of Unicode take long to ask for. */
const kinds = new Uint8Array(0x110000);

function kindOf(code: number): number {
  const known = kinds[code];
  if (known !== 0) return known ?? 0;
  const text = String.fromCodePoint(code);
  let kind = KNOWN;
  // Letters of any script, and whatever has a numeric value: `str.isalnum`, and the underscore.
  if (/^[\p{L}\p{N}_]$/u.test(text)) kind |= WORD;
  if (/^\p{Nd}$/u.test(text)) kind |= DIGIT;
  if (SPACES.test(text)) kind |= SPACE;
  kinds[code] = kind;
  return kind;
}

/** `\w` */
export function isWord(code: number): boolean {
  return (kindOf(code) & WORD) !== 0;
}
/** `\d` */
export function isDigit(code: number): boolean {
  return (kindOf(code) & DIGIT) !== 0;
}
/** `\s`, and what `str.split()` splits at. */
export function isSpace(code: number): boolean {
  return (kindOf(code) & SPACE) !== 0;
}

/** The code points of a text; a lone surrogate counts as one. */
export function codePoints(text: string): Uint32Array {
  const out = new Uint32Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at)!;
    if (code > 0xffff) at++;
    out[length++] = code;
  }
  return out.subarray(0, length);
}

/** The text of code points `from` to `to`. */
export function textOf(codes: Uint32Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCodePoint(codes[at]!);
  return text;
}

/** Small and capital letters as one: the small letter, where it is a single character. */
export function folded(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 32 : code;
  const lower = String.fromCodePoint(code).toLowerCase();
  const first = lower.codePointAt(0)!;
  return lower.length === (first > 0xffff ? 2 : 1) ? first : code;
}
