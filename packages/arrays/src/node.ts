/**
 * What needs Node: decompression with its own zlib.
 *
 * @module
 */
import { gunzipSync, inflateSync } from "node:zlib";
import type { Compression } from "./containers/compression.ts";
import { arrayError } from "./errors.ts";

/**
 * Decompresses zlib and gzip.
 *
 * @throws CurtidoError E_CONTAINER for other formats and broken data; E_LIMIT when more than `limit` bytes would come out
 */
export function decompress(format: Compression, bytes: Uint8Array, limit: number): Uint8Array {
  if (format !== "zlib" && format !== "gzip") {
    throw arrayError(
      "E_CONTAINER",
      `the file is compressed with ${format}, which is not read yet; save it with zlib, gzip or without compression`,
      { format },
    );
  }
  try {
    const options = { maxOutputLength: limit };
    return format === "zlib" ? inflateSync(bytes, options) : gunzipSync(bytes, options);
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") {
      throw arrayError("E_LIMIT", `the file unfolds to more than ${limit} bytes`, { format, limit }, error);
    }
    throw arrayError(
      "E_CONTAINER",
      `the file looks like ${format}, but cannot be decompressed: ${(error as Error).message}`,
      { format },
      error,
    );
  }
}
