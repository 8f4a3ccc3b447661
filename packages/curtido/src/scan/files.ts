/** @module Which files a scan looks at, and their bytes. */

import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { fileError } from "@curtido/estimators/node";

/** Folders that hold no models and that are not entered. */
const SKIPPED = new Set([".git"]);
/** Folders inside one another. */
const DEEPEST = 100;
/** The largest file that is read: the longest array of Node 20. */
export const LARGEST_FILE = 2 ** 32 - 1;
/** What one read may take. */
const CHUNK = 2 ** 30;

/** Something to scan; `problem` says why it cannot be. */
export interface ScanTarget {
  readonly path: string;
  readonly problem?: string;
}

/**
 * Every file at or under a path, in order. Links are followed when they are what was asked for; inside a folder they are
 * not, and one that leads out of it is a problem.
 */
export function* filesUnder(path: string): Generator<ScanTarget> {
  try {
    if (statSync(path).isDirectory()) yield* folder(path, realpathSync(path), 0);
    else yield { path };
  } catch (error) {
    yield { path, problem: problemOf(path, error) };
  }
}

function* folder(path: string, root: string, depth: number): Generator<ScanTarget> {
  if (depth > DEEPEST) {
    yield { path, problem: "folders are nested too deeply" };
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inside = join(path, entry.name);
    if (entry.isSymbolicLink()) {
      if (leadsOut(inside, root)) yield { path: inside, problem: "it is a link to elsewhere, which is not followed" };
    } else if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* guarded(inside, root, depth + 1);
    } else if (entry.isFile()) yield { path: inside };
    else yield { path: inside, problem: "it is no regular file" };
  }
}

/** A folder that may not be readable. */
function* guarded(path: string, root: string, depth: number): Generator<ScanTarget> {
  try {
    yield* folder(path, root, depth);
  } catch (error) {
    yield { path, problem: problemOf(path, error) };
  }
}

function leadsOut(link: string, root: string): boolean {
  try {
    const way = relative(root, realpathSync(link));
    return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
  } catch {
    return true;
  }
}

function problemOf(path: string, error: unknown): string {
  return fileError(path, error).message.slice(path.length + 2);
}

/**
 * The bytes of a file.
 *
 * @throws Error of the file system; RangeError when it is larger than {@link LARGEST_FILE}
 */
export function readForScan(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size > LARGEST_FILE) throw new RangeError(`it is larger than ${LARGEST_FILE} bytes`);
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      const count = readSync(file, bytes, at, Math.min(CHUNK, size - at), at);
      if (count === 0) break;
      at += count;
    }
    return bytes.subarray(0, at);
  } finally {
    closeSync(file);
  }
}

/** Reads the file of a plain name beside another one; `undefined` when there is none. */
export function beside(path: string): (name: string) => Uint8Array | undefined {
  return (name) => {
    try {
      return readForScan(join(dirname(path), name));
    } catch {
      return undefined;
    }
  };
}

/** All of standard input; `undefined` when it is larger than {@link LARGEST_FILE}. */
export async function readInput(): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST_FILE) return undefined;
  }
  return new Uint8Array(Buffer.concat(chunks));
}
