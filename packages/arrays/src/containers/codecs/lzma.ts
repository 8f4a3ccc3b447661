/** @module LZMA: a range coder over adaptive bits, and matches in what came out before. */

import { corrupt, type Sink, truncated } from "./sink.ts";

const NAME = "lzma";
const HALF = 1024;
const MODEL_BITS = 11;
const MOVE = 5;
const TOP = 2 ** 24;
const SHORTEST_DICTIONARY = 4096;
const STATES = 12;
const FIRST_STATE_OF_MATCHES = 7;
const SHORTEST_MATCH = 2;
const ALIGN_BITS = 4;
const FIRST_MODELLED = 4;
const END_MODELLED = 14;
const END_MARKER = 0xffffffff;

const half = (count: number) => new Uint16Array(count).fill(HALF);

class LengthModel {
  readonly choice = half(2);
  readonly low = half(16 << 3);
  readonly middle = half(16 << 3);
  readonly high = half(256);
}

/** Whether a byte holds lc, lp and pb as liblzma takes them. */
export function areProperties(byte: number): boolean {
  return byte < 225 && (byte % 9) + (Math.floor(byte / 9) % 5) <= 4;
}

/** What a decoder stops at: a number of bytes that came out, or its end marker. */
type RunEnd = "length" | "marker";

/** The decoder of LZMA and of LZMA2's chunks: its models and its window live from one {@link run} to the next. */
export class LzmaDecoder {
  private readonly sink: Sink;
  private bytes: Uint8Array = new Uint8Array(0);
  /** The next byte that is read. */
  at = 0;
  private end = 0;
  private range = 0;
  private code = 0;
  private contextBits = 0;
  private literalMask = 0;
  private positionMask = 0;
  private dictionarySize: number;
  private windowStart: number;
  private state = 0;
  private readonly distances = [0, 0, 0, 0];
  private literals = half(0);
  private isMatch = half(0);
  private isRepeat = half(0);
  private isRepeat0 = half(0);
  private isRepeat1 = half(0);
  private isRepeat2 = half(0);
  private isRepeat0Long = half(0);
  private slots = half(0);
  private special = half(0);
  private align = half(0);
  private matchLength = new LengthModel();
  private repeatLength = new LengthModel();

  constructor(sink: Sink, dictionarySize: number) {
    this.sink = sink;
    this.dictionarySize = Math.max(SHORTEST_DICTIONARY, Math.ceil(dictionarySize / 16) * 16);
    this.windowStart = sink.length;
  }

  /** Sets lc, lp and pb from their common byte, which {@link areProperties} takes. */
  setProperties(byte: number): void {
    this.contextBits = byte % 9;
    this.literalMask = (1 << (Math.floor(byte / 9) % 5)) - 1;
    this.positionMask = (1 << Math.floor(byte / 45)) - 1;
  }

  /** Forgets what came out: no match reaches before this place. */
  resetWindow(): void {
    this.windowStart = this.sink.length;
  }

  /** Puts all models back to one half. */
  resetState(): void {
    this.state = 0;
    this.distances.fill(0);
    this.literals = half(0x300 << (this.contextBits + bitLength(this.literalMask)));
    this.isMatch = half(STATES << 4);
    this.isRepeat = half(STATES);
    this.isRepeat0 = half(STATES);
    this.isRepeat1 = half(STATES);
    this.isRepeat2 = half(STATES);
    this.isRepeat0Long = half(STATES << 4);
    this.slots = half(4 << 6);
    this.special = half(128);
    this.align = half(1 << ALIGN_BITS);
    this.matchLength = new LengthModel();
    this.repeatLength = new LengthModel();
  }

  /** Begins to read compressed bytes, `end` being behind the last: five of them fill the coder. */
  start(bytes: Uint8Array, from: number, end: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    if (end - from < 5) throw truncated(NAME, end);
    if (bytes[from] !== 0) throw corrupt(NAME, "the range coder does not begin with zero", from);
    this.range = 0xffffffff;
    this.code = 0;
    for (this.at = from + 1; this.at < from + 5; this.at++) this.code = ((this.code << 8) | bytes[this.at]!) >>> 0;
  }

  /** Whether the coder ends as an encoder's flush leaves it. */
  get finished(): boolean {
    return this.code === 0;
  }

  /** Decodes until `length` bytes came out, or an end marker is met where `mayEnd` allows it. */
  run(length: number, mayEnd: boolean): RunEnd {
    const { sink } = this;
    const stop = sink.length + length;
    while (sink.length < stop) {
      const position = (sink.length - this.windowStart) & this.positionMask;
      if (this.bit(this.isMatch, (this.state << 4) + position) === 0) this.literal();
      else if (!this.match(position, stop)) {
        if (!mayEnd) throw corrupt(NAME, "it ends before its length", this.at);
        this.normalize();
        return "marker";
      }
    }
    return "length";
  }

  /** Whether the next thing is the end marker; what follows a known length may be one. */
  endsWithMarker(): boolean {
    const position = (this.sink.length - this.windowStart) & this.positionMask;
    if (this.bit(this.isMatch, (this.state << 4) + position) === 0) return false;
    const ended = !this.match(position, this.sink.length);
    if (ended) this.normalize();
    return ended;
  }

  /** Shifts in one byte where the range became narrow: done before the coder's end is looked at. */
  normalize(): void {
    if (this.range >= TOP) return;
    if (this.at >= this.end) throw truncated(NAME, this.at);
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.bytes[this.at++]!) >>> 0;
  }

  private bit(models: Uint16Array, index: number): number {
    this.normalize();
    const model = models[index]!;
    const bound = (this.range >>> MODEL_BITS) * model;
    if (this.code < bound) {
      this.range = bound;
      models[index] = model + ((2048 - model) >> MOVE);
      return 0;
    }
    this.range -= bound;
    this.code -= bound;
    models[index] = model - (model >> MOVE);
    return 1;
  }

  private direct(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; left--) {
      this.normalize();
      this.range >>>= 1;
      const bit = this.code >= this.range ? 1 : 0;
      if (bit === 1) this.code -= this.range;
      value = value * 2 + bit;
    }
    return value;
  }

  private tree(models: Uint16Array, from: number, bits: number): number {
    let value = 1;
    for (let left = bits; left > 0; left--) value = (value << 1) | this.bit(models, from + value);
    return value - (1 << bits);
  }

  private reverseTree(models: Uint16Array, from: number, bits: number): number {
    let place = 1;
    let value = 0;
    for (let shift = 0; shift < bits; shift++) {
      const bit = this.bit(models, from + place);
      place = (place << 1) | bit;
      value |= bit << shift;
    }
    return value;
  }

  private literal(): void {
    const { sink } = this;
    const out = sink.length < sink.bytes.length ? sink.bytes : sink.reserve(1);
    const before = sink.length > this.windowStart ? out[sink.length - 1]! : 0;
    const position = (sink.length - this.windowStart) & this.literalMask;
    const context = (position << this.contextBits) + (before >> (8 - this.contextBits));
    const from = 0x300 * context;
    let symbol = 1;
    if (this.state >= FIRST_STATE_OF_MATCHES) {
      let matched = out[sink.length - this.distances[0]! - 1]!;
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.bit(this.literals, from + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(this.literals, from + symbol);
    out[sink.length++] = symbol & 0xff;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  /** A match or a repeated one, up to `stop`; `false` for the end marker. */
  private match(position: number, stop: number): boolean {
    const { distances, state } = this;
    let length: number;
    if (this.bit(this.isRepeat, state) === 0) {
      distances.copyWithin(1, 0, 3);
      length = this.length(this.matchLength, position);
      this.state = state < 7 ? 7 : 10;
      distances[0] = this.distance(length);
      if (distances[0] === END_MARKER) return false;
    } else if (this.repeat(position)) {
      this.state = state < 7 ? 9 : 11;
      length = 1 - SHORTEST_MATCH;
    } else {
      length = this.length(this.repeatLength, position);
      this.state = state < 7 ? 8 : 11;
    }
    this.copy(distances[0]! + 1, length + SHORTEST_MATCH, stop);
    return true;
  }

  private copy(distance: number, length: number, stop: number): void {
    const { sink } = this;
    const known = Math.min(sink.length - this.windowStart, this.dictionarySize);
    if (distance > known) throw corrupt(NAME, "a distance reaches before the start", this.at);
    if (length > stop - sink.length) throw corrupt(NAME, "a match reaches past the end", this.at);
    sink.repeat(distance, length);
  }

  /** Chooses a distance from the last four; `true` for a single byte from the last one. */
  private repeat(position: number): boolean {
    const { distances, state } = this;
    if (this.bit(this.isRepeat0, state) === 0) return this.bit(this.isRepeat0Long, (state << 4) + position) === 0;
    const which = this.bit(this.isRepeat1, state) === 0 ? 1 : this.bit(this.isRepeat2, state) === 0 ? 2 : 3;
    const chosen = distances[which]!;
    distances.copyWithin(1, 0, which);
    distances[0] = chosen;
    return false;
  }

  private length(model: LengthModel, position: number): number {
    if (this.bit(model.choice, 0) === 0) return this.tree(model.low, position << 3, 3);
    if (this.bit(model.choice, 1) === 0) return 8 + this.tree(model.middle, position << 3, 3);
    return 16 + this.tree(model.high, 0, 8);
  }

  private distance(length: number): number {
    const slot = this.tree(this.slots, Math.min(length, 3) << 6, 6);
    if (slot < FIRST_MODELLED) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < END_MODELLED) return base + this.reverseTree(this.special, base - slot, bits);
    return base + this.direct(bits - ALIGN_BITS) * 2 ** ALIGN_BITS + this.reverseTree(this.align, 0, ALIGN_BITS);
  }
}

function bitLength(mask: number): number {
  return 32 - Math.clz32(mask);
}
