/** @module bzip2, block by block: Huffman codes, move-to-front, the Burrows-Wheeler transform and run lengths, undone. */

import { crc32Bzip2 } from "./checksums.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";

const NAME = "bzip2";
const LONGEST = 20;
const GROUP = 50;
const BLOCK_UNIT = 100_000;
/** Zero-runs are counted in bijective base 2; from here on a run is longer than any block. */
const LONGEST_RUN_BIT = 1 << 21;
const MOST_SELECTORS = 18002;

/**
 * All bzip2 streams of a file, one behind the other. What follows the first stream and does not begin as one is ignored, as
 * Python does.
 */
export function bunzip2(bytes: Uint8Array, sink: Sink): void {
  let at = 0;
  do at = new Bunzip2(bytes, at, sink).run();
  while (isStart(bytes, at));
}

function isStart(bytes: Uint8Array, at: number): boolean {
  const level = bytes[at + 3] ?? 0;
  return bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68 && level >= 0x31 && level <= 0x39;
}

/** A prefix code: for each length, where its codes end, and which symbol is the first. */
interface Code {
  /** The largest code of a length, left-aligned to {@link LONGEST} bits; -1 where there is none. */
  readonly limits: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

class Bunzip2 {
  private readonly bytes: Uint8Array;
  private readonly sink: Sink;
  private at: number;
  private held = 0;
  private count = 0;

  constructor(bytes: Uint8Array, from: number, sink: Sink) {
    this.bytes = bytes;
    this.at = from;
    this.sink = sink;
  }

  run(): number {
    if (this.bytes.length - this.at < 4) throw truncated(NAME, this.bytes.length);
    if (!isStart(this.bytes, this.at)) throw corrupt(NAME, "the header is none of bzip2", this.at);
    const size = (this.bytes[this.at + 3]! - 0x30) * BLOCK_UNIT;
    this.at += 4;
    const links = new Uint32Array(size);
    let combined = 0;
    for (;;) {
      const kind = this.take(24) * 2 ** 24 + this.take(24);
      const checksum = this.take(16) * 2 ** 16 + this.take(16);
      if (kind === 0x177245385090) {
        if (combined !== checksum) throw this.wrong("the checksum of the file differs");
        return this.at - (this.count >> 3);
      }
      if (kind !== 0x314159265359) throw this.wrong("no block begins so");
      const from = this.sink.length;
      this.block(links, size);
      if (crc32Bzip2(this.sink.bytes, from, this.sink.length) !== checksum)
        throw this.wrong("a block's checksum differs");
      combined = (((combined << 1) | (combined >>> 31)) ^ checksum) >>> 0;
    }
  }

  private wrong(problem: string) {
    return corrupt(NAME, problem, this.at);
  }

  private take(bits: number): number {
    while (this.count < bits) {
      if (this.at >= this.bytes.length) throw truncated(NAME, this.at);
      this.held = ((this.held << 8) | this.bytes[this.at++]!) & 0x7fffffff;
      this.count += 8;
    }
    this.count -= bits;
    return (this.held >> this.count) & ((1 << bits) - 1);
  }

  private block(links: Uint32Array, size: number): void {
    // What bzip2 before 0.9.5 did to repetitive blocks takes a table of 512 numbers to undo.
    if (this.take(1) === 1) throw this.wrong("a block is randomised, as no bzip2 since 1999 writes them");
    const start = this.take(24);
    const alphabet = this.alphabet();
    const codeCount = this.take(3);
    const selectorCount = this.take(15);
    if (codeCount < 2 || codeCount > 6) throw this.wrong(`${codeCount} codes in a block`);
    if (selectorCount === 0) throw this.wrong("a block without selectors");
    const selectors = this.selectors(selectorCount, codeCount);
    const codes = Array.from({ length: codeCount }, () => this.code(alphabet.length + 2));
    const counts = new Uint32Array(256);
    const length = this.symbols(alphabet, selectors, codes, links, size, counts);
    if (start >= length) throw this.wrong("a block begins behind its end");
    this.untransform(links, length, start, counts);
  }

  /** The bytes that occur in the block, in order: what move-to-front starts with. */
  private alphabet(): Uint8Array {
    const groups = this.take(16);
    const found: number[] = [];
    for (let group = 0; group < 16; group++) {
      if ((groups & (0x8000 >> group)) === 0) continue;
      const members = this.take(16);
      for (let member = 0; member < 16; member++) if (members & (0x8000 >> member)) found.push(group * 16 + member);
    }
    if (found.length === 0) throw this.wrong("a block in which no byte occurs");
    return Uint8Array.from(found);
  }

  /** Which code each group of 50 symbols is in; more than a block can use are read and forgotten. */
  private selectors(count: number, codes: number): Uint8Array {
    const order = Uint8Array.from({ length: codes }, (_, index) => index);
    const selectors = new Uint8Array(Math.min(count, MOST_SELECTORS));
    for (let at = 0; at < count; at++) {
      let place = 0;
      while (this.take(1) === 1) if (++place >= codes) throw this.wrong("a selector beyond the codes");
      const chosen = order[place]!;
      order.copyWithin(1, 0, place);
      order[0] = chosen;
      if (at < selectors.length) selectors[at] = chosen;
    }
    return selectors;
  }

  private code(size: number): Code {
    const lengths = new Uint8Array(size);
    let length = this.take(5);
    for (let symbol = 0; symbol < size; symbol++) {
      for (;;) {
        if (length < 1 || length > LONGEST) throw this.wrong(`a code of ${length} bits`);
        if (this.take(1) === 0) break;
        length += this.take(1) === 0 ? 1 : -1;
      }
      lengths[symbol] = length;
    }
    return codeOf(lengths);
  }

  private symbol(code: Code): number {
    let value = this.take(code.shortest);
    for (let length = code.shortest; length <= LONGEST; length++) {
      if (value <= code.limits[length]!) {
        const symbol = code.symbols[value - code.offsets[length]!];
        if (symbol === undefined) break;
        return symbol;
      }
      value = (value << 1) | this.take(1);
    }
    throw this.wrong("no code begins with these bits");
  }

  /** Undoes Huffman, zero runs and move-to-front: the block's last column into the low bytes of `links`. */
  private symbols(
    alphabet: Uint8Array,
    selectors: Uint8Array,
    codes: readonly Code[],
    links: Uint32Array,
    size: number,
    counts: Uint32Array,
  ): number {
    const end = alphabet.length + 1;
    let length = 0;
    let run = 0;
    let bit = 1;
    for (let index = 0; ; index++) {
      const selector = selectors[Math.floor(index / GROUP)];
      if (selector === undefined) throw this.wrong("a block has fewer selectors than symbols");
      const symbol = this.symbol(codes[selector]!);
      if (symbol <= 1) {
        if (bit > LONGEST_RUN_BIT) throw this.wrong("a run is longer than its block");
        run += bit << symbol;
        bit <<= 1;
        continue;
      }
      if (run > 0) {
        if (run > size - length) throw this.wrong("a block is longer than it may be");
        links.fill(alphabet[0]!, length, length + run);
        counts[alphabet[0]!]! += run;
        length += run;
        run = 0;
        bit = 1;
      }
      if (symbol === end) return length;
      if (length >= size) throw this.wrong("a block is longer than it may be");
      const byte = alphabet[symbol - 1]!;
      alphabet.copyWithin(1, 0, symbol - 1);
      alphabet[0] = byte;
      links[length++] = byte;
      counts[byte]!++;
    }
  }

  /** Undoes the Burrows-Wheeler transform and the outer run lengths, into the sink. */
  private untransform(links: Uint32Array, length: number, start: number, counts: Uint32Array): void {
    const places = new Uint32Array(256);
    for (let byte = 1; byte < 256; byte++) places[byte] = places[byte - 1]! + counts[byte - 1]!;
    for (let at = 0; at < length; at++) links[places[links[at]! & 0xff]!++]! |= at << 8;
    const { sink } = this;
    let place = links[start]! >>> 8;
    let before = -1;
    let same = 0;
    for (let at = 0; at < length; at++) {
      const entry = links[place]!;
      const byte = entry & 0xff;
      place = entry >>> 8;
      if (same === 4) {
        sink.reserve(byte).fill(before, sink.length, sink.length + byte);
        sink.length += byte;
        same = 0;
        before = -1;
        continue;
      }
      same = byte === before ? same + 1 : 1;
      before = byte;
      const bytes = sink.length < sink.bytes.length ? sink.bytes : sink.reserve(1);
      bytes[sink.length++] = byte;
    }
  }
}

function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(LONGEST + 2);
  for (const length of lengths) counts[length]!++;
  const symbols: number[] = [];
  for (let length = 1; length <= LONGEST; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols.push(symbol);
  }
  const limits = new Int32Array(LONGEST + 1).fill(-1);
  const offsets = new Int32Array(LONGEST + 1);
  let code = 0;
  let before = 0;
  for (let length = 1; length <= LONGEST; length++) {
    offsets[length] = code - before;
    code += counts[length]!;
    before += counts[length]!;
    limits[length] = counts[length] === 0 ? -1 : code - 1;
    code <<= 1;
  }
  const shortest = Math.max(1, Math.min(...lengths));
  return { limits, offsets, symbols: Uint16Array.from(symbols), shortest };
}
