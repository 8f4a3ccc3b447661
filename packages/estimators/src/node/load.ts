/** @module A model from where users have it: a path, a URL, or bytes. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decompress } from "@curtido/arrays/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import type { CardInput } from "../base/card.ts";
import { Estimator } from "../base/estimator.ts";
import type { ReviveOptions } from "../base/options.ts";
import { bytesIn, ownedPart, reviveOwned } from "../core.ts";
import { CLASSES } from "../registry.ts";
import { besides, modelInArchive } from "./archive.ts";
import { beside, fileError, placeIn, readModelFile } from "./files.ts";

/** A path, a URL (`file:`, `http:`, `https:`), the bytes of a file, or a model that is loaded already. */
export type Source = string | URL | ArrayBufferView | ArrayBufferLike | Estimator;

/**
 * Reads a model. Nothing in the file is executed. Bytes are copied once: who gave them may use them for something else.
 *
 * @throws CurtidoError E_FILE when it cannot be read; E_NOT_A_PICKLE, E_UNKNOWN_NAME ... when it is no model, with its path
 * @example
 * const model = await load("modelo.pkl");
 * model.predict([[1, 0, 1]]).tolist();
 */
export async function load(source: Source | Blob, options: ReviveOptions = {}): Promise<Estimator> {
  if (source instanceof Blob) return loadNow(await source.arrayBuffer(), options);
  const url = remote(source);
  if (url !== undefined) return reviveFrom(await download(url), url.href, options);
  if (source instanceof Estimator || bytesIn(source) !== undefined) return loadNow(source, options);
  const { path, at } = placeIn(pathOf(source as string | URL));
  return reviveFrom(await readAtOnce(path), path, beside(path, at, options));
}

/**
 * {@link load} for what is at hand: a path, a `file:` URL, bytes.
 *
 * @throws CurtidoError as {@link load}
 */
export function loadNow(source: Source, options: ReviveOptions = {}): Estimator {
  if (source instanceof Estimator) return source;
  const bytes = bytesIn(source);
  if (bytes !== undefined) return reviveOrigin({ bytes: sharedCopy(bytes) }, options);
  const { path, at } = placeIn(pathOf(source as string | URL));
  return reviveFrom(readShared(path), path, beside(path, at, options));
}

/**
 * Revives a model from bytes that are never changed again, without copying them: its own, those of another thread's model.
 *
 * @throws CurtidoError as {@link load}
 * @example
 * reviveOrigin(originOf(model)!); // the same model once more, over the same memory
 */
export function reviveOrigin(origin: Origin, options: ReviveOptions = {}): Estimator {
  const { names, part } = options;
  const parts = origin.path === undefined ? {} : { part: partsBeside(origin.path) };
  const limits = { memory: HALF, ...options.limits };
  const { at: asked = origin.at, features = origin.features, ...others } = options;
  const archived = modelInArchive(origin.bytes, asked);
  const at = archived === undefined ? asked : archived.at;
  const card = besides(archived?.card, options.card ?? origin.card);
  const bytes = archived?.bytes ?? origin.bytes;
  const estimator = reviveOwned(CLASSES, bytes, {
    decompress,
    ...parts,
    ...others,
    limits,
    ...ownedPart(part),
    ...(at === undefined ? {} : { at }),
    ...(features === undefined ? {} : { features }),
    ...(card === undefined ? {} : { card }),
  });
  // Functions cannot be shared with threads, so neither can a model that needs them.
  const shared = names === undefined && (part === undefined || origin.path !== undefined);
  rememberOrigin(estimator, { ...origin, bytes, at, features, card }, shared);
  return estimator;
}

/** How much memory a model may hold unless told otherwise: half of what the machine has. */
const HALF = totalmem() / 2;

/** {@link readModelFile} into memory that threads can share. */
function readShared(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size === 0) return readModelFile(path);
    const bytes = new Uint8Array(new SharedArrayBuffer(stat.size));
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, Math.min(bytes.length - at, MOST_AT_ONCE), at);
      if (read === 0) throw new Error("the file became shorter while it was read");
      at += read;
    }
    return bytes;
  } catch (error) {
    throw isCurtidoError(error) ? error : fileError(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The most bytes that one call of the system reads. */
const MOST_AT_ONCE = 1 << 30;

/** The http(s) address that a source is, if it is one. */
export function remote(source: Source): URL | undefined {
  if (source instanceof URL) return source.protocol === "file:" ? undefined : source;
  return typeof source === "string" && /^https?:\/\//i.test(source) ? new URL(source) : undefined;
}

/** The path of a source on this machine. */
export function pathOf(source: string | URL): string {
  if (typeof source !== "string" && !(source instanceof URL))
    throw new CurtidoError("E_FILE", `a model comes from a path, a URL or bytes, not from ${typeof source}`, {});
  return source instanceof URL || /^file:\/\//i.test(source) ? fileURLToPath(source) : source;
}

/**
 * Reads the parts of a model by their plain names, from the folder that its file is in: joblib before 0.10 wrote each array
 * to a file of its own.
 */
export function partsBeside(path: string): (name: string) => Uint8Array {
  return (name) => readModelFile(join(dirname(path), name));
}

/** From this size on a file is read by several threads at once: most of the time goes into touching fresh memory. */
const LARGE = 1 << 24;
const READERS = 4;

/** {@link readModelFile}, large files in parallel. */
async function readAtOnce(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size < LARGE) return readShared(path);
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    const part = Math.ceil(size / READERS);
    await Promise.all(
      Array.from({ length: READERS }, (_, at) => fill(file!, bytes, at * part, Math.min((at + 1) * part, size))),
    );
    return bytes;
  } catch (error) {
    throw isCurtidoError(error) ? error : fileError(path, error);
  } finally {
    await file?.close();
  }
}

async function fill(file: FileHandle, bytes: Uint8Array, from: number, to: number): Promise<void> {
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(bytes, at, to - at, at);
    if (bytesRead === 0) throw new Error("the file became shorter while it was read");
    at += bytesRead;
  }
}

function reviveFrom(bytes: Uint8Array, where: string, options: ReviveOptions): Estimator {
  try {
    return reviveOrigin(remote(where) === undefined ? { bytes, path: where } : { bytes }, options);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${where}: ${error.message}`, error.fields, error);
  }
}

async function download(url: URL): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok)
      throw new CurtidoError("E_FILE", `${url.href}: the server answered ${response.status}`, { path: url.href });
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (isCurtidoError(error)) throw error;
    const cause = (error as Error).cause ?? error;
    throw new CurtidoError(
      "E_FILE",
      `${url.href}: cannot be fetched: ${(cause as Error).message}`,
      { path: url.href },
      error,
    );
  }
}

/** The bytes that a model was revived from. */
export interface Origin {
  /** Never changed again: nobody else has them, or everybody reads them only. */
  readonly bytes: Uint8Array;
  /** The file that they were read from: parts of old joblib files lie beside it. */
  readonly path?: string | undefined;
  /** Which part of it is the model, the names of its features, and what is said of it: what was asked for. */
  readonly at?: string | undefined;
  readonly features?: readonly string[] | undefined;
  readonly card?: CardInput | undefined;
}

const origins = new WeakMap<Estimator, Origin>();
const unshared = new WeakSet<Estimator>();

/**
 * Remembers what a model was revived from.
 *
 * @param shared - whether its bytes are all that it takes: functions cannot be shared with threads
 */
function rememberOrigin(estimator: Estimator, origin: Origin, shared: boolean): void {
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
