/** @module Where the bytes of versions lie, by their SHA-256. */

import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type StoreError, storeError } from "./errors.ts";
import type { Queries } from "./schema.ts";

/** A place for artefacts. Every method rejects with a StoreError: E_STORE, E_FULL. */
export interface Artifacts {
  /** For people: the folder, the bucket. */
  readonly place: string;
  /** Whether they lie in the database itself, so that a transaction that fails takes them back. */
  readonly inDatabase: boolean;
  /** Stores bytes that have this hash; when it resolves they outlive a crash. `within`: the transaction, if it is in the database. */
  put(sha256: string, bytes: Uint8Array, within?: Queries): Promise<void>;
  /** The bytes, proved by their hash; rejects with E_NOT_FOUND when there are none, with E_STORE when they are damaged. */
  get(sha256: string): Promise<Uint8Array>;
  /** Removes the bytes; that there were none is no error. */
  remove(sha256: string, within?: Queries): Promise<void>;
  /** The hashes of all that is there. */
  list(): Promise<readonly string[]>;
  /** Removes what writers that died left half-written. */
  tidy(): Promise<void>;
  /** Marks the place as that of this database, unless another one has; gives whose it is. */
  bind(database: string): Promise<string>;
}

const HASH = /^[0-9a-f]{64}$/;

/** Whether this is a SHA-256 in hexadecimal. */
export function isHash(text: string): boolean {
  return HASH.test(text);
}

/** Bytes that are hashed in one turn of the event loop: a few milliseconds. */
const TURN = 1 << 21;

/** The SHA-256 of bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** {@link hashOf} of bytes that may be many: others have their turns in between. */
export async function hashInTurns(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let from = 0; from < bytes.length; from += TURN) {
    if (from > 0) await setImmediate();
    hash.update(bytes.subarray(from, from + TURN));
  }
  return hash.digest("hex");
}

/** The bytes, when they have the hash. @throws StoreError E_STORE when they have another */
export async function proved(sha256: string, bytes: Uint8Array, place: string): Promise<Uint8Array> {
  const found = await hashInTurns(bytes);
  if (found === sha256) return bytes;
  const message = `${place}: the artefact ${sha256} is damaged (its SHA-256 is ${found}); publish the model's file again`;
  throw storeError("E_STORE", message, { place, sha256, found });
}

/** The error for an artefact that is not there. */
export function noArtifact(sha256: string, place: string): StoreError {
  return storeError("E_NOT_FOUND", `${place}: there is no artefact ${sha256}`, { place, sha256 });
}
