/** @module `curtido convert`: a file from one format to another. */

import { partAt } from "@curtido/estimators";
import { placeIn } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import type { Formulas, Writing } from "@curtido/tables";
import { chosenFormat, readValue, repairedFile, withPlace } from "../convert/open.ts";
import { replaceFile } from "../convert/save.ts";
import { type ReadingOptions, readingOf } from "../reading.ts";
import { printBytes, say } from "../terminal.ts";

/** The options of the command. */
export interface ConvertOptions extends ReadingOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: "plain" | "typed";
  readonly protocol?: number;
  readonly numpy?: "1" | "2";
  readonly pandas?: "1" | "2" | "3";
  readonly formulas?: Formulas;
  /** Undoes what happened to a pickle that was copied as text, where that is without doubt. */
  readonly repair?: true;
}

/**
 * Converts a file, or with `FILE#PART` what stands at a place in it. What is there under the name of the output is replaced when everything succeeded, and stays as it is
 * when anything fails.
 */
export async function convert(from: string, to: string, options: ConvertOptions): Promise<number> {
  const { path, at = "" } = placeIn(from);
  const source = chosenFormat(path, options.from, "--from");
  const target = chosenFormat(to, options.to, "--to");
  // Said of JSON to JSON, the form is that of the output.
  const json = target.format.name === "json" ? undefined : options.json;
  const reading = { ...readingOf(options), ...(json && { json }) };
  const mended = options.repair === true ? await repairedFile(path) : undefined;
  if (mended !== undefined) {
    say(`${path}: ${mended.what}; that is undone in ${to}`);
    if (at === "" && source.format.pickles === true && source.format.name === target.format.name)
      return writeOutput(to, mended.bytes);
  }
  const value = partAt(await readValue(path, source.format, reading, mended?.bytes), at);
  if (value === undefined) throw new CurtidoError("E_INPUT", `${path}: has nothing at '${at}'`, {});
  const writing: Writing = {
    ...(options.json && { json: options.json }),
    ...(options.protocol !== undefined && { protocol: options.protocol }),
    ...(options.numpy && { numpy: options.numpy }),
    ...(options.pandas && { pandas: options.pandas }),
    ...(options.formulas && { formulas: options.formulas }),
    ...(target.compress && { compress: target.compress }),
  };
  const bytes = await withPlace(from, () => target.format.write(value, writing));
  return writeOutput(to, bytes);
}

async function writeOutput(to: string, bytes: Uint8Array): Promise<number> {
  if (to === "-") await printBytes(bytes);
  else replaceFile(to, bytes);
  return 0;
}
