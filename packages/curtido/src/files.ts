/** @module Files as the commands that look at bytes read and write them. */

import { closeSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { CurtidoError } from "@curtido/pickle";
import { printBytes } from "./terminal.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "may not be read or written; change its permissions",
  EPERM: "may not be read or written; change its permissions",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "a part of this path is a file, not a folder",
  ENOSPC: "there is no space left to write it",
};

/** The error in words: what, where. */
function fileError(path: string, error: unknown): CurtidoError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CurtidoError("E_FILE", `${path}: ${REASONS[code ?? ""] ?? message}`, { path, reason: code }, error);
}

/** Opens a file to read (`r`) or to write (`w`). Throws E_FILE, for folders too. */
export function openFile(path: string, mode: "r" | "w"): number {
  try {
    const file = openSync(path, mode);
    if (!fstatSync(file).isDirectory()) return file;
    closeSync(file);
  } catch (error) {
    throw fileError(path, error);
  }
  throw fileError(path, { code: "EISDIR" });
}

/** All of an open file, which is closed then. */
export function readWhole(file: number, path: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    closeSync(file);
  }
}

/** All of standard input. */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes `bytes` to an open file. */
export function writeWhole(file: number, path: string, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Characters that are collected before they are written. */
const BUFFER = 1 << 16;

/** Text to a file, or to standard output when no path is given, in large parts. */
export class TextOutput {
  private readonly path: string | undefined;
  private readonly file: number | undefined;
  private waiting: string[] = [];
  private length = 0;

  constructor(path: string | undefined) {
    this.path = path === "-" ? undefined : path;
    this.file = this.path === undefined ? undefined : openFile(this.path, "w");
  }

  /** Whether nobody reads on: whoever read standard output has closed it. */
  unread = false;

  /** Takes a piece; returns a promise when it has to be waited for. */
  write(piece: string): Promise<void> | undefined {
    this.waiting.push(piece);
    this.length += piece.length;
    return this.length < BUFFER ? undefined : this.flush();
  }

  /** Writes what was taken. */
  async flush(): Promise<void> {
    const text = this.waiting.join("");
    this.waiting = [];
    this.length = 0;
    if (this.unread) return;
    if (this.file === undefined) this.unread = !(await printBytes(text));
    else writeWhole(this.file, this.path!, Buffer.from(text));
  }

  /** Writes what was taken, and closes the file. */
  async close(): Promise<void> {
    await this.flush();
    if (this.file !== undefined) closeSync(this.file);
  }
}
