/** @module CatBoost's hash of a combination of features, 64 bits in two halves, and its table from hashes to places. */

import { CatModelError } from "./flatbuffer.ts";

/** 64 bits. */
export interface Word {
  low: number;
  high: number;
}

/** CatBoost's multiplier, and what it makes of 1 when multiplied twice. */
const LOW = 0x4954cb65;
const HIGH = 0x4906ba49;

/** The hash of nothing. */
export function firstHash(word: Word): void {
  word.low = 0;
  word.high = 0;
}

/** `word` becomes M * (word + M * bit). */
export function hashBit(word: Word, bit: boolean): void {
  if (bit) add(word, LOW, HIGH);
  multiply(word);
}

/** `word` becomes M * (word + M * hash), the hash of a category with its sign. */
export function hashCategory(word: Word, hash: number): void {
  const { low, high } = word;
  word.low = hash >>> 0;
  word.high = hash < 0 ? 0xffffffff : 0;
  multiply(word);
  add(word, low, high);
  multiply(word);
}

function add(word: Word, low: number, high: number): void {
  const sum = word.low + low;
  word.high = (word.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  word.low = sum >>> 0;
}

/** Multiplies by M, keeping 64 bits. */
function multiply(word: Word): void {
  const { low, high } = word;
  const a = low & 0xffff;
  const b = low >>> 16;
  // low * LOW in parts of 16 bits: each product stays below 2^32, each sum below 2^53.
  const first = a * (LOW & 0xffff);
  const middle = a * (LOW >>> 16) + (first >>> 16) + b * (LOW & 0xffff);
  const carry = b * (LOW >>> 16) + Math.floor(middle / 0x10000);
  word.high = (carry + (Math.imul(low, HIGH) >>> 0) + (Math.imul(high, LOW) >>> 0)) >>> 0;
  word.low = Math.imul(low, LOW) >>> 0;
}

/** Bytes of one bucket in the file: its hash and its place. */
const BUCKET = 12;
/** The hash of an empty bucket. */
const NONE = 0xffffffffffffffffn;
/** How far a bucket may stand behind where its hash leads: honest tables are at most half full, and stay far below. */
const FARTHEST = 1 << 10;

/** A table of open addressing, as the file has it: hashes lead to places. */
export class HashIndex {
  /** The highest place; -1 where the table is empty. */
  readonly last: number;
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private readonly places: Uint32Array;
  private readonly farthest: number;

  /** @throws CatModelError its size is no power of two, or it is not one that CatBoost makes */
  constructor(bytes: Uint8Array) {
    const count = bytes.length / BUCKET;
    if (!Number.isInteger(count) || count < 1 || (count & (count - 1)) !== 0)
      throw new CatModelError(`a table of categories has ${bytes.length} bytes`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.low = new Uint32Array(count);
    this.high = new Uint32Array(count);
    this.places = new Uint32Array(count);
    let last = -1;
    let farthest = 0;
    for (let at = 0; at < count; at++) {
      const low = view.getUint32(BUCKET * at, true);
      this.low[at] = low;
      this.high[at] = view.getUint32(BUCKET * at + 4, true);
      this.places[at] = view.getUint32(BUCKET * at + 8, true);
      if (this.empty(at)) continue;
      last = Math.max(last, this.places[at]!);
      farthest = Math.max(farthest, (at - low) & (count - 1));
    }
    if (farthest > FARTHEST) throw new CatModelError("a table of categories is too crowded to be searched");
    this.last = last;
    this.farthest = farthest;
  }

  /**
   * A table of hashes, each of which leads to its own number.
   *
   * @throws CatModelError too many of them lead to one place
   */
  static of(hashes: readonly bigint[]): HashIndex {
    const count = 2 ** Math.ceil(Math.log2(2 * hashes.length + 2));
    const bytes = new Uint8Array(BUCKET * count).fill(0xff);
    const view = new DataView(bytes.buffer);
    hashes.forEach((hash, place) => {
      let at = Number(hash & BigInt(count - 1));
      for (let step = 0; view.getBigUint64(BUCKET * at, true) !== NONE; step++, at = (at + 1) % count)
        if (step > FARTHEST) throw new CatModelError("a table of categories is too crowded to be searched");
      view.setBigUint64(BUCKET * at, hash, true);
      view.setUint32(BUCKET * at + 8, place, true);
    });
    return new HashIndex(bytes);
  }

  /** No hash has all bits set. */
  private empty(at: number): boolean {
    return this.low[at] === 0xffffffff && this.high[at] === 0xffffffff;
  }

  /** The place of a hash; -1 where it is not there. */
  find({ low, high }: Word): number {
    const mask = this.low.length - 1;
    for (let step = 0, at = low & mask; step <= this.farthest && !this.empty(at); step++, at = (at + 1) & mask)
      if (this.low[at] === low && this.high[at] === high) return this.places[at]!;
    return -1;
  }
}
