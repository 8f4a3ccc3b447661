/** @module A command line that asks a model, and works as printed. */

import type { Signature } from "@curtido/estimators";
import { writeJson } from "@curtido/tables";
import { exampleOf, exampleRow } from "../models/example.ts";

/** Up to how many features a row is written out by name, and by position. */
const MOST_BY_NAME = 60;
const MOST_BY_POSITION = 1_000;

/**
 * A `curl` command with a row that the model takes.
 *
 * @example
 * curlOf("http://localhost:5000/modelo", model.signature);
 * // curl -X POST http://localhost:5000/modelo -H 'content-type: application/json' -d '{"feature1":1}'
 *
 * @param shell - whose quotes it has: those of `sh`, or those of Windows' `cmd`
 */
export function curlOf(address: string, signature: Signature, shell: "posix" | "windows" = "posix"): string {
  const { features } = signature;
  const written = features.length <= MOST_BY_POSITION;
  if (shell === "windows") {
    if (!written) return `curl.exe -X POST ${windowsQuoted(address)} -H "content-type: application/json" -d @row.json`;
    const body = writeJson(features.length > MOST_BY_NAME ? features.map(exampleOf) : exampleRow(signature));
    return `curl.exe -X POST ${windowsQuoted(address)} -H "content-type: application/json" -d ${windowsQuoted(body)}`;
  }
  const wide = features.length > MOST_BY_NAME;
  const alike = wide && features.every((feature) => feature.type === "number" && feature.categories === undefined);
  const values = () => writeJson(features.map(exampleOf));
  const row = alike
    ? `"[$(yes 1 | head -n ${features.length} | paste -sd , -)]"`
    : !written
      ? "@row.json"
      : quote(wide ? values() : writeJson(exampleRow(signature)));
  return `curl -X POST ${quoteWord(address)} -H 'content-type: application/json' -d ${row}`;
}

/** As Windows' programs take their words apart: a quote is escaped by a backslash, backslashes before it too. */
function windowsQuoted(text: string): string {
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function quoteWord(text: string): string {
  return /^[\w:/.%~[\]-]+$/.test(text) && !/[[\]]/.test(text) ? text : quote(text);
}
