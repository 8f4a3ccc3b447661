/** @module Bytes that grow, in frames from protocol 4 on. */

import { CurtidoError } from "../errors.ts";
import { nativeText } from "../native_text.ts";
import { BININT, BININT1, BININT2, FRAME } from "../opcodes.ts";

const FRAME_HEADER = 9;
/** CPython's sizes: frames are closed beyond the one, and have no header below the other. */
const FRAME_TARGET = 64 * 1024;
const FRAME_LEAST = 4;
const START = 1024;
/** Room for what follows a large payload, where there is no more. */
const SLACK = 1 << 24;

/** Characters of a text that are written one by one, which takes less than to call anything. */
const BY_HAND = 16;
/** Characters of a text that surely stands in a frame, whatever they are. */
const LONGEST_AT_ONCE = Math.floor((FRAME_TARGET - 1) / 3);

const utf8 = new TextEncoder();

/**
 * Room for `least` bytes, and for what follows if there is enough memory: an engine has a longest array.
 *
 * @throws CurtidoError E_LIMIT
 */
function roomFor(least: number, wanted: number): Uint8Array<ArrayBuffer> {
  for (const size of [Math.max(least + START, wanted), least + SLACK, least]) {
    try {
      return new Uint8Array(size);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const message = `a pickle of more than ${least} bytes: there is no room for it in one piece of memory`;
  throw new CurtidoError("E_LIMIT", message, { limit: "memory", needed: least });
}

/** Collects the bytes of a pickle. */
export class PickleSink {
  private bytes = new Uint8Array(START);
  private view = new DataView(this.bytes.buffer);
  private native = nativeText(this.bytes);
  private length = 0;
  private framing = false;
  /** Where the frame that is open starts, or -1. */
  private frame = -1;

  /** Bytes so far. */
  get position(): number {
    return this.length;
  }

  /** From here on everything stands in frames. */
  startFraming(): void {
    this.framing = true;
  }

  /** Between two opcodes: closes a frame that is large enough. */
  boundary(): void {
    if (this.frame >= 0 && this.length - this.frame - FRAME_HEADER >= FRAME_TARGET) this.closeFrame();
  }

  /** The bytes so far, as a view on what was collected. */
  finish(): Uint8Array {
    this.closeFrame();
    return this.bytes.subarray(0, this.length);
  }

  op(code: number): void {
    this.need(1);
    this.bytes[this.length++] = code;
  }

  opU1(code: number, value: number): void {
    this.need(2);
    this.bytes[this.length++] = code;
    this.bytes[this.length++] = value;
  }

  opU2(code: number, value: number): void {
    this.need(3);
    this.bytes[this.length++] = code;
    this.bytes[this.length++] = value;
    this.bytes[this.length++] = value >> 8;
  }

  opU4(code: number, value: number): void {
    this.need(5);
    this.bytes[this.length] = code;
    this.view.setUint32(this.length + 1, value, true);
    this.length += 5;
  }

  /** An integer of 32 bits in the shortest of BININT1, BININT2 and BININT. */
  int(value: number): void {
    this.need(5);
    const { bytes } = this;
    if (value < 0 || value > 0xffff) {
      bytes[this.length++] = BININT;
      bytes[this.length++] = value;
      bytes[this.length++] = value >> 8;
      bytes[this.length++] = value >> 16;
      bytes[this.length++] = value >> 24;
    } else if (value > 0xff) {
      bytes[this.length++] = BININT2;
      bytes[this.length++] = value;
      bytes[this.length++] = value >> 8;
    } else {
      bytes[this.length++] = BININT1;
      bytes[this.length++] = value;
    }
  }

  opF8(code: number, value: number): void {
    this.need(9);
    this.bytes[this.length] = code;
    this.view.setFloat64(this.length + 1, value, false);
    this.length += 9;
  }

  /** An opcode and lines of text, characters 0 to 255. */
  lines(code: number, ...lines: readonly string[]): void {
    this.op(code);
    for (const line of lines) {
      this.need(line.length + 1);
      for (let at = 0; at < line.length; at++) this.bytes[this.length++] = line.charCodeAt(at);
      this.bytes[this.length++] = 0x0a;
    }
  }

  /** A header and its payload; a large payload stands outside the frames. */
  counted(header: Uint8Array, payload: Uint8Array): void {
    const { framing } = this;
    if (payload.length >= FRAME_TARGET) {
      this.closeFrame();
      this.framing = false;
    }
    this.raw(header);
    this.raw(payload);
    this.framing = framing;
  }

  /**
   * A text in UTF-8 behind an opcode and its length: a byte behind `short`, if there is such an opcode and it fits, else four.
   *
   * @returns false, and nothing is written, when it is long or has lone surrogates
   */
  text(short: number, long: number, text: string): boolean {
    const { length } = text;
    if (length <= BY_HAND && short >= 0 && this.shortText(short, text)) return true;
    if (length > LONGEST_AT_ONCE) return false;
    this.need(5 + 3 * length);
    const start = this.length;
    const from = start + 5;
    const written =
      this.native?.utf8Write(text, from, 3 * length) ?? utf8.encodeInto(text, this.bytes.subarray(from)).written;
    // A lone surrogate becomes three bytes too, of another character.
    if (written !== length && !text.isWellFormed()) return false;
    if (written <= 0xff && short >= 0) {
      this.bytes.copyWithin(start + 2, from, from + written);
      this.bytes[start] = short;
      this.bytes[start + 1] = written;
      this.length = start + 2 + written;
      return true;
    }
    this.bytes[start] = long;
    this.view.setUint32(start + 1, written, true);
    this.length = from + written;
    return true;
  }

  /** The same for a short one of ASCII. */
  private shortText(code: number, text: string): boolean {
    const { length } = text;
    this.need(2 + length);
    const { bytes } = this;
    const start = this.length + 2;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) return false;
      bytes[start + at] = unit;
    }
    bytes[this.length] = code;
    bytes[this.length + 1] = length;
    this.length = start + length;
    return true;
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.need(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Makes room; the first bytes of a frame open it. */
  private need(count: number): void {
    if (this.framing && this.frame < 0) this.openFrame();
    if (this.length + count > this.bytes.length) this.grow(this.length + count);
  }

  private openFrame(): void {
    this.frame = this.length;
    if (this.length + FRAME_HEADER > this.bytes.length) this.grow(this.length + FRAME_HEADER);
    this.length += FRAME_HEADER;
  }

  private grow(least: number): void {
    const grown = roomFor(least, this.bytes.length * 2);
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
    this.native = nativeText(grown);
  }

  private closeFrame(): void {
    if (this.frame < 0) return;
    const from = this.frame + FRAME_HEADER;
    const count = this.length - from;
    if (count >= FRAME_LEAST) {
      this.bytes[this.frame] = FRAME;
      this.view.setBigUint64(this.frame + 1, BigInt(count), true);
    } else {
      this.bytes.copyWithin(this.frame, from, this.length);
      this.length -= FRAME_HEADER;
    }
    this.frame = -1;
  }
}
