/** @module Text as `pickletools` decodes it: what Python's codecs say when they cannot, and lone surrogates kept apart. */

import {
  decodeEscapes,
  decodeLatin1,
  decodeRawUnicodeEscape,
  decodeUtf8Strict,
  latin1Bytes,
  TextError,
} from "../text.ts";
import { PythonError } from "./python_error.ts";
import type { TextParts } from "./repr.ts";

/** How many bytes of a long text are decoded at a time. */
const CHUNK = 1 << 16;

function undecodable(codec: string, bytes: Uint8Array, base: number, start: number, end: number, reason: string) {
  const where =
    end - start === 1
      ? `byte 0x${bytes[start]!.toString(16).padStart(2, "0")} in position ${start - base}`
      : `bytes in position ${start - base}-${end - base - 1}`;
  return new PythonError("E_ENCODING", `'${codec}' codec can't decode ${where}: ${reason}`, "UnicodeDecodeError");
}

/** ASCII, or Python's complaint. */
function asciiText(bytes: Uint8Array): string {
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at]! >= 0x80) throw undecodable("ascii", bytes, 0, at, at + 1, "ordinal not in range(128)");
  return decodeLatin1(bytes, 0, bytes.length);
}

/** `codecs.escape_decode(line)[0].decode("ascii")` */
export function escapedAscii(bytes: Uint8Array, from: number, to: number): string {
  try {
    return asciiText(latin1Bytes(decodeEscapes(bytes, from, to)));
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const digits = bytes[error.offset + 1] === 0x78 && error.offset + 1 < to;
    const message = digits ? `invalid \\x escape at position ${error.offset - from}` : "Trailing \\ in string";
    throw new PythonError("E_ENCODING", message);
  }
}

/** Latin-1, which is always text. */
export function latin1Text(bytes: Uint8Array, from: number, to: number): TextParts {
  return inChunks(
    from,
    to,
    (at) => Math.min(to, at + CHUNK),
    (at, end) => [decodeLatin1(bytes, at, end)],
  );
}

/** UTF-8 with `surrogatepass`, or Python's complaint. */
export function utf8Text(bytes: Uint8Array, from: number, to: number): TextParts {
  const decoded = (at: number, end: number) => utf8Parts(bytes, from, at, end, to);
  if (to - from <= CHUNK) return decoded(from, to);
  const parts = inChunks(from, to, (at) => characterEnd(bytes, Math.min(to, at + CHUNK), to), decoded);
  for (const _ of parts); // Python decodes all of it before it shows any
  return parts;
}

function inChunks(
  from: number,
  to: number,
  endOf: (at: number) => number,
  decoded: (at: number, end: number) => Iterable<string>,
): TextParts {
  return {
    *[Symbol.iterator]() {
      for (let at = from; at < to; ) {
        const end = endOf(at);
        yield* decoded(at, end);
        at = end;
      }
    },
  };
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** The end of a chunk, moved back so that no character is cut. */
function characterEnd(bytes: Uint8Array, end: number, to: number): number {
  let back = 0;
  while (back < 3 && end - back < to && isContinuation(bytes[end - back])) back++;
  return end - back;
}

function utf8Parts(bytes: Uint8Array, base: number, from: number, end: number, to: number): readonly string[] {
  try {
    return [decodeUtf8Strict(bytes, from, end)];
  } catch {
    const problem = utf8Problem(bytes, from, to);
    if (problem !== undefined) throw undecodable("utf-8", bytes, base, ...problem);
    return apart(bytes, from, end);
  }
}

const isSurrogate = (bytes: Uint8Array, at: number, to: number): boolean =>
  at + 2 < to &&
  bytes[at] === 0xed &&
  bytes[at + 1]! >= 0xa0 &&
  isContinuation(bytes[at + 1]) &&
  isContinuation(bytes[at + 2]);

/** Well-formed text around surrogates, which stand alone. */
function apart(bytes: Uint8Array, from: number, to: number): string[] {
  const parts: string[] = [];
  let plain = from;
  for (let at = bytes.indexOf(0xed, from); at >= 0 && at < to; at = bytes.indexOf(0xed, at + 1)) {
    if (!isSurrogate(bytes, at, to)) continue;
    parts.push(decodeUtf8Strict(bytes, plain, at));
    parts.push(String.fromCharCode(0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)));
    plain = at + 3;
  }
  parts.push(decodeUtf8Strict(bytes, plain, to));
  return parts;
}

/** Where CPython's decoder stops, and why. */
function utf8Problem(
  bytes: Uint8Array,
  from: number,
  to: number,
): readonly [start: number, end: number, reason: string] | undefined {
  for (let at = from; at < to; ) {
    const lead = bytes[at]!;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size > 1 && (lead < 0xc2 || lead > 0xf4)) return [at, at + 1, "invalid start byte"];
    if (isSurrogate(bytes, at, to)) {
      at += 3;
      continue;
    }
    for (let more = 1; more < size; more++) {
      if (at + more >= to) return [at, to, "unexpected end of data"];
      if (!mayFollow(lead, more, bytes[at + more]!)) return [at, at + more, "invalid continuation byte"];
    }
    at += size;
  }
  return undefined;
}

/** The second byte's range excludes longer forms than needed, surrogates, and what lies beyond U+10FFFF. */
function mayFollow(lead: number, place: number, byte: number): boolean {
  if (!isContinuation(byte)) return false;
  if (place > 1) return true;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}

const SURROGATE_ESCAPE = /\\(?:u|U0000)[dD][89a-fA-F]/;

/** A raw-unicode-escaped line, or Python's complaint. */
export function rawUnicodeText(bytes: Uint8Array, from: number, to: number): TextParts {
  const line = decodeLatin1(bytes, from, to);
  try {
    if (!SURROGATE_ESCAPE.test(line)) return [decodeRawUnicodeEscape(bytes, from, to)];
    return surrogateEscapes(bytes, from, line);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw rawUnicodeProblem(bytes, from, to, error.offset);
  }
}

/** Escapes of surrogates are parts of their own; what stands between them is decoded as it is. */
function surrogateEscapes(bytes: Uint8Array, from: number, line: string): string[] {
  const parts: string[] = [];
  let plain = 0;
  for (const match of line.matchAll(/\\(?:u([dD][89a-fA-F]..)|U0000([dD][89a-fA-F]..)|[\s\S])/g)) {
    const digits = match[1] ?? match[2];
    if (digits === undefined || !/^[0-9a-fA-F]{4}$/.test(digits)) continue;
    parts.push(decodeRawUnicodeEscape(bytes, from + plain, from + match.index));
    parts.push(String.fromCharCode(Number.parseInt(digits, 16)));
    plain = match.index + match[0].length;
  }
  parts.push(decodeRawUnicodeEscape(bytes, from + plain, from + line.length));
  return parts;
}

function rawUnicodeProblem(bytes: Uint8Array, from: number, to: number, offset: number): PythonError {
  const long = bytes[offset + 1] === 0x55;
  const most = offset + (long ? 10 : 6);
  let end = offset + 2;
  while (end < to && end < most && /[0-9a-fA-F]/.test(String.fromCharCode(bytes[end]!))) end++;
  const reason = end === most ? "\\Uxxxxxxxx out of range" : `truncated \\${long ? "UXXXXXXXX" : "uXXXX"} escape`;
  const line = bytes.subarray(from, to);
  return undecodable("rawunicodeescape", line, 0, offset - from, end - from, reason);
}
