/** @module Bytes to opcodes and their arguments: the only tokenizer. */

import { pickleError } from "./errors.ts";
import { type ArgumentKind, type Opcode, opcodeByCode } from "./opcodes.ts";

/** One opcode of a stream, with its argument as it lies in the file. */
export interface Token {
  readonly opcode: Opcode;
  /** A number (`u8`: possibly a bigint), the payload's or line's bytes, two lines, or nothing. */
  readonly argument: number | bigint | Uint8Array | readonly [Uint8Array, Uint8Array] | undefined;
  /** Byte offsets of the opcode and of what follows it. */
  readonly start: number;
  readonly end: number;
}

const KINDS: readonly ArgumentKind[] = [
  "none",
  "u1",
  "u2",
  "i4",
  "u4",
  "u8",
  "f8",
  "line",
  "lines",
  "n1",
  "n4",
  "n4s",
  "n8",
];
/** The last of the kinds that are one number. */
const LAST_NUMBER = KINDS.indexOf("f8");
const NOT_AN_OPCODE = 255;
const kindByCode = Uint8Array.from({ length: 256 }, (_, code) => {
  const opcode = opcodeByCode[code];
  return opcode === undefined ? NOT_AN_OPCODE : KINDS.indexOf(opcode.argument);
});
const LINE_FEED = 10;

/**
 * Walks the opcodes of `bytes`, one {@link next} at a time, without making an object for any of them: the fields hold the
 * current opcode until the next call.
 */
export class Tokenizer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the next opcode starts. */
  position: number;
  /** The current opcode's byte, and where it stands. */
  code = 0;
  start = 0;
  /** A numeric argument of `u1`, `u2` and `i4`: a field of its own, which never needs a double. */
  int = 0;
  /** A numeric argument of `u4`, `u8` and `f8`. */
  value = 0.5;
  /** A payload's or a line's bytes (without the line feed); for `lines`, the first one. */
  from = 0;
  to = 0;
  /** The second line of `lines`. */
  from2 = 0;
  to2 = 0;

  constructor(bytes: Uint8Array, position = 0) {
    // Buffers of Node are Uint8Arrays whose slice() does not copy: read them as what they are.
    this.bytes =
      bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  /** Reads the next opcode and its argument. Throws E_TRUNCATED, E_OPCODE or E_ARGUMENT. */
  next(): void {
    const bytes = this.bytes;
    const at = this.position;
    this.start = at;
    if (at >= bytes.length)
      throw pickleError("E_TRUNCATED", at, "pickle data was truncated: the stream ends without STOP");
    const code = bytes[at]!;
    this.code = code;
    const kind = kindByCode[code]!;
    if (kind === 0) this.position = at + 1;
    else if (kind <= LAST_NUMBER) this.number(kind, at + 1);
    else if (kind === NOT_AN_OPCODE) throw notAnOpcode(code, at);
    else this.bytesOf(kind, at + 1);
  }

  /** An argument of fixed length; the numbers of the cases are places in {@link KINDS}. */
  private number(kind: number, from: number): void {
    switch (kind) {
      case 1: // u1
        this.need(from, 1);
        this.int = this.bytes[from]!;
        this.position = from + 1;
        return;
      case 2: // u2
        this.need(from, 2);
        this.int = this.view.getUint16(from, true);
        this.position = from + 2;
        return;
      case 3: // i4
        this.need(from, 4);
        this.int = this.view.getInt32(from, true);
        this.position = from + 4;
        return;
      case 4: // u4
        this.need(from, 4);
        this.value = this.view.getUint32(from, true);
        this.position = from + 4;
        return;
      case 5: // u8
        this.need(from, 8);
        this.value = this.length8(from);
        this.position = from + 8;
        return;
      default: // f8
        this.need(from, 8);
        this.value = this.view.getFloat64(from, false);
        this.position = from + 8;
    }
  }

  /** Lines, and bytes that are counted. */
  private bytesOf(kind: number, from: number): void {
    switch (kind) {
      case 7: // line
        this.position = this.line(from) + 1;
        return;
      case 8: // lines
        this.twoLines(from);
        return;
      case 9: // n1
        this.need(from, 1);
        this.counted(from + 1, this.bytes[from]!);
        return;
      case 10: // n4
        this.need(from, 4);
        this.counted(from + 4, this.view.getUint32(from, true));
        return;
      case 11: {
        // n4s
        this.need(from, 4);
        const count = this.view.getInt32(from, true);
        if (count < 0) throw pickleError("E_ARGUMENT", this.start, `${this.name()} has a negative byte count`);
        this.counted(from + 4, count);
        return;
      }
      default: // n8
        this.need(from, 8);
        this.counted(from + 8, this.length8(from));
    }
  }

  private name(): string {
    return opcodeByCode[this.code]?.name ?? "opcode";
  }

  private need(from: number, count: number): void {
    if (this.bytes.length - from < count) {
      const message = `pickle data was truncated: ${this.name()} needs ${count} more bytes`;
      throw pickleError("E_TRUNCATED", this.start, message);
    }
  }

  private length8(from: number): number {
    const length = this.view.getUint32(from + 4, true) * 2 ** 32 + this.view.getUint32(from, true);
    if (length >= 2 ** 63) throw pickleError("E_ARGUMENT", this.start, `${this.name()} gives a length beyond 2^63`);
    return length;
  }

  private counted(from: number, count: number): void {
    this.need(from, count);
    this.from = from;
    this.to = from + count;
    this.position = this.to;
  }

  private twoLines(from: number): void {
    const end = this.line(from);
    const first = this.from;
    this.position = this.line(end + 1) + 1;
    this.from2 = this.from;
    this.to2 = this.to;
    this.from = first;
    this.to = end;
  }

  private line(from: number): number {
    const end = this.bytes.indexOf(LINE_FEED, from);
    if (end < 0)
      throw pickleError("E_TRUNCATED", this.start, `pickle data was truncated: the line of ${this.name()} never ends`);
    this.from = from;
    this.to = end;
    return end;
  }
}

function notAnOpcode(code: number, at: number) {
  const shown =
    code >= 0x21 && code <= 0x7e ? `'${String.fromCharCode(code)}'` : `0x${code.toString(16).padStart(2, "0")}`;
  if (at === 0) return pickleError("E_NOT_A_PICKLE", at, `not a pickle: no opcode is ${shown}`);
  return pickleError("E_OPCODE", at, `invalid load key, ${shown}: no opcode has this byte`);
}

/**
 * The opcodes of one pickle, up to and with its STOP.
 *
 * @param bytes the file
 * @param position where the pickle starts in it
 * @throws CurtidoError E_TRUNCATED, E_OPCODE, E_ARGUMENT with the byte offset
 * @example
 * [...tokens(Uint8Array.of(0x80, 3, 0x4e, 0x2e))].map((token) => token.opcode.name); // ["PROTO", "NONE", "STOP"]
 */
export function* tokens(bytes: Uint8Array, position = 0): Generator<Token, void, undefined> {
  const tokenizer = new Tokenizer(bytes, position);
  for (;;) {
    tokenizer.next();
    const opcode = opcodeByCode[tokenizer.code]!;
    yield { opcode, argument: argumentOf(tokenizer, opcode.argument), start: tokenizer.start, end: tokenizer.position };
    if (opcode.name === "STOP") return;
  }
}

function argumentOf(token: Tokenizer, kind: ArgumentKind): Token["argument"] {
  switch (kind) {
    case "none":
      return undefined;
    case "u1":
    case "u2":
    case "i4":
      return token.int;
    case "u4":
    case "f8":
      return token.value;
    case "u8":
      return Number.isSafeInteger(token.value) ? token.value : token.view.getBigUint64(token.start + 1, true);
    case "lines":
      return [token.bytes.subarray(token.from, token.to), token.bytes.subarray(token.from2, token.to2)];
    default:
      return token.bytes.subarray(token.from, token.to);
  }
}
