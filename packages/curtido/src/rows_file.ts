/** @module Rows for a model from a file or standard input: their format, and whose fault an error is. */

import { readFileSync } from "node:fs";
import { fileError } from "@curtido/estimators/node";
import { CurtidoError, type FieldsOf, isCurtidoError } from "@curtido/pickle";
import {
  decoded,
  FORMATS,
  type Format,
  formatNamed,
  formatOfBytes,
  formatOfFile,
  sniffedFormat,
} from "@curtido/tables";
import { say, UsageError } from "./terminal.ts";

/** The format of the rows: the one that is said, or that the bytes show, or that the name of the file says. */
export function formatIn(bytes: Uint8Array, path: string, said: string | undefined): Format {
  if (said === undefined) {
    const shown = formatOfBytes(bytes);
    const found = shown === undefined ? formatOfFile(path, READ) : formatNamed(shown);
    return found ?? formatNamed(sniffedFormat(decoded(bytes, "text")))!;
  }
  const found = formatNamed(said, READ);
  if (found !== undefined) return found;
  throw new UsageError(`--from ${said} is not known; it is any of ${READ.map(({ name }) => name).join(", ")}`);
}

/** Formats that files have. */
const READ = FORMATS.filter(({ endings, rows }) => endings.length > 0 && rows !== undefined);

/** The bytes of the rows; of standard input where no file is named, or `-`. */
export async function rowsOfFile(input: string | undefined): Promise<Uint8Array> {
  try {
    if (input !== undefined && input !== "-") return readFileSync(input);
  } catch (error) {
    throw fileError(input!, error);
  }
  if (process.stdin.isTTY) say("reading rows from standard input, as JSON or CSV; end with Ctrl+D");
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Errors about rows name the input. */
export async function located<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof UsageError) throw error;
    const { code, fields } = isCurtidoError(error)
      ? error
      : { code: "E_INPUT" as const, fields: {} as FieldsOf<"E_INPUT"> };
    const { problem, line } = fields;
    const words = typeof problem === "string" ? problem + (line === undefined ? "" : ` (line ${line})`) : error.message;
    throw new CurtidoError(code, `${where}: ${words}`, fields, error);
  }
}
