/** @module zstd (RFC 8878): frames of raw, repeated and compressed blocks, and frames that are to be skipped. */

import { eachFrame } from "./frames.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";
import { xxh64Low } from "./xxhash.ts";
import { BackwardBits, type HuffmanTable, readHuffmanTable } from "./zstd_entropy.ts";
import { runSequences, SequenceState } from "./zstd_sequences.ts";

const NAME = "zstd";
const MAGIC = 0xfd2fb528;
const LARGEST_BLOCK = 1 << 17;

/** All frames of a file, one behind the other. */
export function unzstd(bytes: Uint8Array, sink: Sink): void {
  eachFrame(NAME, bytes, MAGIC, (view, at) => new Frame(bytes, view, at + 4, sink).run());
}

class Frame {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sink: Sink;
  private readonly start: number;
  private readonly sequences = new SequenceState();
  private at: number;
  private window = 0;
  private huffman: HuffmanTable | undefined;

  constructor(bytes: Uint8Array, view: DataView, from: number, sink: Sink) {
    this.bytes = bytes;
    this.view = view;
    this.at = from;
    this.sink = sink;
    this.start = sink.length;
  }

  run(): number {
    const { bytes, sink } = this;
    const { size, checksum } = this.header();
    for (let last = false; !last; ) {
      this.need(3);
      const word = bytes[this.at]! | (bytes[this.at + 1]! << 8) | (bytes[this.at + 2]! << 16);
      this.at += 3;
      last = (word & 1) === 1;
      this.block((word >> 1) & 3, word >> 3);
    }
    if (size !== undefined && size !== sink.length - this.start)
      throw corrupt(NAME, "the frame has another size than its header says", this.at);
    if (checksum) {
      this.need(4);
      if (xxh64Low(sink.bytes.subarray(this.start, sink.length)) !== this.view.getUint32(this.at, true))
        throw corrupt(NAME, "the checksum differs", this.at);
      this.at += 4;
    }
    return this.at;
  }

  private need(count: number): void {
    if (this.bytes.length - this.at < count) throw truncated(NAME, this.bytes.length);
  }

  private little(count: number): number {
    this.need(count);
    let value = 0;
    for (let index = 0; index < count; index++) value += this.bytes[this.at++]! * 2 ** (8 * index);
    return value;
  }

  private header(): { readonly size: number | undefined; readonly checksum: boolean } {
    const flags = this.little(1);
    if (flags & 8) throw corrupt(NAME, "a frame header is malformed", this.at);
    const single = (flags & 32) !== 0;
    if (!single) {
      const byte = this.little(1);
      const base = 2 ** (10 + (byte >> 3));
      this.window = base + (base / 8) * (byte & 7);
    }
    if (this.little([0, 1, 2, 4][flags & 3]!) !== 0) throw corrupt(NAME, "it needs a dictionary", this.at);
    const kind = flags >> 6;
    const size = kind === 0 && !single ? undefined : this.little([1, 2, 4, 8][kind]!) + (kind === 1 ? 256 : 0);
    if (single) this.window = size!;
    return { size, checksum: (flags & 4) !== 0 };
  }

  private block(kind: number, size: number): void {
    const { sink } = this;
    const largest = Math.min(LARGEST_BLOCK, this.window);
    if (kind === 3 || size > largest) throw corrupt(NAME, "a block is malformed", this.at);
    if (kind === 0) {
      const there = Math.min(size, this.bytes.length - this.at);
      sink.reserve(there).set(this.bytes.subarray(this.at, this.at + there), sink.length);
      sink.length += there;
      this.at += there;
      if (there < size) throw truncated(NAME, this.at);
    } else if (kind === 1) {
      const byte = this.little(1);
      sink.reserve(size).fill(byte, sink.length, sink.length + size);
      sink.length += size;
    } else {
      this.need(size);
      this.compressed(this.at + size, largest);
      this.at += size;
    }
  }

  private compressed(end: number, largest: number): void {
    const { start, window } = this;
    const [literals, at] = this.literals(this.at, end);
    const reach = { start, window, most: this.sink.length + largest };
    runSequences(this.bytes, at, end, literals, this.sequences, this.sink, reach);
  }

  /** The literals of a block, and the byte behind them. */
  private literals(from: number, end: number): readonly [Uint8Array, number] {
    const { bytes } = this;
    const head = from < end ? bytes[from]! : 0;
    const kind = head & 3;
    const format = (head >> 2) & 3;
    const width = kind < 2 ? [1, 2, 1, 3][format]! : [3, 3, 4, 5][format]!;
    if (end - from < width) throw corrupt(NAME, "a block ends early", from);
    let word = 0;
    for (let index = width - 1; index >= 0; index--) word = word * 256 + bytes[from + index]!;
    const at = from + width;
    if (kind < 2) {
      const size = Math.floor(word / (width === 1 ? 8 : 16));
      const stored = kind === 0 ? size : 1;
      if (size > LARGEST_BLOCK || stored > end - at) throw corrupt(NAME, "literals reach past their block", from);
      const literals = kind === 0 ? bytes.subarray(at, at + size) : new Uint8Array(size).fill(bytes[at]!);
      return [literals, at + stored];
    }
    const bits = [10, 10, 14, 18][format]!;
    const size = Math.floor(word / 16) % 2 ** bits;
    const compressed = Math.floor(word / 2 ** (4 + bits));
    if (size > LARGEST_BLOCK || compressed > end - at) throw corrupt(NAME, "literals reach past their block", from);
    return [this.huffmanLiterals(at, at + compressed, size, kind === 2, format !== 0), at + compressed];
  }

  private huffmanLiterals(from: number, end: number, size: number, described: boolean, four: boolean): Uint8Array {
    let at = from;
    if (described) [this.huffman, at] = readHuffmanTable(this.bytes, at, end);
    const table = this.huffman;
    if (table === undefined) throw corrupt(NAME, "a block repeats a code that was never there", from);
    const literals = new Uint8Array(size);
    if (!four) {
      decode(table, this.bytes, at, end, literals);
      return literals;
    }
    if (end - at < 6) throw corrupt(NAME, "literals reach past their block", at);
    const part = (size + 3) >> 2;
    let start = at + 6;
    for (let stream = 0; stream < 4; stream++) {
      const stop = stream === 3 ? end : start + this.view.getUint16(at + 2 * stream, true);
      if (stop > end || part * 3 > size) throw corrupt(NAME, "literals reach past their block", at);
      decode(
        table,
        this.bytes,
        start,
        stop,
        literals.subarray(part * stream, stream === 3 ? size : part * (stream + 1)),
      );
      start = stop;
    }
    return literals;
  }
}

function decode(table: HuffmanTable, bytes: Uint8Array, from: number, to: number, out: Uint8Array): void {
  const bits = new BackwardBits(bytes, from, to);
  for (let at = 0; at < out.length; at++) {
    const entry = bits.peek(table.bits);
    out[at] = table.symbols[entry]!;
    bits.left -= table.lengths[entry]!;
  }
  if (bits.left !== 0) throw corrupt(NAME, "the literals do not fill their bits", to);
}
