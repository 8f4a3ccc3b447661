/** @module Which compression a file is under, by its first bytes. */

import type { Compression } from "./codecs/index.ts";

/** What a file is that may unfold to a pickle: compressed, or an archive, which skops may have written. */
export type Folded = Compression | "zip";

/**
 * Decompresses a whole file and refuses to give more than `limit` bytes. `decompressAny` does it everywhere; where a
 * platform has a faster way, that is handed in: `@curtido/arrays/node` has one.
 */
export type Decompress = (format: Folded, bytes: Uint8Array, limit: number) => Uint8Array;

/** The largest size that a compressed file may unfold to, unless told otherwise: 4 GiB. */
export const DECOMPRESSED_LIMIT = 2 ** 32;
/** What any compressed file may unfold to: 256 MiB. */
const ALWAYS = 2 ** 28;
/** How often its own size a larger file may unfold to; models come to less than 20, zeros alone to 1,000. */
const MOST_TIMES = 100;

/**
 * What a compressed file of so many bytes may unfold to, unless told otherwise: a few kilobytes are not worth gigabytes.
 *
 * @example
 * unfoldingLimit(3_000_000); // 300_000_000
 */
export function unfoldingLimit(size: number): number {
  return Math.min(DECOMPRESSED_LIMIT, Math.max(ALWAYS, size * MOST_TIMES));
}

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["bz2", [0x42, 0x5a, 0x68]],
  ["lzma", [0x5d, 0x00]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["lz4", [0x04, 0x22, 0x4d, 0x18]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
];

/** The compression of a file, or `undefined` when it has none that is known. */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  for (const [format, magic] of MAGIC) if (magic.every((byte, at) => bytes[at] === byte)) return format;
  const zlib = bytes.length >= 2 && bytes[0] === 0x78 && (bytes[0] * 256 + bytes[1]!) % 31 === 0;
  return zlib ? "zlib" : undefined;
}

/** What a file is folded by, or `undefined` when it is what it is. */
export function foldedBy(bytes: Uint8Array): Folded | undefined {
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? "zip" : compressionOf(bytes);
}

/** The bytes behind a compression, or the same bytes when there is none. @throws CurtidoError as `decompress` does */
export function unfoldedWith(
  bytes: Uint8Array,
  decompress: Decompress,
  limit = unfoldingLimit(bytes.length),
): Uint8Array {
  const format = foldedBy(bytes);
  return format === undefined ? bytes : decompress(format, bytes, limit);
}
