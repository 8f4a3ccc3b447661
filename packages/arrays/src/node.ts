/**
 * What is faster with Node: inflating with its own zlib.
 *
 * @module
 */
import { deflateRawSync, deflateSync, gzipSync, inflateRawSync } from "node:zlib";
import { type Inflate, inflate } from "./containers/codecs/inflate.ts";
import { unfoldsTooMuch } from "./containers/codecs/sink.ts";
import type { Folded } from "./containers/compression.ts";
import { arrayError } from "./errors.ts";
import { decompressWith } from "./files/decompress.ts";

/**
 * Decompresses every format that `@curtido/arrays` knows, zlib and gzip with Node's own zlib.
 *
 * @throws CurtidoError E_CONTAINER for broken data; E_LIMIT when more than `limit` bytes would come out
 */
export function decompress(format: Folded, bytes: Uint8Array, limit: number): Uint8Array {
  return decompressWith(format, bytes, limit, nodeInflate);
}

/** Inflates with Node's zlib; what it refuses is inflated again, to say where it breaks and what came out before. */
export const nodeInflate: Inflate = (bytes, from, sink) => {
  const room = sink.limit - sink.length;
  try {
    // With `info`, zlib says how many bytes it used; the types do not know it.
    const options = { maxOutputLength: Math.max(1, room), info: true };
    const { buffer, engine } = inflateRawSync(bytes.subarray(from), options) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    sink.push(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
    return from + engine.bytesWritten;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") return inflate(bytes, from, sink);
    throw arrayError("E_LIMIT", unfoldsTooMuch(sink.limit), { limit: "decompressedLimit", most: sink.limit }, error);
  }
};

/** joblib's own level of compression. */
const LEVEL = 3;

/**
 * Compresses with Node's zlib: what joblib and zip archives are written with.
 *
 * @example
 * dumpJoblib(value, { compress: (bytes) => compress("zlib", bytes) });
 */
export function compress(format: "zlib" | "gzip" | "deflate", bytes: Uint8Array, level = LEVEL): Uint8Array {
  const made = { zlib: deflateSync, gzip: gzipSync, deflate: deflateRawSync }[format](bytes, { level });
  return new Uint8Array(made.buffer, made.byteOffset, made.byteLength);
}
