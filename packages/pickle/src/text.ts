/** @module Bytes to strings, as CPython's codecs do it: lone surrogates survive, everything else malformed is refused. */

import { CurtidoError } from "./errors.ts";
import { nativeText } from "./native_text.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Where a text is malformed, relative to the whole file. */
export class TextError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Characters of the longest string that V8 has; other engines have longer ones. */
const LONGEST_STRING = 2 ** 29 - 24;

/** A text that may be right, but that JavaScript has no string for. */
function tooLong(bytes: number): CurtidoError {
  const message = `a text of ${bytes} bytes: JavaScript's longest string has ${LONGEST_STRING} characters`;
  return new CurtidoError("E_LIMIT", message, { limit: "text", needed: bytes, most: LONGEST_STRING });
}

/** UTF-8 with `surrogatepass`, the form of every binary str in a pickle. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  const short = shortAscii(bytes, from, to - from);
  if (short !== undefined) return short;
  try {
    return utf8.decode(bytes.subarray(from, to));
  } catch {
    if (to - from > LONGEST_STRING) throw tooLong(to - from);
    return decodeWithSurrogates(bytes, from, to);
  }
}

/** The same, without surrogates: what a strict decoder takes (module and attribute names of GLOBAL). */
export function decodeUtf8Strict(bytes: Uint8Array, from: number, to: number): string {
  try {
    return utf8.decode(bytes.subarray(from, to));
  } catch {
    if (to - from > LONGEST_STRING) throw tooLong(to - from);
    throw new TextError("this is not UTF-8", from);
  }
}

function decodeWithSurrogates(bytes: Uint8Array, from: number, to: number): string {
  const parts: string[] = [];
  let plain = from;
  for (let at = from; at + 2 < to; at++) {
    const surrogate =
      bytes[at] === 0xed && bytes[at + 1]! >= 0xa0 && bytes[at + 1]! <= 0xbf && (bytes[at + 2]! & 0xc0) === 0x80;
    if (!surrogate) continue;
    parts.push(decodeUtf8Strict(bytes, plain, at));
    parts.push(String.fromCharCode(0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)));
    at += 2;
    plain = at + 1;
  }
  parts.push(decodeUtf8Strict(bytes, plain, to));
  return parts.join("");
}

/** One character per byte. */
export function decodeLatin1(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > LONGEST_STRING) throw tooLong(to - from);
  let text = "";
  for (let at = from; at < to; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 8192)));
  }
  return text;
}

/** Bytes below 128 only. */
export function decodeAscii(bytes: Uint8Array, from: number, to: number): string {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) throw new TextError(`byte ${bytes[at]} is not ASCII`, at);
  return decodeLatin1(bytes, from, to);
}

/** The raw-unicode-escape codec: latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
export function decodeRawUnicodeEscape(bytes: Uint8Array, from: number, to: number): string {
  const line = decodeLatin1(bytes, from, to);
  if (!line.includes("\\")) return line;
  return line.replace(
    /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S]|$)/g,
    (match: string, body: string, offset: number) => {
      if (body[0] !== "u" && body[0] !== "U") return match;
      const code = body.length === 1 ? Number.NaN : Number.parseInt(body.slice(1), 16);
      if (!(code <= 0x10ffff)) throw new TextError(`malformed \\${body[0]} escape`, from + offset);
      return String.fromCodePoint(code);
    },
  );
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The body of a Python 2 str literal: one character per byte. Unknown escapes stay as they are. */
export function decodeEscapes(bytes: Uint8Array, from: number, to: number): string {
  const line = decodeLatin1(bytes, from, to);
  if (!line.includes("\\")) return line;
  return line.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{2}|[\s\S]|$)/g, (match: string, body: string, offset: number) => {
    if (body === "") throw new TextError("a trailing \\ in a string", from + offset);
    if (/^[0-7]/.test(body)) return String.fromCharCode(Number.parseInt(body, 8) & 0xff);
    if (body[0] === "x") {
      if (body.length !== 3) throw new TextError("malformed \\x escape", from + offset);
      return String.fromCharCode(Number.parseInt(body.slice(1), 16));
    }
    return SIMPLE[body] ?? match;
  });
}

/** A string of bytes (characters 0 to 255) as bytes. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) throw new TextError(`character U+${code.toString(16)} is not latin-1`, at);
    bytes[at] = code;
  }
  return bytes;
}

/** Bytes as a string of characters 0 to 255. */
export function latin1Of(bytes: Uint8Array): string {
  return decodeLatin1(bytes, 0, bytes.length);
}

const encoder = new TextEncoder();

/** UTF-8 with `surrogatepass`: a lone surrogate becomes three bytes. */
export function encodeUtf8(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) {
      bytes.set([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)], length);
      length += 3;
    } else length += encoder.encodeInto(character, bytes.subarray(length)).written;
  }
  return bytes.subarray(0, length);
}

/** The raw-unicode-escape codec as pickle writes it: also backslashes, NUL, line ends and Ctrl-Z are escaped. */
export function encodeRawUnicodeEscape(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped
  return text.replace(/[\0\n\r\x1a\\]|[^\0-\xff]/gu, (character) => {
    const code = character.codePointAt(0)!;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

const characters = String.fromCharCode;
/** The longest text that is made at once, without a decoder, which takes ten times as long: most of what a pickle holds. */
const LONGEST = 20;

/** The text of `length` bytes from `i` on, or `undefined` when it is longer than a short one, or not ASCII. */
function shortAscii(b: Uint8Array, i: number, length: number): string | undefined {
  if (length > LONGEST) return undefined;
  let all = 0;
  for (let at = i; at < i + length; at++) all |= b[at]!;
  if (all >= 0x80) return undefined;
  return ofLength(b, i, length);
}

// A call with as many arguments as characters makes the string without an array or a chain of pieces in between.
function ofLength(b: Uint8Array, i: number, length: number): string {
  // biome-ignore format: a line for each length
  switch (length) {
    case 1: return characters(b[i]!);
    case 2: return characters(b[i]!, b[i + 1]!);
    case 3: return characters(b[i]!, b[i + 1]!, b[i + 2]!);
    case 4: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
    case 5: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
    case 6: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
    case 7: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
    case 8: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
    case 9: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!);
    case 10: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!);
    case 11: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!);
    case 12: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!);
    case 13: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!);
    case 14: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!);
    case 15: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!);
    case 16: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!);
    case 17: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!, b[i + 16]!);
    case 18: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!, b[i + 16]!, b[i + 17]!);
    case 19: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!, b[i + 16]!, b[i + 17]!, b[i + 18]!);
    case 20: return characters(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!, b[i + 16]!, b[i + 17]!, b[i + 18]!, b[i + 19]!);
    default: return "";
  }
}

/** Bytes of a text that are read by Node's own hand, and what stands there for what is malformed. */
const LONGEST_AT_ONCE = 1 << 20;
const REPLACED = "\ufffd";

/** Texts that are kept at once, a power of two; a later one takes the place of an earlier one with the same hash. */
const KEPT = 1024;
/** Of a stream of up to so many bytes, so many: there are not many in it, and room takes time. */
const SMALL = 16_384;
const KEPT_OF_SMALL = 128;

/** Decodes the texts of one stream. Column names and categories come often: to keep one string of each spares memory. */
export class Texts {
  private readonly bytes: Uint8Array;
  private readonly native: ReturnType<typeof nativeText>;
  private readonly strings: string[];
  private readonly starts: Float64Array;
  private readonly lengths: Uint8Array;

  constructor(bytes: Uint8Array) {
    const kept = bytes.length <= SMALL ? KEPT_OF_SMALL : KEPT;
    this.bytes = bytes;
    this.native = nativeText(bytes);
    this.strings = new Array<string>(kept).fill("");
    this.starts = new Float64Array(kept);
    this.lengths = new Uint8Array(kept);
  }

  /** The text of UTF-8 bytes, in which lone surrogates are taken. */
  read(from: number, to: number): string {
    return this.readFast(from, to) ?? decodeUtf8(this.bytes, from, to);
  }

  /** The same where that is fast, which it is not for what may be malformed; else `undefined`. */
  readFast(from: number, to: number): string | undefined {
    const length = to - from;
    if (length <= LONGEST) return this.readShort(from, to);
    if (this.native === undefined || length > LONGEST_AT_ONCE) return undefined;
    const text = this.native.utf8Slice(from, to);
    return text.includes(REPLACED) ? undefined : text;
  }

  /** The same when it is short and of ASCII, else `undefined`. */
  private readShort(from: number, to: number): string | undefined {
    const { bytes } = this;
    const length = to - from;
    let hash = length;
    for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + bytes[at]!;
    const place = (hash ^ (hash >>> 15)) & (this.lengths.length - 1);
    if (this.lengths[place] === length && this.same(this.starts[place]!, from, length)) return this.strings[place]!;
    const text = shortAscii(bytes, from, length);
    if (text === undefined) return undefined;
    this.starts[place] = from;
    this.lengths[place] = length;
    this.strings[place] = text;
    return text;
  }

  private same(known: number, from: number, length: number): boolean {
    const { bytes } = this;
    for (let at = 0; at < length; at++) if (bytes[known + at] !== bytes[from + at]) return false;
    return true;
  }
}
