/** @module Where a model's bytes are, so that other threads can revive it from the same memory. */

import type { Estimator } from "../base/estimator.ts";

/** The bytes that a model was revived from. */
export interface Origin {
  /** Never changed again: nobody else has them, or everybody reads them only. */
  readonly bytes: Uint8Array;
  /** The file that they were read from: parts of old joblib files lie beside it. */
  readonly path?: string | undefined;
}

const origins = new WeakMap<Estimator, Origin>();
const unshared = new WeakSet<Estimator>();

/**
 * Remembers what a model was revived from.
 *
 * @param shared - whether its bytes are all that it takes: functions cannot be shared with threads
 */
export function rememberOrigin(estimator: Estimator, origin: Origin, shared: boolean): void {
  origins.set(estimator, origin);
  if (!shared) unshared.add(estimator);
}

/** What a model was revived from; `undefined` when it was not revived here, or needs functions, which threads cannot share. */
export function originOf(estimator: Estimator): Origin | undefined {
  return unshared.has(estimator) ? undefined : origins.get(estimator);
}

/** The file that a model was revived from; `undefined` when it was not revived here. */
export function fileBehind(estimator: Estimator): Origin | undefined {
  return origins.get(estimator);
}

/** A copy of bytes in memory that threads can share. */
export function sharedCopy(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

const copies = new WeakMap<Origin, Uint8Array>();

/** The bytes of an origin in memory that threads share: as they are when they lie there, else one copy of them. */
export function sharedBytes(origin: Origin): Uint8Array {
  if (origin.bytes.buffer instanceof SharedArrayBuffer) return origin.bytes;
  let copy = copies.get(origin);
  if (copy === undefined) {
    copy = sharedCopy(origin.bytes);
    copies.set(origin, copy);
  }
  return copy;
}
