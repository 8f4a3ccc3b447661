/** @module Files that are replaced as a whole or not at all. */

import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileError } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";

/**
 * Writes a file: to a temporary one in the same folder first, which takes its place once all of it is on the disk. What was
 * there before stays as it was when anything fails.
 *
 * @throws CurtidoError E_FILE in one line
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const { target, mode } = existing(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  let made = false;
  try {
    const file = openSync(temporary, "wx", mode ?? 0o666);
    made = true;
    try {
      if (mode !== undefined) fchmodSync(file, mode);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    if (made) remove(temporary);
    throw writeError(path, error);
  }
}

/** Where a path leads, through links, and the permissions of what is there. */
function existing(path: string): { readonly target: string; readonly mode?: number } {
  try {
    const target = realpathSync(path);
    const found = statSync(target);
    if (found.isDirectory()) throw new CurtidoError("E_FILE", `${path}: is a folder`, { path });
    return { target, mode: found.mode & 0o777 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { target: path };
    throw error instanceof CurtidoError ? error : writeError(path, error);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was renamed already, or is not ours to remove.
  }
}

function writeError(path: string, error: unknown): CurtidoError {
  if ((error as NodeJS.ErrnoException).code === "ENOENT")
    return new CurtidoError("E_FILE", `${path}: there is no such folder to write to`, { path }, error);
  return fileError(path, error);
}
