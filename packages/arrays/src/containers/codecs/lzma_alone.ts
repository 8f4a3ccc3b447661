/** @module The .lzma format of old ("LZMA-alone"): 13 bytes of header, then LZMA. */

import { areProperties, LzmaDecoder } from "./lzma.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";

const NAME = "lzma";
const HEADER = 13;
const UNKNOWN = 2 ** 64;
const LARGEST = 2 ** 38;

/** One .lzma stream at `from`; gives the byte behind it. */
export function unlzma(bytes: Uint8Array, sink: Sink, from = 0): number {
  const properties = bytes[from];
  if (properties === undefined) throw truncated(NAME, bytes.length);
  if (!areProperties(properties)) throw corrupt(NAME, "the header is none of lzma", from);
  if (bytes.length - from < HEADER) throw truncated(NAME, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, HEADER);
  const dictionarySize = view.getUint32(1, true);
  const size = view.getUint32(9, true) * 2 ** 32 + view.getUint32(5, true);
  const unknown = view.getUint32(9, true) === 0xffffffff && view.getUint32(5, true) === 0xffffffff;
  // What liblzma takes for a .lzma file where it guesses the format, as Python has it do.
  if (!isUsualSize(dictionarySize) || (!unknown && size >= LARGEST)) {
    throw corrupt(NAME, "the header is none of lzma", from);
  }
  const decoder = new LzmaDecoder(sink, dictionarySize);
  decoder.setProperties(properties);
  decoder.resetState();
  decoder.start(bytes, from + HEADER, bytes.length);
  if (unknown) decoder.run(UNKNOWN, true);
  else if (decoder.run(size, true) === "marker") throw corrupt(NAME, "it ends before its length", decoder.at);
  else {
    decoder.normalize();
    // An encoder may put an end marker behind a known length.
    if (!decoder.finished && !decoder.endsWithMarker()) throw corrupt(NAME, "more follows its length", decoder.at);
  }
  if (!decoder.finished) throw corrupt(NAME, "the range coder does not end with zero", decoder.at);
  return decoder.at;
}

/** 2^n or 2^n + 2^(n-1), or the largest of all. */
function isUsualSize(size: number): boolean {
  if (size === 0xffffffff) return true;
  let filled = (size - 1) >>> 0;
  for (const shift of [2, 3, 4, 8, 16]) filled |= filled >>> shift;
  return (filled + 1) >>> 0 === size;
}
