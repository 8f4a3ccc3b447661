/** @module Files as they lie there: a pickle, a joblib or a skops file, compressed or not. */

import { type FileOptions, loadFileWith } from "../containers/joblib.ts";
import { explainFile } from "../containers/other_files.ts";
import { reviveAll } from "../revive/index.ts";
import { decompressAny } from "./decompress.ts";

/**
 * Reads a pickle, joblib or skops file to inert values; joblib's arrays, which stand outside the pickle's opcodes, come out as
 * {@link NdArray}.
 *
 * @throws CurtidoError as `loads` of `@curtido/pickle`, saying what a file is that is none; E_CONTAINER for a compression
 *   that cannot be opened and for parts that are not at hand; E_ARRAY
 */
export function loadFile(bytes: Uint8Array, options: FileOptions = {}): unknown {
  try {
    return loadFileWith(bytes, { ...options, decompress: options.decompress ?? decompressAny });
  } catch (error) {
    throw explainFile(error, bytes);
  }
}

/**
 * Reads a pickle, joblib or skops file with every array, matrix and frame in it revived; what is none stays inert. Shared values
 * stay shared.
 *
 * @throws CurtidoError as `loads` of `@curtido/pickle`; E_ARRAY, E_DTYPE, E_FRAME, E_CONTAINER
 * @example
 * const { X, y } = Object.fromEntries(loads(bytes) as Dict);
 */
export function loads(bytes: Uint8Array, options: FileOptions = {}): unknown {
  return reviveAll(loadFile(bytes, { encoding: "latin1", ...options }));
}
