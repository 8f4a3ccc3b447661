/** @module Pickles and joblib files, as conversions read and write them. */

import { dumpJoblib, dumps, loads } from "@curtido/arrays";
import { compress, decompress } from "@curtido/arrays/node";
import type { Format, Reading, Writing } from "@curtido/tables";
import { withReadingBar } from "../terminal.ts";

function read(bytes: Uint8Array, { part }: Reading): unknown {
  return withReadingBar((onProgress) => loads(bytes, { exact: true, decompress, onProgress, ...(part && { part }) }));
}

/** pickle's protocol 4 unless told otherwise. */
export const pickleFormat: Format = {
  read,
  write: (value, { protocol, numpy, pandas, compress: format }: Writing) => {
    const bytes = dumps(value, {
      exact: true,
      ...(protocol !== undefined && { protocol }),
      ...targets({ numpy, pandas }),
    });
    return format === undefined ? bytes : compress(format, bytes);
  },
};

/** Arrays lie in the file as they lie in memory. */
export const joblibFormat: Format = {
  read,
  write: (value, { numpy, pandas, compress: format }: Writing) => {
    const packed = format && { compress: (bytes: Uint8Array) => compress(format, bytes) };
    return dumpJoblib(value, { exact: true, ...targets({ numpy, pandas }), ...packed });
  },
};

function targets({ numpy, pandas }: { numpy: Writing["numpy"] | undefined; pandas: Writing["pandas"] | undefined }) {
  return { ...(numpy && { numpy }), ...(pandas && { pandas }) };
}
