/** @module Decompressing what joblib uses without being told, in plain TypeScript. */

import { arrayError } from "../errors.ts";
import { gunzip, unzlib } from "./codecs/deflated.ts";
import { inflate } from "./codecs/inflate.ts";
import { Sink } from "./codecs/sink.ts";
import type { Folded } from "./compression.ts";

/**
 * `decompressAny` for zlib and gzip alone, in a fraction of the code.
 *
 * @throws CurtidoError E_CONTAINER for other formats, naming what opens them
 */
export function decompressDeflate(format: Folded, bytes: Uint8Array, limit: number): Uint8Array {
  if (format === "zip") return bytes;
  if (format !== "zlib" && format !== "gzip") {
    const message = `the file is compressed with ${format}: open it with decompress: decompressAny of @curtido/arrays`;
    throw arrayError("E_CONTAINER", message, { format });
  }
  const sink = new Sink(limit, bytes.length);
  (format === "zlib" ? unzlib : gunzip)(bytes, sink, inflate);
  return sink.result();
}
