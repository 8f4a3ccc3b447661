/** @module The lz4 frame format: blocks of literals and matches, stored blocks, and frames that are to be skipped. */

import { eachFrame } from "./frames.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";
import { xxh32 } from "./xxhash.ts";

const NAME = "lz4";
const MAGIC = 0x184d2204;
const WINDOW = 65536;
const BLOCK_SIZES: Readonly<Record<number, number>> = { 4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22 };

/** All frames of a file, one behind the other. */
export function unlz4(bytes: Uint8Array, sink: Sink): void {
  eachFrame(NAME, bytes, MAGIC, (view, at) => new Frame(bytes, view, at, sink).run());
}

class Frame {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sink: Sink;
  private readonly start: number;
  private at: number;

  constructor(bytes: Uint8Array, view: DataView, from: number, sink: Sink) {
    this.bytes = bytes;
    this.view = view;
    this.at = from;
    this.sink = sink;
    this.start = sink.length;
  }

  run(): number {
    const header = this.header();
    for (;;) {
      this.need(4);
      const word = this.view.getUint32(this.at, true);
      this.at += 4;
      if (word === 0) break;
      this.block(word, header);
    }
    const { sink } = this;
    if (header.size !== undefined && header.size !== sink.length - this.start)
      throw corrupt(NAME, "the frame has another size than its header says", this.at);
    if (header.checksum) this.checksum(sink.bytes.subarray(this.start, sink.length));
    return this.at;
  }

  private need(count: number): void {
    if (this.bytes.length - this.at < count) throw truncated(NAME, this.bytes.length);
  }

  private header() {
    const from = this.at + 4;
    this.at = from;
    this.need(3);
    const flags = this.bytes[from]!;
    const largest = BLOCK_SIZES[this.bytes[from + 1]! >> 4];
    if (flags >> 6 !== 1 || flags & 2 || largest === undefined)
      throw corrupt(NAME, "a frame header is malformed", from);
    if (flags & 1) throw corrupt(NAME, "it needs a dictionary", from);
    const sized = (flags & 8) !== 0;
    this.at = from + (sized ? 10 : 2);
    this.need(1);
    const size = sized
      ? this.view.getUint32(from + 6, true) * 2 ** 32 + this.view.getUint32(from + 2, true)
      : undefined;
    if (((xxh32(this.bytes.subarray(from, this.at)) >> 8) & 0xff) !== this.bytes[this.at])
      throw corrupt(NAME, "the checksum of a frame header differs", this.at);
    this.at++;
    return {
      largest,
      size,
      independent: (flags & 32) !== 0,
      blockChecksum: (flags & 16) !== 0,
      checksum: (flags & 4) !== 0,
    };
  }

  private block(word: number, header: ReturnType<Frame["header"]>): void {
    const size = word % 2 ** 31;
    const { sink } = this;
    if (size > header.largest) throw corrupt(NAME, "a block is larger than its frame allows", this.at);
    const end = Math.min(this.at + size, this.bytes.length);
    const from = sink.length;
    const data = this.at;
    if (word >= 2 ** 31) {
      sink.reserve(end - this.at).set(this.bytes.subarray(this.at, end), sink.length);
      sink.length += end - this.at;
    } else this.sequences(end, header.independent ? from : this.start, from + header.largest);
    this.at = data;
    this.need(size + (header.blockChecksum ? 4 : 0));
    this.at += size;
    if (header.blockChecksum) this.checksum(this.bytes.subarray(data, this.at));
  }

  private checksum(data: Uint8Array): void {
    this.need(4);
    if (xxh32(data) !== this.view.getUint32(this.at, true)) throw corrupt(NAME, "a checksum differs", this.at);
    this.at += 4;
  }

  private byte(end: number): number {
    if (this.at >= end) throw corrupt(NAME, "a block ends early", this.at);
    return this.bytes[this.at++]!;
  }

  private length(first: number, end: number): number {
    let length = first;
    if (first < 15) return length;
    for (let byte = 255; byte === 255; ) {
      byte = this.byte(end);
      length += byte;
    }
    return length;
  }

  /** Literals and matches up to `end`; nothing reaches before `window`, nothing comes out beyond `most`. */
  private sequences(end: number, window: number, most: number): void {
    const { bytes, sink } = this;
    while (this.at < end) {
      const token = this.byte(end);
      const literals = this.length(token >> 4, end);
      if (literals > end - this.at || literals > most - sink.length)
        throw corrupt(NAME, "literals reach past their block", this.at);
      sink.reserve(literals).set(bytes.subarray(this.at, this.at + literals), sink.length);
      sink.length += literals;
      this.at += literals;
      if (this.at === end) return;
      const distance = this.byte(end) | (this.byte(end) << 8);
      const length = this.length(token & 15, end) + 4;
      if (distance === 0 || distance > Math.min(WINDOW, sink.length - window))
        throw corrupt(NAME, "a distance reaches before the start", this.at);
      if (length > most - sink.length) throw corrupt(NAME, "a match reaches past its block", this.at);
      sink.repeat(distance, length);
    }
  }
}
