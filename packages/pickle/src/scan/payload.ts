/** @module Pickles inside the texts and bytes of a pickle: what `pickle.loads` would be given. */

import {
  BINBYTES,
  BINBYTES8,
  BINSTRING,
  BINUNICODE,
  BINUNICODE8,
  BYTEARRAY8,
  EXT1,
  EXT2,
  EXT4,
  GLOBAL,
  INST,
  PROTO,
  SHORT_BINBYTES,
  SHORT_BINSTRING,
  SHORT_BINUNICODE,
  STACK_GLOBAL,
  STOP,
  STRING,
  UNICODE,
} from "../opcodes.ts";
import { decodeEscapes, decodeRawUnicodeEscape, decodeUtf8, latin1Bytes } from "../text.ts";
import { Tokenizer } from "../tokens.ts";

/** No shorter stream names anything that exists. */
const SHORTEST = 8;
const TEXTS = new Set([BINUNICODE, SHORT_BINUNICODE, BINUNICODE8]);
/** GLOBAL, INST, STACK_GLOBAL, EXT1 to EXT4. */
const NAMING = new Set([GLOBAL, INST, STACK_GLOBAL, EXT1, EXT2, EXT4]);
/** What carries bytes or a text. */
export const PAYLOADS = new Set([
  BINBYTES,
  SHORT_BINBYTES,
  STRING,
  BINSTRING,
  SHORT_BINSTRING,
  UNICODE,
  BINUNICODE,
  SHORT_BINUNICODE,
  BINUNICODE8,
  BINBYTES8,
  BYTEARRAY8,
]);
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
    if (code === STRING) return latin1Bytes(decodeEscapes(bytes, from + 1, to - 1));
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
  if (!announced && bytes.indexOf(LINE_FEED) < 0 && bytes.indexOf(STACK_GLOBAL) < 0) return false;
  const tokenizer = new Tokenizer(bytes);
  try {
    for (;;) {
      tokenizer.next();
      if (NAMING.has(tokenizer.code)) return true;
      if (announced && PAYLOADS.has(tokenizer.code) && tokenizer.to - tokenizer.from >= SHORTEST) return true;
      if (tokenizer.code === STOP) return false;
    }
  } catch {
    return false;
  }
}
