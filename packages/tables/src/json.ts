/** @module JSON, as conversions read and write it. */

import { fromJson, toJson } from "@curtido/arrays";
import { CurtidoError } from "@curtido/pickle";
import { malformed } from "./errors.ts";
import { tableOf } from "./frame.ts";
import type { Format } from "./types.ts";

/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;

/** Plain where that loses nothing, else typed. */
export const jsonFormat: Format = {
  read: (bytes, { json }) => {
    if (bytes.length > LONGEST) throw new CurtidoError("E_LIMIT", `a JSON file of ${bytes.length} bytes is too large`);
    return fromJson(decoded(bytes), { exact: true, form: json ?? "typed" });
  },
  write: (value, { json }) => {
    return new TextEncoder().encode(`${toJson(value, { exact: true, form: json ?? "auto", indent: 2 })}\n`);
  },
};

/** A value on each line. */
export const jsonLinesFormat: Format = {
  read: (bytes, { json }) => {
    if (bytes.length > LONGEST) throw new CurtidoError("E_LIMIT", `a JSON file of ${bytes.length} bytes is too large`);
    return decoded(bytes)
      .split("\n")
      .flatMap((line, at) => (line.trim() === "" ? [] : [lineValue(line, at, json ?? "typed")]));
  },
  write: (value, { json }) => {
    const rows = Array.isArray(value) ? value : tableOf(value, "JSON lines").toRecords();
    const lines = rows.map((row) => `${toJson(row, { exact: true, form: json ?? "auto" })}\n`);
    return new TextEncoder().encode(lines.join(""));
  },
};

function lineValue(line: string, at: number, form: "plain" | "typed"): unknown {
  try {
    return fromJson(line, { exact: true, form });
  } catch (error) {
    throw malformed("JSON lines", `line ${at + 1}: ${(error as Error).message}`, error);
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformed("JSON", "it is not UTF-8; save it as UTF-8", error);
  }
}
