/** @module Pickles inside the texts and bytes of a pickle: what `pickle.loads` would be given. */

import { decodeEscapes, decodeRawUnicodeEscape, decodeUtf8, latin1Bytes } from "../text.ts";
import { Tokenizer } from "../tokens.ts";

/** No shorter stream names anything that exists. */
const SHORTEST = 8;
const PROTO = 0x80;
const ESCAPED = 0x53;
const UNICODE = 0x56;
const TEXTS = new Set([0x58, 0x8c, 0x8d]);
/** GLOBAL, INST, STACK_GLOBAL, EXT1 to EXT4. */
const NAMING = new Set([0x63, 0x69, 0x93, 0x82, 0x83, 0x84]);
/** BINBYTES, SHORT_BINBYTES, STRING, BINSTRING, SHORT_BINSTRING, UNICODE, BINUNICODE and what came later. */
export const PAYLOADS = new Set([0x42, 0x43, 0x53, 0x54, 0x55, 0x56, 0x58, 0x8c, 0x8d, 0x8e, 0x96]);
const LINE_FEED = 0x0a;

/** The bytes that a text or bytes opcode stands for, when they may be a pickle that names something. */
export function payloadOf(tokenizer: Tokenizer, code: number): Uint8Array | undefined {
  const { bytes, from, to } = tokenizer;
  if (to - from < SHORTEST) return undefined;
  const raw = content(bytes, from, to, code);
  return raw !== undefined && namesSomething(raw) ? raw : undefined;
}

function content(bytes: Uint8Array, from: number, to: number, code: number): Uint8Array | undefined {
  try {
    if (code === ESCAPED) return latin1Bytes(decodeEscapes(bytes, from + 1, to - 1));
    if (code === UNICODE) return latin1Bytes(decodeRawUnicodeEscape(bytes, from, to));
    // A str of characters up to 255 may stand for bytes: 0xC2 0x80 is what PROTO becomes there.
    if (TEXTS.has(code) && bytes[from] === 0xc2) return latin1Bytes(decodeUtf8(bytes, from, to));
  } catch {
    return undefined;
  }
  return bytes.subarray(from, to);
}

/** Whether bytes begin as a pickle's tokens and a name is among them, or what may hold another pickle. */
export function namesSomething(bytes: Uint8Array): boolean {
  const announced = bytes[0] === PROTO && bytes[1]! <= 5;
  if (!announced && bytes.indexOf(LINE_FEED) < 0 && bytes.indexOf(0x93) < 0) return false;
  const tokenizer = new Tokenizer(bytes);
  try {
    for (;;) {
      tokenizer.next();
      if (NAMING.has(tokenizer.code)) return true;
      if (announced && PAYLOADS.has(tokenizer.code) && tokenizer.to - tokenizer.from >= SHORTEST) return true;
      if (tokenizer.code === 0x2e) return false;
    }
  } catch {
    return false;
  }
}
