/** @module What wraps deflate data: zlib (RFC 1950) and gzip (RFC 1952). */

import { adler32, crc32 } from "./checksums.ts";
import type { Inflate } from "./inflate.ts";
import { corrupt, type Sink, truncated } from "./sink.ts";

/** One zlib stream; what stands behind it is ignored, as Python does. */
export function unzlib(bytes: Uint8Array, sink: Sink, inflate: Inflate): void {
  if (bytes.length < 2) throw truncated("zlib", bytes.length);
  if ((bytes[0]! & 15) !== 8 || bytes[0]! >> 4 > 7 || (bytes[0]! * 256 + bytes[1]!) % 31 !== 0) {
    throw corrupt("zlib", "the header is none of zlib", 0);
  }
  if (bytes[1]! & 0x20) throw corrupt("zlib", "it needs a preset dictionary", 1);
  const from = sink.length;
  const end = inflate(bytes, 2, sink);
  if (bytes.length - end < 4) throw truncated("zlib", end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(end) !== adler32(sink.bytes.subarray(from, sink.length))) {
    throw corrupt("zlib", "the checksum differs", end);
  }
}

/** All members of a gzip file, one behind the other; zeros between and behind them are padding. */
export function gunzip(bytes: Uint8Array, sink: Sink, inflate: Inflate): void {
  for (let at = 0; at < bytes.length; ) {
    at = member(bytes, at, sink, inflate);
    while (at < bytes.length && bytes[at] === 0) at++;
  }
}

function member(bytes: Uint8Array, start: number, sink: Sink, inflate: Inflate): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = header(bytes, start, view);
  const from = sink.length;
  const end = inflate(bytes, data, sink);
  if (bytes.length - end < 8) throw truncated("gzip", end);
  const out = sink.bytes.subarray(from, sink.length);
  if (view.getUint32(end, true) !== crc32(out)) throw corrupt("gzip", "the checksum differs", end);
  if (view.getUint32(end + 4, true) !== out.length % 2 ** 32) throw corrupt("gzip", "the length differs", end + 4);
  return end + 8;
}

const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;

/** Where the deflate data of the member at `start` begins. */
function header(bytes: Uint8Array, start: number, view: DataView): number {
  if (bytes[start] !== 0x1f || (bytes[start + 1] ?? 0x8b) !== 0x8b) {
    throw corrupt("gzip", "what follows a member is none", start);
  }
  if (bytes.length - start < 10) throw truncated("gzip", bytes.length);
  if (bytes[start + 2] !== 8) throw corrupt("gzip", "it is not deflate that it holds", start + 2);
  const flags = bytes[start + 3]!;
  let at = start + 10;
  if (flags & HAS_EXTRA) {
    if (bytes.length - at < 2) throw truncated("gzip", at);
    at += 2 + view.getUint16(at, true);
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = at > bytes.length ? -1 : bytes.indexOf(0, at);
    if (end < 0) throw truncated("gzip", bytes.length);
    at = end + 1;
  }
  if (flags & HAS_CHECKSUM) at += 2;
  if (at > bytes.length) throw truncated("gzip", bytes.length);
  return at;
}
