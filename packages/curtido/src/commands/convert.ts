/** @module `curtido convert`: a file from one format to another. */

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { arrayError } from "@curtido/arrays";
import { CurtidoError } from "@curtido/pickle";
import { type Format, formatOf, formats, type Writing } from "../convert/formats.ts";
import { replaceFile } from "../convert/save.ts";
import { openFile, readStandardInput, readWhole } from "../files.ts";
import { printBytes, UsageError } from "../terminal.ts";

/** The options of the command. */
export interface ConvertOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: "plain" | "typed";
  readonly sheet?: string;
  readonly protocol?: number;
  readonly numpy?: "1" | "2";
  readonly pandas?: "1" | "2" | "3";
}

/** Formats that may come from standard input and go to standard output. */
const STREAMED = ["json", "csv", "tsv"];

/**
 * Converts a file. What is there under the name of the output is replaced when everything succeeded, and stays as it is
 * when anything fails.
 */
export async function convert(from: string, to: string, options: ConvertOptions): Promise<number> {
  const source = chosen(from, options.from, "--from");
  const target = chosen(to, options.to, "--to");
  const [reader, writer] = await Promise.all([formats[source.format]!(), formats[target.format]!()]);
  // Said of JSON to JSON, the form is that of the output.
  const value = await read(from, reader, target.format === "json" ? { ...options, json: undefined } : options);
  const writing: Writing = {
    ...(options.json && { json: options.json }),
    ...(options.protocol !== undefined && { protocol: options.protocol }),
    ...(options.numpy && { numpy: options.numpy }),
    ...(options.pandas && { pandas: options.pandas }),
    ...(target.compress && { compress: target.compress }),
  };
  const bytes = await located(from, () => writer.write(value, writing));
  if (to === "-") await printBytes(bytes);
  else replaceFile(to, bytes);
  return 0;
}

interface Chosen {
  readonly format: string;
  readonly compress?: "gzip" | "zlib";
}

/** The format that was asked for, or that a name ends with. */
function chosen(path: string, asked: string | undefined, option: string): Chosen {
  const known = Object.keys(formats).join(", ");
  const { format = undefined, compress } = asked === undefined ? formatOf(path) : { format: asked };
  if (format === undefined) {
    const what = path === "-" ? "- names no format" : `${path}: its ending is that of no format`;
    throw new UsageError(`${what}; say ${option} with any of ${known}`);
  }
  if (!Object.hasOwn(formats, format)) throw new UsageError(`${option} ${format} is not known; it is any of ${known}`);
  if (path === "-" && !STREAMED.includes(format))
    throw new UsageError(`${format} is not text: name a file instead of -`);
  return compress === undefined ? { format } : { format, compress };
}

async function read(
  path: string,
  format: Format,
  { json, sheet }: Pick<ConvertOptions, "sheet"> & { json?: Writing["json"] | undefined },
): Promise<unknown> {
  const where = path === "-" ? "standard input" : path;
  const file = path === "-" ? await readStandardInput() : readWhole(openFile(path, "r"), path);
  // No Buffer: what is cut out of one would be a Buffer too.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const part = (name: string) => besides(path, name);
  return located(where, () => format.read(bytes, { part, ...(json && { json }), ...(sheet && { sheet }) }));
}

/** A file in the folder of another: joblib before 0.10 wrote arrays there. */
function besides(path: string, name: string): Uint8Array {
  const file = join(dirname(path), basename(name));
  if (!existsSync(file)) throw arrayError("E_CONTAINER", `its part ${name} does not lie beside it`, { part: name });
  return readWhole(openFile(file, "r"), file);
}

/** Errors name the file that is to blame. */
async function located<T>(where: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code = "E_INPUT", fields = {} } = error as Partial<CurtidoError>;
    throw new CurtidoError(code, `${where}: ${error.message}`, fields, error);
  }
}
