/** @module Reading files whole. */

import type { FileHandle } from "node:fs/promises";

/** The most bytes that one call of the system reads. */
const MOST_AT_ONCE = 2 ** 30;

/** Fills bytes from the start of a file. @throws Error when it is shorter than they are */
export async function fillFrom(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, MOST_AT_ONCE), at);
    if (bytesRead === 0) throw new Error("the file became shorter while it was read");
    at += bytesRead;
  }
}
