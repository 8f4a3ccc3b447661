/** @module What Python's `repr` shows of text and bytes. */

import { printableRuns } from "../generated/printable.ts";

/**
 * A text in parts, in order, which can be gone through more than once. Half of a surrogate pair stands in a part of its
 * own: in Python, two of them in a row are two characters.
 */
export type TextParts = Iterable<string>;

/** How many bytes are shown at a time. */
const CHUNK = 1 << 14;

/** Where a character that cannot be shown follows one that can, or the other way round: even places start the former. */
const turns: Uint32Array = (() => {
  let at = 0;
  return Uint32Array.from(printableRuns.split(" "), (run) => {
    at += Number.parseInt(run, 36);
    return at;
  });
})();

/** Python's `str.isprintable` of one character. */
function isPrintable(code: number): boolean {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[middle]! <= code) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\\", "\\\\"],
]);

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

function escaped(character: string): string {
  const simple = SIMPLE.get(character);
  if (simple !== undefined) return simple;
  const code = character.codePointAt(0)!;
  if (isPrintable(code)) return character;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Python quotes with ' unless there is one in the text and no ". */
function quoteOf(single: boolean, double: boolean): string {
  return single && !double ? '"' : "'";
}

function quoteOfText(parts: TextParts): string {
  let [single, double] = [false, false];
  for (const part of parts) {
    single ||= part.includes("'");
    double ||= part.includes('"');
  }
  return quoteOf(single, double);
}

const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** The repr of a str, in pieces. */
export function* textRepr(parts: TextParts): Generator<string, void, undefined> {
  const quote = quoteOfText(parts);
  yield quote;
  for (const part of parts) {
    if (PLAIN.test(part)) yield part;
    else yield part.replace(/[^ -~]|[\\'"]/gu, (each) => (each === quote ? `\\${each}` : quoted(each)));
  }
  yield quote;
}

function quoted(character: string): string {
  return character === "'" || character === '"' ? character : escaped(character);
}

const [SINGLE, DOUBLE, BACKSLASH] = [0x27, 0x22, 0x5c];
const shownBytes: readonly string[] = Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return SIMPLE.get(character) ?? (code >= 0x20 && code <= 0x7e ? character : `\\x${hex(code, 2)}`);
});

/** The repr of a bytearray, in pieces: unlike that of bytes, it escapes every '. */
export function* bytearrayRepr(bytes: Uint8Array): Generator<string, void, undefined> {
  yield "bytearray(";
  yield* bytesRepr(bytes, "'");
  yield ")";
}

/** The repr of bytes, in pieces; `alsoEscaped` beside the quote. */
export function* bytesRepr(bytes: Uint8Array, alsoEscaped = ""): Generator<string, void, undefined> {
  const quote = quoteOf(bytes.includes(SINGLE), bytes.includes(DOUBLE));
  yield `b${quote}`;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const to = Math.min(bytes.length, at + CHUNK);
    yield isPlain(bytes, at, to)
      ? ascii.decode(bytes.subarray(at, to))
      : shownChunk(bytes, at, to, quote + alsoEscaped);
  }
  yield quote;
}

/** Characters of `\\xff`. */
const WIDEST_ESCAPE = 4;
const ascii = new TextDecoder();

/** Whether all of it is shown as it is, whatever the quotes. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte > 0x7e || byte === SINGLE || byte === DOUBLE || byte === BACKSLASH) return false;
  }
  return true;
}

function shownChunk(bytes: Uint8Array, from: number, to: number, quotes: string): string {
  const shown = new Uint8Array(WIDEST_ESCAPE * (to - from));
  let length = 0;
  for (let at = from; at < to; at++) {
    const text = shownBytes[bytes[at]!]!;
    if (quotes.includes(text)) shown[length++] = BACKSLASH;
    for (let place = 0; place < text.length; place++) shown[length++] = text.charCodeAt(place);
  }
  return ascii.decode(shown.subarray(0, length));
}

/** How many characters of Python a well-formed text has. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  return count;
}
