/** @module Decompressing in plain TypeScript, every format that is known. */

import { type Compression, unfold } from "../containers/codecs/index.ts";
import { type Inflate, inflate } from "../containers/codecs/inflate.ts";
import { type Folded, unfoldedWith, unfoldingLimit } from "../containers/compression.ts";
import { isSkops, pickleOfSkops } from "../skops/pickle.ts";

/**
 * {@link Decompress} in plain TypeScript: zlib, gzip, bz2, lzma, xz, lz4 frames and zstd, checksums included; members that
 * stand one behind the other are joined, as Python does. A skops file unfolds to the pickle of the same object;
 * other zip archives are left as they are.
 *
 * @throws CurtidoError E_CONTAINER when the data is broken or ends early; E_LIMIT when more than `limit` bytes would come
 *   out, before memory is taken for them
 */
export function decompressAny(format: Folded, bytes: Uint8Array, limit: number): Uint8Array {
  return decompressWith(format, bytes, limit, inflate);
}

/** {@link decompressAny} with the inflating that a platform has. */
export function decompressWith(format: Folded, bytes: Uint8Array, limit: number, fast: Inflate): Uint8Array {
  if (format === "zip") return isSkops(bytes) ? pickleOfSkops(bytes, limit, fast) : bytes;
  const { bytes: out, error } = unfold(format satisfies Compression, bytes, limit, fast);
  if (error !== undefined) throw error;
  return out;
}

/**
 * The bytes behind a compression, or the same bytes when there is none.
 *
 * @throws CurtidoError as {@link decompressAny}
 */
export function decompressed(
  bytes: Uint8Array,
  decompress = decompressAny,
  limit = unfoldingLimit(bytes.length),
): Uint8Array {
  return unfoldedWith(bytes, decompress, limit);
}
