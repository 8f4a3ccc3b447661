/** @module Decompressing in plain TypeScript: every format that is known, or those that joblib uses without being told. */

import { arrayError } from "../errors.ts";
import { gunzip, unzlib } from "./codecs/deflated.ts";
import { type Compression, unfold } from "./codecs/index.ts";
import { inflate } from "./codecs/inflate.ts";
import { Sink } from "./codecs/sink.ts";
import { type Decompress, unfoldedWith, unfoldingLimit } from "./compression.ts";

/**
 * {@link Decompress} in plain TypeScript: zlib, gzip, bz2, lzma, xz, lz4 frames and zstd, checksums included; members that
 * stand one behind the other are joined, as Python does.
 *
 * @throws CurtidoError E_CONTAINER when the data is broken or ends early; E_LIMIT when more than `limit` bytes would come
 *   out, before memory is taken for them
 */
export function decompressAny(format: Compression, bytes: Uint8Array, limit: number): Uint8Array {
  const { bytes: out, error } = unfold(format, bytes, limit);
  if (error !== undefined) throw error;
  return out;
}

/**
 * {@link decompressAny} for zlib and gzip alone, in a fraction of the code.
 *
 * @throws CurtidoError E_CONTAINER for other formats, naming what opens them
 */
export function decompressDeflate(format: Compression, bytes: Uint8Array, limit: number): Uint8Array {
  if (format !== "zlib" && format !== "gzip") {
    const message = `the file is compressed with ${format}: open it with decompress: decompressAny of @curtido/arrays`;
    throw arrayError("E_CONTAINER", message, { format });
  }
  const sink = new Sink(limit, bytes.length);
  (format === "zlib" ? unzlib : gunzip)(bytes, sink, inflate);
  return sink.result();
}

/**
 * The bytes behind a compression, or the same bytes when there is none.
 *
 * @throws CurtidoError as {@link decompressAny}
 */
export function decompressed(
  bytes: Uint8Array,
  decompress: Decompress = decompressAny,
  limit = unfoldingLimit(bytes.length),
): Uint8Array {
  return unfoldedWith(bytes, decompress, limit);
}
