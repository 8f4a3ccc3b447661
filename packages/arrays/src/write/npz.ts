/** @module numpy's npz format, written: a zip archive of npy files. */

import type { NdArray } from "../ndarray.ts";
import { type NpyOptions, writeNpy } from "./npy.ts";
import { type Deflate, writeZip } from "./zip.ts";

/** How to write an archive. */
export interface WriteNpzOptions extends NpyOptions {
  /** Makes the arrays smaller; they are stored as they are when it is not given. */
  readonly deflate?: Deflate;
}

/**
 * Arrays by name as a npz file, as `numpy.savez` writes it, or `numpy.savez_compressed` with a `deflate`.
 *
 * @throws CurtidoError E_LIMIT beyond 4 GiB; E_DTYPE
 * @example
 * readNpz(writeNpz(new Map([["X", array]]))).get("X");
 */
export function writeNpz(arrays: ReadonlyMap<string, NdArray>, options: WriteNpzOptions = {}): Uint8Array {
  const parts = Array.from(arrays, ([name, array]) => ({ name: `${name}.npy`, bytes: writeNpy(array, options) }));
  return writeZip(parts, options.deflate);
}
