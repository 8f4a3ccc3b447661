/** @module The .xz format: streams of blocks, each under LZMA2, with sizes and checksums that must agree. */

import { crc32, crc64, sha256 } from "./checksums.ts";
import { areProperties, LzmaDecoder } from "./lzma.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";

const NAME = "xz";
const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const HEADER = 12;
const LZMA2 = 0x21;
const DELTA = 0x03;
/** Bytes of a check, by its number in the header. */
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const CRC32 = 1;
const CRC64 = 4;
const SHA256 = 10;
const LONGEST_NUMBER = 9;

/** One xz stream at `from`; gives the byte behind it. Padding between streams is refused, as Python does. */
export function unxz(bytes: Uint8Array, sink: Sink, from = 0): number {
  return new Xz(bytes, from, sink).run();
}

interface Block {
  readonly dictionarySize: number;
  /** The distance of a delta filter; 0 for none. */
  readonly delta: number;
  readonly compressedSize: number | undefined;
  readonly size: number | undefined;
}

class Xz {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sink: Sink;
  private at: number;
  private readonly records: (readonly [unpadded: number, size: number])[] = [];

  constructor(bytes: Uint8Array, from: number, sink: Sink) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = from;
    this.sink = sink;
  }

  run(): number {
    const { bytes } = this;
    if (MAGIC.some((byte, index) => (bytes[this.at + index] ?? byte) !== byte))
      throw this.wrong("the header is none of xz");
    this.need(HEADER);
    const check = bytes[this.at + 7]!;
    if (bytes[this.at + 6] !== 0 || check > 15) throw this.wrong("the header has flags that are not known");
    this.checkSum(this.at + 6, this.at + 8, this.at + 8);
    this.at += HEADER;
    while (this.byte() !== 0) this.block(check);
    const indexSize = this.index();
    this.footer(check, indexSize);
    return this.at;
  }

  private wrong(problem: string) {
    return corrupt(NAME, problem, this.at);
  }

  private need(count: number): void {
    if (this.bytes.length - this.at < count) throw truncated(NAME, this.bytes.length);
  }

  private byte(): number {
    this.need(1);
    return this.bytes[this.at]!;
  }

  /** A number of 7 bits a byte, lowest first. */
  private number(): number {
    let value = 0;
    for (let index = 0; index < LONGEST_NUMBER; index++) {
      const byte = this.byte();
      this.at++;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) {
        if (byte === 0 && index > 0) break;
        return value;
      }
    }
    throw this.wrong("a number is malformed");
  }

  private checkSum(from: number, to: number, stored: number): void {
    if (this.bytes.length < stored + 4) throw truncated(NAME, this.bytes.length);
    if (crc32(this.bytes.subarray(from, to)) !== this.view.getUint32(stored, true))
      throw this.wrong("the checksum of a header differs");
  }

  private block(check: number): void {
    const start = this.at;
    const block = this.blockHeader();
    const from = this.sink.length;
    const data = this.at;
    this.chunks(block.dictionarySize);
    const compressedSize = this.at - data;
    const size = this.sink.length - from;
    if ((block.compressedSize ?? compressedSize) !== compressedSize || (block.size ?? size) !== size) {
      throw this.wrong("a block has another size than its header says");
    }
    if (block.delta > 0) undelta(this.sink.bytes, from, this.sink.length, block.delta);
    const unpadded = this.at - start + CHECK_SIZES[check]!;
    while ((this.at - start) % 4 !== 0) {
      if (this.byte() !== 0) throw this.wrong("a block's padding is not zero");
      this.at++;
    }
    this.need(CHECK_SIZES[check]!);
    this.checkData(check, this.sink.bytes.subarray(from, this.sink.length));
    this.at += CHECK_SIZES[check]!;
    this.records.push([unpadded, size]);
  }

  private blockHeader(): Block {
    const size = (this.byte() + 1) * 4;
    this.need(size);
    const end = this.at + size;
    this.checkSum(this.at, end - 4, end - 4);
    const flags = this.bytes[this.at + 1]!;
    if (flags & 0x3c) throw this.wrong("a block has flags that are not known");
    this.at += 2;
    const compressedSize = flags & 0x40 ? this.number() : undefined;
    const plainSize = flags & 0x80 ? this.number() : undefined;
    let delta = 0;
    let dictionary: number | undefined;
    for (let index = 0; index <= (flags & 3); index++) {
      const id = this.number();
      const length = this.number();
      const last = index === (flags & 3);
      if (id === DELTA && length === 1 && !last && delta === 0) delta = this.byte() + 1;
      else if (id === LZMA2 && length === 1 && last) dictionary = this.byte();
      else throw this.wrong(`a block has a filter (0x${id.toString(16)}) that is not read here`);
      this.at += length;
    }
    if (this.at > end - 4 || dictionary === undefined || dictionary > 40)
      throw this.wrong("a block header is malformed");
    this.at = end;
    const dictionarySize = dictionary === 40 ? 0xffffffff : (2 | (dictionary & 1)) * 2 ** ((dictionary >> 1) + 11);
    return { dictionarySize, delta, compressedSize, size: plainSize };
  }

  /** LZMA2: chunks that are compressed, stored, or the end; each says what is put back to its beginning. */
  private chunks(dictionarySize: number): void {
    const decoder = new LzmaDecoder(this.sink, dictionarySize);
    let needsDictionary = true;
    let needsProperties = true;
    let needsState = true;
    for (;;) {
      const control = this.byte();
      if (control === 0) {
        this.at++;
        return;
      }
      if (control >= 0xe0 || control === 1) {
        needsDictionary = false;
        needsProperties = true;
        needsState = true;
        decoder.resetWindow();
      } else if (needsDictionary) throw this.wrong("the first chunk does not begin a dictionary");
      if (control < 0x80) {
        if (control > 2) throw this.wrong("no chunk begins so");
        this.stored();
        continue;
      }
      this.need(control >= 0xc0 ? 6 : 5);
      const size = ((control & 0x1f) << 16) + this.view.getUint16(this.at + 1) + 1;
      const compressed = this.view.getUint16(this.at + 3) + 1;
      this.at += 5;
      if (control >= 0xc0) {
        const properties = this.bytes[this.at++]!;
        if (!areProperties(properties)) throw this.wrong("a chunk's properties are malformed");
        decoder.setProperties(properties);
        needsProperties = false;
      } else if (needsProperties) throw this.wrong("a chunk has no properties");
      if (control >= 0xa0) {
        decoder.resetState();
        needsState = false;
      } else if (needsState) throw this.wrong("a chunk has no state");
      this.compressed(decoder, size, compressed);
    }
  }

  private compressed(decoder: LzmaDecoder, size: number, compressed: number): void {
    const end = Math.min(this.at + compressed, this.bytes.length);
    decoder.start(this.bytes, this.at, end);
    decoder.run(size, false);
    decoder.normalize();
    if (!decoder.finished || decoder.at !== this.at + compressed)
      throw this.wrong("a chunk has another size than it says");
    this.at = decoder.at;
  }

  private stored(): void {
    this.need(3);
    const size = this.view.getUint16(this.at + 1) + 1;
    this.at += 3;
    const there = Math.min(size, this.bytes.length - this.at);
    this.sink.reserve(there).set(this.bytes.subarray(this.at, this.at + there), this.sink.length);
    this.sink.length += there;
    this.at += there;
    if (there < size) throw truncated(NAME, this.at);
  }

  private checkData(check: number, data: Uint8Array): void {
    if (check === CRC32 && this.view.getUint32(this.at, true) !== crc32(data)) throw this.wrong("a checksum differs");
    if (check === CRC64) {
      const [high, low] = crc64(data);
      if (this.view.getUint32(this.at, true) !== low || this.view.getUint32(this.at + 4, true) !== high)
        throw this.wrong("a checksum differs");
    }
    if (check === SHA256 && sha256(data).some((word, index) => this.view.getUint32(this.at + 4 * index) !== word))
      throw this.wrong("a checksum differs");
  }

  /** The index, which must list the blocks as they were; gives its size. */
  private index(): number {
    const start = this.at++;
    if (this.number() !== this.records.length) throw this.wrong("the index lists another number of blocks");
    for (const [unpadded, size] of this.records) {
      if (this.number() !== unpadded || this.number() !== size) throw this.wrong("the index lists other sizes");
    }
    while ((this.at - start) % 4 !== 0) {
      if (this.byte() !== 0) throw this.wrong("the index's padding is not zero");
      this.at++;
    }
    this.checkSum(start, this.at, this.at);
    this.at += 4;
    return this.at - start;
  }

  private footer(check: number, indexSize: number): void {
    this.need(HEADER);
    const { at, bytes, view } = this;
    if (bytes[at + 10] !== 0x59 || bytes[at + 11] !== 0x5a) throw this.wrong("the footer is none of xz");
    this.checkSum(at + 4, at + 10, at);
    if ((view.getUint32(at + 4, true) + 1) * 4 !== indexSize || bytes[at + 8] !== 0 || bytes[at + 9] !== check)
      throw this.wrong("header and footer disagree");
    this.at += HEADER;
  }
}

function undelta(bytes: Uint8Array, from: number, to: number, distance: number): void {
  for (let at = from + distance; at < to; at++) bytes[at] = (bytes[at]! + bytes[at - distance]!) & 0xff;
}
