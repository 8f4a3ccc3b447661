/** @module Deflate (RFC 1951), as strict as zlib is: for browsers, and to say how far broken data goes. */

import { corrupt, type Sink, truncated } from "./sink.ts";

/**
 * Decompresses raw deflate data from the byte `from` on into a sink and gives the byte behind it. Codecs that need it take
 * it as an argument: `@curtido/arrays/node` has a faster one.
 */
export type Inflate = (bytes: Uint8Array, from: number, sink: Sink) => number;

const NAME = "deflate";
const LONGEST = 15;
const END_OF_BLOCK = 256;
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A prefix code as a table: the next `bits` bits give `symbol * 16 + length`; 0 where no code begins so. */
interface Code {
  readonly table: Uint16Array;
  readonly bits: number;
}

/** The code of these lengths; `undefined` when they make none, by the rules of zlib. */
function codeOf(lengths: Uint8Array, mayBeIncomplete: boolean): Code | undefined {
  const counts = new Uint16Array(LONGEST + 1);
  for (const length of lengths) counts[length]!++;
  let bits = LONGEST;
  while (bits > 0 && counts[bits] === 0) bits--;
  if (bits === 0) return mayBeIncomplete ? { table: new Uint16Array(2), bits: 1 } : undefined;
  const next = new Uint16Array(LONGEST + 2);
  let room = 1;
  for (let length = 1; length <= LONGEST; length++) {
    room = room * 2 - counts[length]!;
    if (room < 0) return undefined;
    next[length + 1] = (next[length]! + counts[length]!) << 1;
  }
  if (room > 0 && !(mayBeIncomplete && bits === 1)) return undefined;
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    const step = 1 << length;
    for (let at = reversed(next[length]!++, length); at < table.length; at += step) table[at] = (symbol << 4) | length;
  }
  return { table, bits };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

const FIXED_LITERALS = codeOf(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  false,
)!;
const FIXED_DISTANCES = codeOf(new Uint8Array(32).fill(5), false)!;

class Inflater {
  private readonly bytes: Uint8Array;
  private readonly sink: Sink;
  private readonly start: number;
  private at: number;
  private held = 0;
  private count = 0;

  constructor(bytes: Uint8Array, from: number, sink: Sink) {
    this.bytes = bytes;
    this.at = from;
    this.sink = sink;
    this.start = sink.length;
  }

  run(): number {
    for (let last = 0; last === 0; ) {
      last = this.take(1);
      const kind = this.take(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.codes(FIXED_LITERALS, FIXED_DISTANCES);
      else if (kind === 2) this.dynamic();
      else throw this.wrong("no block is of kind 3");
    }
    return this.at - (this.count >> 3);
  }

  private wrong(problem: string) {
    return corrupt(NAME, problem, this.at);
  }

  /** Fills the held bits up to `wanted`, as far as there are bytes. */
  private fill(wanted: number): void {
    while (this.count < wanted && this.at < this.bytes.length) {
      this.held |= this.bytes[this.at++]! << this.count;
      this.count += 8;
    }
  }

  private drop(bits: number): void {
    if (bits > this.count) throw truncated(NAME, this.at);
    this.held >>>= bits;
    this.count -= bits;
  }

  private take(bits: number): number {
    this.fill(bits);
    const value = this.held & ((1 << bits) - 1);
    this.drop(bits);
    return value;
  }

  private symbol(code: Code): number {
    this.fill(LONGEST);
    const entry = code.table[this.held & ((1 << code.bits) - 1)]!;
    if (entry === 0)
      throw this.count < code.bits ? truncated(NAME, this.at) : this.wrong("no code begins with these bits");
    this.drop(entry & 15);
    return entry >> 4;
  }

  private stored(): void {
    this.drop(this.count & 7);
    const size = this.take(16);
    if (this.take(16) !== (~size & 0xffff)) throw this.wrong("a stored block's size and its complement differ");
    this.at -= this.count >> 3;
    this.held = 0;
    this.count = 0;
    const there = Math.min(size, this.bytes.length - this.at);
    this.sink.reserve(there).set(this.bytes.subarray(this.at, this.at + there), this.sink.length);
    this.sink.length += there;
    this.at += there;
    if (there < size) throw truncated(NAME, this.at);
  }

  private dynamic(): void {
    const literals = this.take(5) + 257;
    const distances = this.take(5) + 1;
    const codes = this.take(4) + 4;
    if (literals > 286 || distances > 30) throw this.wrong("too many lengths or distances");
    const lengths = new Uint8Array(19);
    for (let index = 0; index < codes; index++) lengths[CODE_ORDER[index]!] = this.take(3);
    const code = codeOf(lengths, false);
    if (code === undefined) throw this.wrong("the code lengths make no code");
    const all = this.lengths(code, literals + distances);
    if (all[END_OF_BLOCK] === 0) throw this.wrong("a block cannot end");
    const literal = codeOf(all.subarray(0, literals), true);
    const distance = codeOf(all.subarray(literals), true);
    if (literal === undefined || distance === undefined) throw this.wrong("the lengths make no code");
    this.codes(literal, distance);
  }

  private lengths(code: Code, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    for (let at = 0; at < count; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw this.wrong("a length is repeated before the first");
      const repeated = symbol === 16 ? lengths[at - 1]! : 0;
      const times = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
      if (at + times > count) throw this.wrong("too many code lengths");
      lengths.fill(repeated, at, at + times);
      at += times;
    }
    return lengths;
  }

  private codes(literals: Code, distances: Code): void {
    const { sink } = this;
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol < END_OF_BLOCK) {
        const bytes = sink.length < sink.bytes.length ? sink.bytes : sink.reserve(1);
        bytes[sink.length++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) return;
      const base = LENGTH_BASE[symbol - 257];
      if (base === undefined) throw this.wrong("no length has this code");
      const length = base + this.take(LENGTH_BITS[symbol - 257]!);
      const far = this.symbol(distances);
      if (far >= DISTANCE_BASE.length) throw this.wrong("no distance has this code");
      const distance = DISTANCE_BASE[far]! + this.take(DISTANCE_BITS[far]!);
      if (distance > sink.length - this.start) throw this.wrong("a distance reaches before the start");
      sink.repeat(distance, length);
    }
  }
}

/** {@link Inflate} in plain TypeScript. */
export const inflate: Inflate = (bytes, from, sink) => new Inflater(bytes, from, sink).run();
