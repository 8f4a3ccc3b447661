/** @module All codecs by name. */

import { type CurtidoError, isCurtidoError } from "@curtido/pickle";
import { bunzip2 } from "./bzip2.ts";
import { gunzip, unzlib } from "./deflated.ts";
import { type Inflate, inflate } from "./inflate.ts";
import { unlz4 } from "./lz4.ts";
import { unlzma } from "./lzma_alone.ts";
import { Sink } from "./sink.ts";
import { unxz } from "./xz.ts";
import { unzstd } from "./zstd.ts";

/** A compression that joblib or pandas writes. */
export type Compression = "zlib" | "gzip" | "bz2" | "lzma" | "xz" | "lz4" | "zstd";

type Codec = (bytes: Uint8Array, sink: Sink, inflate: Inflate) => void;

const CODECS: Readonly<Record<Compression, Codec>> = {
  zlib: unzlib,
  gzip: gunzip,
  bz2: bunzip2,
  lzma: streams,
  xz: streams,
  lz4: unlz4,
  zstd: unzstd,
};

/** Streams of xz or lzma one behind the other; what follows the first and is none is ignored, as Python's `lzma` does. */
function streams(bytes: Uint8Array, sink: Sink): void {
  const one = (at: number) => (bytes[at] === 0xfd ? unxz(bytes, sink, at) : unlzma(bytes, sink, at));
  for (let at = one(0); at < bytes.length; ) {
    const before = sink.length;
    try {
      at = one(at);
    } catch (error) {
      const none = isCurtidoError(error, "E_CONTAINER") && error.fields["truncated"] !== true;
      if (none && sink.length === before) return;
      throw error;
    }
  }
}

/** What came out of compressed bytes, and why it is not all. */
export interface Unfolded {
  readonly bytes: Uint8Array;
  readonly error?: CurtidoError;
}

/**
 * Decompresses as far as it goes: broken, cut-off and too large data give what came out before, with the error.
 *
 * @param limit - the most bytes that may come out
 * @param fast - inflates, where a platform has a faster way
 */
export function unfold(format: Compression, bytes: Uint8Array, limit: number, fast: Inflate = inflate): Unfolded {
  const sink = new Sink(limit, bytes.length);
  try {
    CODECS[format](bytes, sink, fast);
    return { bytes: sink.result() };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return { bytes: sink.result(), error };
  }
}
