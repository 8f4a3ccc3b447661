/** @module Writing Python values as pickles. */

import type { DumpOptions } from "./dump/options.ts";
import { Writer } from "./dump/writer.ts";

/**
 * Writes a value as a pickle: the very bytes of CPython 3.11's `pickle.dumps`, where equal texts and equal names count as
 * one object and sets are written in the order of insertion. Depth is bounded by memory only.
 *
 * @returns bytes; protocol 4 unless told otherwise
 * @throws CurtidoError E_TYPE for a value that has no Python form, E_PROTOCOL for one that the protocol cannot say,
 *   E_LIMIT for an integer of too many digits in text
 * @example
 * dumps(new Tuple([-1, 2, 3]), { protocol: 3 }); // 80 03 4a ff ff ff ff 4b 02 4b 03 87 71 00 2e
 */
export function dumps(value: unknown, options: DumpOptions = {}): Uint8Array {
  return new Writer(options).dump(value);
}

/**
 * Writes several values one behind the other, as several `pickle.dump` to one file: `loadAll` reads them.
 *
 * @throws as {@link dumps}
 * @example
 * loadAll(dumpAll([1, "two"])); // [1, "two"]
 */
export function dumpAll(values: Iterable<unknown>, options: DumpOptions = {}): Uint8Array {
  const pickles = Array.from(values, (value) => dumps(value, options));
  const bytes = new Uint8Array(pickles.reduce((length, each) => length + each.length, 0));
  let at = 0;
  for (const each of pickles) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}
