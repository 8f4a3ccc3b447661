/** @module `curtido optimize`: a pickle without what nothing reads, as `pickletools.optimize` leaves it. */

import { closeSync } from "node:fs";
import { CurtidoError, isCurtidoError, optimize } from "@curtido/pickle";
import { openFile, readStandardInput, readWhole, writeWhole } from "../files.ts";
import { printBytes } from "../terminal.ts";

/** Writes the optimized pickle; nothing is written when it is refused. `-` is standard input or output. */
export async function optimizeFile(from: string, to: string): Promise<number> {
  const bytes = from === "-" ? await readStandardInput() : readWhole(openFile(from, "r"), from);
  const smaller = optimized(bytes, from === "-" ? "standard input" : from);
  if (to === "-") await printBytes(smaller);
  else {
    const file = openFile(to, "w");
    try {
      writeWhole(file, to, smaller);
    } finally {
      closeSync(file);
    }
  }
  return 0;
}

function optimized(bytes: Uint8Array, where: string): Uint8Array {
  try {
    return optimize(bytes);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    const { offset } = error.fields;
    throw new CurtidoError(error.code, `${where}: ${error.message} (at byte ${String(offset)})`, error.fields, error);
  }
}
