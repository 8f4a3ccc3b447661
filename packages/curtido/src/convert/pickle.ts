/** @module Pickles, joblib and skops files, as conversions read and write them. */

import { dumpJoblib, dumpSkops, dumps, loads } from "@curtido/arrays";
import { compress, decompress } from "@curtido/arrays/node";
import type { Reading, Writing } from "@curtido/tables";
import { withReadingBar } from "../terminal.ts";

/** The value of a pickle or of a joblib file. */
export function readPickle(bytes: Uint8Array, { part }: Reading): unknown {
  return withReadingBar((onProgress) => loads(bytes, { exact: true, decompress, onProgress, ...(part && { part }) }));
}

/** A value as a pickle, of protocol 4 unless told otherwise. */
export function writePickle(value: unknown, { protocol, numpy, pandas, compress: format }: Writing): Uint8Array {
  const bytes = dumps(value, {
    exact: true,
    ...(protocol !== undefined && { protocol }),
    ...targets({ numpy, pandas }),
  });
  return format === undefined ? bytes : compress(format, bytes);
}

/** A value as a joblib file: arrays lie in it as they lie in memory. */
export function writeJoblib(value: unknown, { numpy, pandas, compress: format }: Writing): Uint8Array {
  const packed = format && { compress: (bytes: Uint8Array) => compress(format, bytes) };
  return dumpJoblib(value, { exact: true, ...targets({ numpy, pandas }), ...packed });
}

/** A value as a skops file. */
export function writeSkops(value: unknown, { numpy, pandas }: Writing): Uint8Array {
  return dumpSkops(value, { exact: true, ...targets({ numpy, pandas }) });
}

function targets({ numpy, pandas }: { numpy: Writing["numpy"] | undefined; pandas: Writing["pandas"] | undefined }) {
  return { ...(numpy && { numpy }), ...(pandas && { pandas }) };
}
