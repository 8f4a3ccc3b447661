/** @module The texts of one stream: short ones that come again are one string. */

import { LONGEST, shortAscii } from "./short_ascii.ts";
import { decodeUtf8 } from "./text.ts";

/** Texts that are kept at once, a power of two; a later one takes the place of an earlier one with the same hash. */
const KEPT = 1024;

/** Decodes the texts of one stream. Column names and categories come often: to keep one string of each spares memory. */
export class Texts {
  private readonly bytes: Uint8Array;
  private readonly strings = new Array<string>(KEPT).fill("");
  private readonly starts = new Float64Array(KEPT);
  private readonly lengths = new Uint8Array(KEPT);

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The text of UTF-8 bytes, in which lone surrogates are taken. */
  read(from: number, to: number): string {
    return this.readShort(from, to) ?? decodeUtf8(this.bytes, from, to);
  }

  /** The same when it is short and of ASCII, else `undefined`. */
  readShort(from: number, to: number): string | undefined {
    const { bytes } = this;
    const length = to - from;
    if (length > LONGEST) return undefined;
    let hash = length;
    for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + bytes[at]!;
    const place = (hash ^ (hash >>> 15)) & (KEPT - 1);
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
