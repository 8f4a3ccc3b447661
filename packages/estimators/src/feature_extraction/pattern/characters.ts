/** @module What Python calls a letter, a digit and white space, by code point. */

const WORD = 1;
const DIGIT = 2;
const SPACE = 4;
const KNOWN = 8;

/** Kinds of the characters that were met: the properties of Unicode take long to ask for. */
const kinds = new Map<number, number>();
/** The first ones, one byte each. */
const commonKinds = new Uint8Array(0x3000);

function kindOf(code: number): number {
  const known = code < commonKinds.length ? commonKinds[code]! : (kinds.get(code) ?? 0);
  if (known !== 0) return known;
  const text = String.fromCodePoint(code);
  let kind = KNOWN;
  // Letters of any script, and whatever has a numeric value: `str.isalnum`, and the underscore.
  if (/^[\p{L}\p{N}_]$/u.test(text)) kind |= WORD;
  if (/^\p{Nd}$/u.test(text)) kind |= DIGIT;
  if (isSpaceCode(code)) kind |= SPACE;
  if (code < commonKinds.length) commonKinds[code] = kind;
  else kinds.set(code, kind);
  return kind;
}

/** `str.isspace`, which is neither ASCII's nor JavaScript's set. */
function isSpaceCode(code: number): boolean {
  if (code < 0x1680)
    return (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x20) || code === 0x85 || code === 0xa0;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code);
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

/** A character that stands for all that differ from it in case only, as `re.IGNORECASE` sees it. */
export function folded(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 32 : code;
  // Its small letter is two characters in JavaScript.
  if (code === 0x130) return 0x69;
  return single(single(code, "toUpperCase"), "toLowerCase");
}

/** The other case of a character, where that is a single one. */
function single(code: number, change: "toUpperCase" | "toLowerCase"): number {
  const changed = String.fromCodePoint(code)[change]();
  const first = changed.codePointAt(0)!;
  return changed.length === (first > 0xffff ? 2 : 1) ? first : code;
}
