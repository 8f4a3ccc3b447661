/** @module Files of any format that can be converted, as values of Python. */

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { arrayError, repaired } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import type { Reading } from "@curtido/tables";
import { openFile, readStandardInput, readWhole } from "../files.ts";
import { UsageError } from "../terminal.ts";
import { CONVERTED_NAMES, type Converted, convertedNamed, formatOf } from "./formats.ts";

/** The format of a file, and how it is compressed. */
export interface Chosen {
  readonly format: Converted;
  readonly compress?: "gzip" | "zlib";
}

/**
 * The format that was asked for, or that a name ends with.
 *
 * @param option - the option that asks, for messages
 * @throws UsageError
 */
export function chosenFormat(path: string, asked: string | undefined, option: string): Chosen {
  const { format, compress } = asked === undefined ? formatOf(path) : { format: convertedNamed(asked) };
  if (format === undefined) {
    if (asked !== undefined) throw new UsageError(`${option} ${asked} is not known; it is any of ${CONVERTED_NAMES}`);
    const what = path === "-" ? "- names no format" : `${path}: its ending is that of no format`;
    throw new UsageError(`${what}; say ${option} with any of ${CONVERTED_NAMES}`);
  }
  if (path === "-" && format.text !== true)
    throw new UsageError(`${format.name} is not text: name a file instead of -`);
  return compress === undefined ? { format } : { format, compress };
}

/** What a file holds; `-` is standard input. Errors name the file. */
export async function readValue(
  path: string,
  format: Converted,
  options: Reading,
  mended?: Uint8Array,
): Promise<unknown> {
  const where = placeOf(path);
  const bytes = mended ?? (await bytesAt(path));
  const part = (name: string) => besides(path, name);
  return withPlace(where, () => format.read(bytes, { ...options, part, inflate: nodeInflate }));
}

function placeOf(path: string): string {
  return path === "-" ? "standard input" : path;
}

async function bytesAt(path: string): Promise<Uint8Array> {
  const file = path === "-" ? await readStandardInput() : readWhole(openFile(path, "r"), path);
  // No Buffer: what is cut out of one would be a Buffer too.
  return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
}

/** A file whose damage is undone. @throws CurtidoError E_INPUT when there is none that can be */
export async function repairedFile(path: string): Promise<{ readonly bytes: Uint8Array; readonly what: string }> {
  const found = repaired(await bytesAt(path));
  if (found !== undefined) return found;
  throw new CurtidoError("E_INPUT", `${placeOf(path)}: shows no damage that can be undone without doubt`, {});
}

/** A file in the folder of another: joblib before 0.10 wrote arrays there. */
function besides(path: string, name: string): Uint8Array {
  const file = join(dirname(path), basename(name));
  if (!existsSync(file)) throw arrayError("E_CONTAINER", `its part ${name} does not lie beside it`, { part: name });
  return readWhole(openFile(file, "r"), file);
}

/** Errors name the file that is to blame. */
export async function withPlace<T>(where: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, fields } = isCurtidoError(error) ? error : { code: "E_INPUT" as const, fields: {} };
    throw new CurtidoError(code, `${where}: ${error.message}`, fields, error);
  }
}
