/** @module zstd's entropy coding: bits read from the end, finite state tables (FSE) and Huffman codes (RFC 8878, 4). */

import { corrupt } from "./sink.ts";

const NAME = "zstd";
const LONGEST_CODE = 11;
const MOST_WEIGHTS = 255;
const WEIGHT_ACCURACY = 6;

/** Reads bits from the end of a range of bytes to its beginning; before the beginning there are zeros. */
export class BackwardBits {
  private readonly bytes: Uint8Array;
  private readonly from: number;
  /** Bits that are left; negative when more were read than there are. */
  left: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    const last = to > from ? bytes[to - 1]! : 0;
    if (last === 0) throw corrupt(NAME, "a bit stream has no end", to);
    this.bytes = bytes;
    this.from = from;
    this.left = (to - from - 1) * 8 + 31 - Math.clz32(last);
  }

  /** The next `count` bits (at most 24), which stay. */
  peek(count: number): number {
    if (this.left >= count) return this.extract(this.left - count, count);
    return this.left <= 0 ? 0 : this.extract(0, this.left) << (count - this.left);
  }

  /** The next `count` bits, at most 32. */
  read(count: number): number {
    if (count > 24) {
      const high = this.read(count - 16);
      return high * 65536 + this.read(16);
    }
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  private extract(bit: number, count: number): number {
    const at = this.from + (bit >> 3);
    const { bytes } = this;
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  }
}

/** A finite state table: what each state means, and how the next state is made. */
export interface StateTable {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** The table of one symbol, which takes no bits. */
export function constantTable(symbol: number): StateTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** The table of a distribution; -1 stands for "less than one". */
export function stateTable(accuracy: number, counts: readonly number[]): StateTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let high = size - 1;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[high--] = symbol;
    next[symbol] = count === -1 ? 1 : count;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  counts.forEach((count, symbol) => {
    for (let index = 0; index < count; index++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place > high);
    }
  });
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const number = next[symbols[state]!]!++;
    bits[state] = accuracy - (31 - Math.clz32(number));
    bases[state] = (number << bits[state]!) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** Reads the description of a table at `from`; gives it with the byte behind it. */
export function readStateTable(
  bytes: Uint8Array,
  from: number,
  to: number,
  mostAccuracy: number,
  mostSymbols: number,
): readonly [StateTable, number] {
  let bit = 0;
  const peek = (count: number) => {
    const at = from + (bit >> 3);
    const byte = (index: number) => (at + index < to ? bytes[at + index]! : 0);
    return ((byte(0) | (byte(1) << 8) | (byte(2) << 16)) >>> (bit & 7)) & ((1 << count) - 1);
  };
  const accuracy = peek(4) + 5;
  bit += 4;
  if (accuracy > mostAccuracy) throw corrupt(NAME, "a table is larger than it may be", from);
  const counts: number[] = [];
  let remaining = 1 << accuracy;
  while (remaining > 0 && counts.length < mostSymbols) {
    const width = 32 - Math.clz32(remaining + 1);
    const small = (1 << width) - 1 - (remaining + 1);
    let value = peek(width);
    if ((value & ((1 << (width - 1)) - 1)) < small) {
      value &= (1 << (width - 1)) - 1;
      bit += width - 1;
    } else {
      if (value >= 1 << (width - 1)) value -= small;
      bit += width;
    }
    const count = value - 1;
    counts.push(count);
    remaining -= Math.abs(count);
    for (let more = count === 0 ? 3 : 0; more === 3; ) {
      more = peek(2);
      bit += 2;
      for (let index = 0; index < more && counts.length < mostSymbols; index++) counts.push(0);
    }
  }
  const end = from + ((bit + 7) >> 3);
  if (remaining !== 0 || end > to) throw corrupt(NAME, "the distribution of a table is malformed", from);
  return [stateTable(accuracy, counts), end];
}

/** A Huffman code: the next `bits` bits give a symbol and its length. */
export interface HuffmanTable {
  readonly bits: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

/** Reads the description of a Huffman code at `from`; gives it with the byte behind it. */
export function readHuffmanTable(bytes: Uint8Array, from: number, to: number): readonly [HuffmanTable, number] {
  if (from >= to) throw corrupt(NAME, "a Huffman code is missing", from);
  const head = bytes[from]!;
  const end = from + 1 + (head < 128 ? head : (head - 126) >> 1);
  if (end > to) throw corrupt(NAME, "a Huffman code reaches past its block", from);
  const weights = head < 128 ? codedWeights(bytes, from + 1, end) : plainWeights(bytes, from + 1, head - 127);
  return [huffmanTable(weights, from), end];
}

function plainWeights(bytes: Uint8Array, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const byte = bytes[from + (index >> 1)]!;
    return index % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

function codedWeights(bytes: Uint8Array, from: number, to: number): number[] {
  const [table, start] = readStateTable(bytes, from, to, WEIGHT_ACCURACY, MOST_WEIGHTS);
  const bits = new BackwardBits(bytes, start, to);
  const states = [bits.read(table.accuracy), bits.read(table.accuracy)];
  if (bits.left < 0) throw corrupt(NAME, "the weights of a Huffman code are malformed", from);
  const weights: number[] = [];
  for (let turn = 0; ; turn ^= 1) {
    const state = states[turn]!;
    weights.push(table.symbols[state]!);
    states[turn] = table.bases[state]! + bits.read(table.bits[state]!);
    if (bits.left < 0) {
      weights.push(table.symbols[states[turn ^ 1]!]!);
      return weights;
    }
    if (weights.length > MOST_WEIGHTS) throw corrupt(NAME, "a Huffman code has too many weights", from);
  }
}

function huffmanTable(weights: number[], at: number): HuffmanTable {
  let sum = 0;
  for (const weight of weights) sum += weight === 0 ? 0 : 1 << (weight - 1);
  const bits = 32 - Math.clz32(sum);
  const rest = (1 << bits) - sum;
  if (sum === 0 || bits > LONGEST_CODE || weights.length > MOST_WEIGHTS || (rest & (rest - 1)) !== 0)
    throw corrupt(NAME, "the weights of a Huffman code are malformed", at);
  const all = [...weights, 32 - Math.clz32(rest)];
  const symbols = new Uint8Array(1 << bits);
  const lengths = new Uint8Array(1 << bits);
  let place = 0;
  for (let weight = 1; weight <= bits; weight++) {
    for (let symbol = 0; symbol < all.length; symbol++) {
      if (all[symbol] !== weight) continue;
      const next = place + (1 << (weight - 1));
      symbols.fill(symbol, place, next);
      lengths.fill(bits + 1 - weight, place, next);
      place = next;
    }
  }
  return { bits, symbols, lengths };
}
